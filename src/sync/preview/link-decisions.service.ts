import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { adminAuthor, type Author } from '../../member-directory/events/author.ts';
import { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { AuditAction } from '../../audit/audit-actions.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { sql } from '../../database/sql.ts';
import {
  BadInputError,
  codedFault,
  ConflictError,
  DomainError,
  NotFoundError,
} from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { Person } from '../decision/person.ts';
import { type SyncPolicy, SyncPolicyService } from '../policy/sync-policy.ts';
import {
  decideAbout,
  type DecisionContext,
  type Exclusion,
  exclusion,
  inclusion,
  lifting,
  type LinkAct,
  linkToMembers,
  loadKnown,
  lockForOne,
  type Refusals,
  retrying,
  separation,
} from './link-changes.ts';

/** A person of the directory, and the member that this person is. */
export interface LinkPair {
  directoryUserId: string;
  memberId: string;
}

/** What became of a pair: linked, or refused for a reason. */
export type PairOutcome = LinkPair &
  ({ state: 'linked'; type: null; detail: null } | { state: 'refused'; type: string; detail: string });

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
  async excludeBy(author: Author, id: string, reason: Exclusion): Promise<void> {
    await this.decide(author, id, 'person.excluded', exclusion(reason));
  }

  /** Ends an exclusion. @throws NotFoundError, ConflictError `not-excluded` */
  async include(session: Session, id: string): Promise<void> {
    await this.includeBy(adminAuthor(session), id);
  }

  /** The same for any author. @throws NotFoundError, ConflictError `not-excluded` */
  async includeBy(author: Author, id: string): Promise<void> {
    await this.decide(author, id, 'person.included', inclusion);
  }

  /**
   * Lifts a suppression: the change that was undone or rejected is pending again.
   *
   * @throws NotFoundError, ConflictError `not-suppressed`
   */
  async lift(session: Session, id: string): Promise<void> {
    await this.decide(adminAuthor(session), id, 'suppression.lifted', lifting);
  }

  /** Has a person who is a conflict looked at again by the next run. @throws NotFoundError, ConflictError `no-conflict` */
  async retry(session: Session, id: string): Promise<void> {
    await this.decide(adminAuthor(session), id, 'conflict.retried', retrying);
  }

  /**
   * Says that a person is not the one whose member an admin linked to somebody else: the next run takes the person as
   * somebody new.
   *
   * @throws NotFoundError, ConflictError `never-given-away`
   */
  async separate(session: Session, id: string): Promise<void> {
    await this.decide(adminAuthor(session), id, 'person.separated', separation);
  }

  private async linkPair(
    session: Session,
    policy: SyncPolicy,
    { directoryUserId: id, memberId }: LinkPair,
  ): Promise<void> {
    const memberOf = new Map([[id.toLowerCase(), memberId]]);
    await this.change(adminAuthor(session), policy, id, 'person.linked', (manager, context, person) =>
      linkToMembers(manager, context, [person], { memberOf, by: session.email }),
    );
  }

  private async decide(author: Author, id: string, action: AuditAction, act: LinkAct): Promise<void> {
    const policy = await this.policies.open(author.workspaceId);
    await this.change(author, policy, id, action, (manager, context, person) =>
      decideAbout(manager, context, [person], act),
    );
  }

  /** Decides about one person, and records it. @throws NotFoundError, and why it is refused */
  private async change(
    { workspaceId, actor, cause }: Author,
    policy: SyncPolicy,
    id: string,
    action: AuditAction,
    decide: (manager: EntityManager, context: DecisionContext, person: Person) => Promise<Refusals>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await lockForOne(manager, workspaceId, id);
      const context = { policy, now: this.clock.now(), events: new MemberEvents(cause) };
      const [person] = await loadKnown(manager, context, [id]);
      if (person === undefined) throw new NotFoundError('directory user');
      const refusal = (await decide(manager, context, person)).get(person.directoryUserId);
      if (refusal !== undefined) throw refusal;
      const details = { memberId: await memberIdOf(manager, workspaceId, id) };
      await this.audit.record(manager, { workspaceId, actor, action, target: id, details });
      context.events.append(dbOf(manager), workspaceId, context.now);
    });
  }
}

/** The member that a person is linked to. */
async function memberIdOf(manager: EntityManager, workspaceId: string, id: string): Promise<string | null> {
  const { rows } = await dbOf(manager).run(sql<{ memberId: string | null }>`
    SELECT member_id AS "memberId" FROM sync_link WHERE workspace_id = ${workspaceId} AND directory_user_id = ${id}`);
  return rows[0]?.memberId ?? null;
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
