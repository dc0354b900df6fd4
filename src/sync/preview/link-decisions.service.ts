import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { settleSuspensions } from '../writing/suspend-held.ts';
import { dbOf } from '../../database/db-of.ts';
import { adminAuthor, type Author } from '../../member-directory/events/author.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { sql } from '../../database/sql.ts';
import {
  BadInputError,
  codedFault,
  ConflictError,
  DomainError,
  NotFoundError,
} from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { Reason } from '../decision/reason.ts';
import { freshLink } from '../decision/fresh-link.ts';
import { forgetFormer, giveBackMembers } from '../planning/former-links.ts';
import { freeMember } from '../writing/free-member.ts';
import { releaseHolds } from '../writing/release-holds.ts';
import { loadPeople } from '../planning/load-people.ts';
import { isUnknown, type Person } from '../decision/person.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import { queueConflictsAbout } from '../planning/queue-consequences.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { type LinkRow, upsertLinks } from '../writing/write-rows.ts';

/** A person of the directory, and the member that this person is. */
export interface LinkPair {
  directoryUserId: string;
  memberId: string;
}

/** What became of a pair: linked, or refused for a reason. */
export type PairOutcome = LinkPair &
  ({ state: 'linked'; type: null; detail: null } | { state: 'refused'; type: string; detail: string });

/** Why somebody is left out. */
type ExclusionCode = 'excluded' | 'excluded-by-product';

/** What an admin decides about people by hand: who they are, that they are left out, that a run looks at them again. */
@Injectable()
export class LinkDecisionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly policies: SyncPolicyService,
  ) {}

  /**
   * Says which member a person is; the next run carries it out. The member may have belonged to a person who is inactive
   * or gone: that link is released, and both know of it.
   *
   * @throws NotFoundError for an unknown person or member
   * @throws ConflictError `already-linked`, `member-linked`, `member-removed`
   */
  async link(session: Session, directoryUserId: string, memberId: string): Promise<void> {
    const policy = await this.policies.open(session.workspaceId);
    await this.linkPair(session, policy, { directoryUserId, memberId });
  }

  /**
   * Says of many people which members they are, one after the other: a pair that is refused does not stop the others.
   *
   * @returns what became of each pair, in the same order
   * @throws BadInputError when a person stands in two pairs
   */
  async linkMany(session: Session, pairs: readonly LinkPair[]): Promise<PairOutcome[]> {
    refuseTwice(pairs);
    const policy = await this.policies.open(session.workspaceId);
    const outcomes: PairOutcome[] = [];
    for (const pair of pairs) {
      try {
        await this.linkPair(session, policy, pair);
        outcomes.push({ ...pair, state: 'linked', type: null, detail: null });
      } catch (error) {
        if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
        outcomes.push({ ...pair, state: 'refused', ...wordsOf(error) });
      }
    }
    return outcomes;
  }

  /** Leaves a person out of synchronization until they are included again. @throws NotFoundError */
  async exclude(session: Session, id: string): Promise<void> {
    await this.excludeBy(adminAuthor(session), id, { code: 'excluded', params: { by: session.email } });
  }

  /** The same for any author, for the reason that is given. @throws NotFoundError */
  async excludeBy(
    author: Author,
    id: string,
    reason: Extract<Reason, { code: ExclusionCode }>,
  ): Promise<void> {
    const { workspaceId } = author;
    await this.change(author, id, 'person.excluded', async (manager, person) => {
      if (person.link?.state === 'held') {
        await inPipeline(manager, (db) =>
          releaseHolds(db, workspaceId, [id], this.clock.now(), 'excluded-since'),
        );
      }
      return { ...freed(person), state: 'excluded', reason };
    });
  }

  /** Ends an exclusion. @throws NotFoundError, ConflictError `not-excluded` */
  async include(session: Session, id: string): Promise<void> {
    await this.includeBy(adminAuthor(session), id);
  }

  /** The same for any author. @throws NotFoundError, ConflictError `not-excluded` */
  async includeBy(author: Author, id: string): Promise<void> {
    await this.change(author, id, 'person.included', (_manager, person) => {
      if (person.link?.state !== 'excluded')
        throw new ConflictError('not-excluded', 'This person is not excluded.');
      return freed(person);
    });
  }

  /** Lifts a suppression: the change that was undone or rejected is pending again. @throws NotFoundError, ConflictError `not-suppressed` */
  async lift(session: Session, id: string): Promise<void> {
    await this.change(adminAuthor(session), id, 'suppression.lifted', (_manager, person) => {
      if (person.link?.state !== 'suppressed') {
        throw new ConflictError('not-suppressed', 'Nothing is suppressed for this person.');
      }
      return freed(person);
    });
  }

  /** Has a person who is a conflict looked at again by the next run. @throws NotFoundError, ConflictError `no-conflict` */
  async retry(session: Session, id: string): Promise<void> {
    await this.change(adminAuthor(session), id, 'conflict.retried', (_manager, person) => {
      const { link } = person;
      if (link?.state !== 'conflict') throw new ConflictError('no-conflict', 'This person is no conflict.');
      return { ...link, directoryUserId: id };
    });
  }

  /**
   * Says that a person is not the one whose member an admin linked to somebody else: the next run takes the person as
   * somebody new.
   *
   * @throws NotFoundError, ConflictError `never-given-away`
   */
  async separate(session: Session, id: string): Promise<void> {
    await this.change(adminAuthor(session), id, 'person.separated', async (manager, person) => {
      if (person.former === null) {
        throw new ConflictError('never-given-away', 'No member of this person was linked to somebody else.');
      }
      await forgetFormer(dbOf(manager), session.workspaceId, [person]);
      return freed(person);
    });
  }

  private linkPair(
    session: Session,
    policy: SyncPolicy,
    { directoryUserId: id, memberId }: LinkPair,
  ): Promise<void> {
    const { workspaceId, email } = session;
    return this.changeBy(
      adminAuthor(session),
      policy,
      id,
      'person.linked',
      async (manager, person, events) => {
        if (person.directoryUser === null) throw new NotFoundError('directory user');
        const pending = person.link?.awaitsAdoption === true;
        if (person.member !== null && !pending && person.member.status !== 'removed') {
          throw new ConflictError('already-linked', 'This person is linked to a member already.');
        }
        const now = this.clock.now();
        const { emailKey } = await freeMember(
          manager,
          workspaceId,
          { directoryUserId: id, memberId, by: email },
          now,
          events,
        );
        const link: LinkRow = { ...freed(person), memberId, awaitsAdoption: true };
        await forgetFormer(dbOf(manager), workspaceId, [person]);
        const disputed = [emailKey];
        if (pending && person.link?.memberId !== memberId) {
          disputed.push(person.member?.emailKey ?? emailKey);
          await upsertLinks(dbOf(manager), workspaceId, [link], now);
          await giveBackMembers(dbOf(manager), workspaceId, [id], now, events);
        }
        // Others in conflict over the address cannot have this member any more; they can have the earlier one again.
        await queueConflictsAbout(dbOf(manager), workspaceId, disputed, now);
        return link;
      },
    );
  }

  private async change(
    author: Author,
    id: string,
    action: string,
    decide: (manager: EntityManager, person: Person) => LinkRow | Promise<LinkRow>,
  ): Promise<void> {
    await this.changeBy(author, await this.policies.open(author.workspaceId), id, action, decide);
  }

  /** Writes the new link, and has the person looked at again by the next run. */
  private async changeBy(
    { workspaceId, actor, cause }: Author,
    policy: SyncPolicy,
    id: string,
    action: string,
    decide: (manager: EntityManager, person: Person, events: MemberEvents) => LinkRow | Promise<LinkRow>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.lockPerson(manager, policy, id);
      const now = this.clock.now();
      const events = new MemberEvents(cause);
      const link = await decide(manager, person, events);
      await upsertLinks(dbOf(manager), workspaceId, [link], now);
      if (person.link?.state === 'held') {
        await settleSuspensions(dbOf(manager), { workspaceId, now, events }, [person.link.memberId]);
      }
      await queuePeople(dbOf(manager), workspaceId, [{ directoryUserId: id, dueAt: now }], 'admin');
      const details = { memberId: link.memberId };
      await this.audit.record(manager, { workspaceId, actor, action, target: id, details });
      events.append(dbOf(manager), workspaceId, now);
    });
  }

  private async lockPerson(manager: EntityManager, policy: SyncPolicy, id: string): Promise<Person> {
    const workspaceId = policy.workspace.id;
    await dbOf(manager).run(
      sql`SELECT pg_advisory_xact_lock(hashtextextended('link:' || ${workspaceId}::text || ${id}::text, 0))`,
    );
    const options = { lock: true, now: this.clock.now() };
    const loaded = await inPipeline(manager, (db) => loadPeople(db, workspaceId, [id], policy, options));
    const [person] = loaded.people;
    if (person === undefined || isUnknown(person)) throw new NotFoundError('directory user');
    return person;
  }
}

/** The person's link, free of every earlier decision. */
function freed(person: Person): LinkRow {
  return { directoryUserId: person.directoryUserId, ...freshLink(person, person.link?.memberId ?? null) };
}

function refuseTwice(pairs: readonly LinkPair[]): void {
  const ids = pairs.map(({ directoryUserId }) => directoryUserId.toLowerCase());
  const faults = ids.flatMap((id, at) =>
    ids.indexOf(id) === at
      ? []
      : [codedFault(`pairs[${at}].directoryUserId`, 'person-twice', 'stands in an earlier pair, too')],
  );
  if (faults.length > 0) throw new BadInputError(faults);
}

function wordsOf({ type, message }: DomainError): { type: string; detail: string } {
  return { type, detail: message };
}
