import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import { statementsInTurn } from '../database/in-turn.ts';
import { isUuid } from '../database/uuid.ts';
import { ConflictError, NotFoundError } from '../errors/domain-errors.ts';
import type { Session } from '../workspaces/session.guard.ts';
import type { Reason } from './change.ts';
import { settleHolds } from './holds.ts';
import { loadPeople } from './load-people.ts';
import { nameOf } from './decide.ts';
import type { Person } from './person.ts';
import { type Rulebook, RulebookService } from './rulebook.ts';
import { queuePeople } from './sync-queue.ts';
import { type LinkRow, upsertLinks } from './write-rows.ts';

/** What an admin decides about one person by hand: whom he is, that he be left alone, that he be looked at again. */
@Injectable()
export class LinkDecisionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly rulebooks: RulebookService,
  ) {}

  /**
   * Says which member a person is; the next run carries it out.
   *
   * @throws NotFoundError for an unknown person or member
   * @throws ConflictError `already-linked`, `member-linked`, `member-removed`
   */
  async link(session: Session, id: string, memberId: string): Promise<void> {
    await this.change(session, id, 'person.linked', async (manager, person) => {
      if (person.directoryUser === null) throw new NotFoundError('directory user');
      const pending = person.link?.reason?.code === 'linked-by-admin';
      if (person.member !== null && !pending && person.member.status !== 'removed') {
        throw new ConflictError('already-linked', 'This person is linked to a member already.');
      }
      await this.freeMember(manager, session.workspaceId, id, memberId);
      return {
        ...linkOf(person),
        memberId,
        state: 'linked',
        reason: { code: 'linked-by-admin', params: {} },
      };
    });
  }

  /** Leaves a person out of synchronization until he is included again. @throws NotFoundError */
  async exclude(session: Session, id: string): Promise<void> {
    const reason: Reason = { code: 'excluded', params: { by: session.email } };
    await this.change(session, id, 'person.excluded', async (manager, person) => {
      if (person.link?.state === 'held') {
        await statementsInTurn(manager, (db) => settleHolds(db, session.workspaceId, [id], this.clock.now()));
      }
      return Promise.resolve({ ...linkOf(person), state: 'excluded', reason });
    });
  }

  /** Takes an exclusion back. @throws NotFoundError, ConflictError `not-excluded` */
  async include(session: Session, id: string): Promise<void> {
    await this.change(session, id, 'person.included', (_manager, person) => {
      if (person.link?.state !== 'excluded')
        throw new ConflictError('not-excluded', 'This person is not excluded.');
      return Promise.resolve(linkOf(person));
    });
  }

  /** Lifts a suppression: the change that was taken back or rejected is pending again. @throws NotFoundError, ConflictError `not-suppressed` */
  async lift(session: Session, id: string): Promise<void> {
    await this.change(session, id, 'suppression.lifted', (_manager, person) => {
      if (person.link?.state !== 'suppressed') {
        throw new ConflictError('not-suppressed', 'Nothing is suppressed for this person.');
      }
      return Promise.resolve(linkOf(person));
    });
  }

  /** Has a person who is a conflict looked at again by the next run. @throws NotFoundError, ConflictError `no-conflict` */
  async retry(session: Session, id: string): Promise<void> {
    await this.change(session, id, 'conflict.retried', (_manager, person) => {
      const { link } = person;
      if (link?.state !== 'conflict') throw new ConflictError('no-conflict', 'This person is no conflict.');
      return Promise.resolve({ ...link, directoryUserId: id });
    });
  }

  /** Writes the new link, and has the person looked at again by the next run. */
  private async change(
    session: Session,
    id: string,
    action: string,
    decide: (manager: EntityManager, person: Person) => Promise<LinkRow>,
  ): Promise<void> {
    const { workspaceId, email } = session;
    if (!isUuid(id)) throw new NotFoundError('directory user');
    const book = await this.rulebooks.open(workspaceId);
    await this.dataSource.transaction(async (manager) => {
      const person = await this.lockPerson(manager, book, id);
      const now = this.clock.now();
      const link = await decide(manager, person);
      await upsertLinks(manager, workspaceId, [link], now);
      await queuePeople(manager, workspaceId, [{ directoryUserId: id, dueAt: now }], 'admin');
      const actor = { kind: 'admin' as const, email };
      const details = { memberId: link.memberId };
      await this.audit.record(manager, { workspaceId, actor, action, target: id, details });
    });
  }

  private async lockPerson(manager: EntityManager, book: Rulebook, id: string): Promise<Person> {
    const workspaceId = book.workspace.id;
    await manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('link:' || $1::text || $2::text, 0))`,
      [workspaceId, id],
    );
    const options = { lock: true, now: this.clock.now() };
    const loaded = await statementsInTurn(manager, (db) => loadPeople(db, workspaceId, [id], book, options));
    const [person] = loaded.people;
    if (person === undefined || (person.directoryUser === null && person.link === null)) {
      throw new NotFoundError('directory user');
    }
    return person;
  }

  /** Makes sure that the member can be linked; a link to a directory user that is gone gives way. */
  private async freeMember(
    manager: EntityManager,
    workspaceId: string,
    id: string,
    memberId: string,
  ): Promise<void> {
    const [member] = await manager.query<{ status: string; linked_to: string | null; alive: boolean }[]>(
      `SELECT m.status, l.directory_user_id AS linked_to, u.id IS NOT NULL AS alive FROM member m
       LEFT JOIN sync_link l ON l.workspace_id = $1 AND l.member_id = m.id AND l.directory_user_id <> $3
       LEFT JOIN directory_user u ON u.workspace_id = $1 AND u.id = l.directory_user_id
       WHERE m.workspace_id = $1 AND m.id = $2 FOR UPDATE OF m`,
      [workspaceId, memberId, id],
    );
    if (member === undefined) throw new NotFoundError('member');
    if (member.status === 'removed') throw new ConflictError('member-removed', 'This member was removed.');
    if (member.linked_to !== null && member.alive) {
      throw new ConflictError('member-linked', 'This member belongs to another person of the directory.', {
        directoryUserId: member.linked_to,
      });
    }
    if (member.linked_to !== null) {
      await manager.query('DELETE FROM sync_link WHERE workspace_id = $1 AND directory_user_id = $2', [
        workspaceId,
        member.linked_to,
      ]);
    }
  }
}

/** The person's link, free of every earlier decision. */
function linkOf(person: Person): LinkRow {
  return {
    directoryUserId: person.directoryUserId,
    memberId: person.link?.memberId ?? null,
    externalId: person.directoryUser?.externalId ?? person.link?.externalId ?? null,
    state: 'linked',
    reason: null,
    suppressedKind: null,
    name: nameOf(person),
  };
}
