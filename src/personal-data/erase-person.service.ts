import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { erasingAction, namingAction, namingRecords } from '../audit/redact-records.ts';
import { Clock } from '../database/clock.ts';
import type { TransactionDb } from '../database/commit-notes.ts';
import { dbOf } from '../database/db-of.ts';
import { newId } from '../database/ids.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { appendEvents } from '../events/append-events.ts';
import { MemberEvents } from '../member-directory/events/member-events.ts';
import { LogWriter } from '../provisioning-log/log-writer.ts';
import { countFewerUsers } from '../scim/directory/directory-counts.ts';
import { type KnownBy, rememberErased } from '../sync/planning/erased-people.ts';
import { lockForMany } from '../sync/preview/link-changes.ts';
import { endApprovedRuns } from '../sync/writing/release-holds.ts';
import { queuePeopleOf } from '../sync-queue/queue-people.ts';
import { eraseOwnOf } from './erase-own.ts';
import { holdings } from './holdings.ts';
import { LateEntries } from './late-entries.service.ts';
import * as live from './live-rows.ts';
import { findPerson, type KnownPerson, type Named } from './person.ts';
import { ownNames, ownTexts, readTraces } from './read-traces.ts';
import { sweep } from './sweep.ts';
import { isStorable, Redaction, type Traces } from './traces.ts';

/** What was done to the rows of a table. */
export interface TableCount {
  deleted: number;
  redacted: number;
}

/** That a person was erased. It names nobody but by ids that lead nowhere any more. */
export interface PersonErasure {
  id: string;
  workspaceId: string;
  at: Date;
  memberId: string | null;
  directoryUserIds: readonly string[];
  reason: string;
  /** By table: those without a row of the person are left out. */
  counts: Record<string, TableCount>;
  /** Hashes that are kept, so that the person does not come back unnoticed. */
  keptHashes: number;
}

/** The host product's own id that the member had: it is told once, and kept nowhere. */
export type ErasureReceipt = PersonErasure & { memberExternalId: string | null };

/** Erases a person from everything that is kept of a workspace (GDPR, Article 17). */
@Injectable()
export class ErasePersonService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly log: LogWriter,
    private readonly late: LateEntries,
  ) {}

  /**
   * Erases a person in one transaction: when it is cut off, nothing has happened. What is about them alone goes; from what
   * is about others they are taken out; events and records of the audit log stay without them. What the identity provider
   * sends of them afterwards waits until an admin includes the person.
   *
   * @param reason why, for the audit log; what of it names the person is taken out
   * @throws NotFoundError
   */
  @InLane('overhaul')
  async erase(workspaceId: string, named: Named, reason: string, actor: Actor): Promise<ErasureReceipt> {
    await this.log.flush();
    const { receipt, person, redaction } = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await lockForMany(manager, workspaceId, []);
      const known = await findPerson(db, workspaceId, named);
      await lockDirectory(db, known);
      await lockForMany(manager, workspaceId, known.userIds);
      const person = await findPerson(db, workspaceId, named);
      await lockMember(db, person);
      return { person, ...(await this.eraseLocked(manager, person, reason, actor)) };
    });
    await this.late.watch(person, redaction);
    return receipt;
  }

  private async eraseLocked(
    manager: EntityManager,
    person: KnownPerson,
    givenReason: string,
    actor: Actor,
  ): Promise<{ receipt: ErasureReceipt; redaction: Redaction }> {
    const { workspaceId, memberId, userIds } = person;
    const db = dbOf(manager);
    const now = this.clock.now();
    const traces = await readTraces(db, person);
    const redaction = new Redaction(
      [...(memberId === null ? [] : [memberId]), ...userIds],
      [...(await ownTexts(db, person, traces.known)), ...(await ownNames(db, person, traces.names))],
    );
    const keptHashes = await rememberErased(db, workspaceId, knownBy(traces, person), now);
    const events = new MemberEvents({ by: 'operator', runId: null, reason: { code: 'erased', params: {} } });
    const counts = new Counts();
    const { vendorId, countedUsers } = await eraseLive(db, { person, now, events }, redaction, counts);
    await eraseOwn(db, person, counts);
    await endApprovedRuns(db, workspaceId, now);
    const swept = await sweep(db, workspaceId, redaction);
    for (const [table, redacted] of swept.counts) counts.add(table, { redacted });
    events.append(db, workspaceId, now);
    const reason = new Redaction([], [...traces.known, ...traces.names]).text(givenReason);
    const erasure = {
      id: newId(),
      workspaceId,
      at: now,
      memberId,
      directoryUserIds: userIds,
      reason,
      keptHashes,
    };
    const receipt = { ...erasure, counts: counts.shown() };
    for (const details of namingRecords(erasure.id, swept.left))
      await this.audit.record(manager, { workspaceId, actor, action: namingAction, details });
    await this.audit.record(manager, {
      ...{ workspaceId, actor, action: erasingAction, target: memberId ?? userIds[0] ?? '' },
      ...{
        targets: userIds,
        details: { erasureId: receipt.id, reason, counts: receipt.counts, namesRecords: true },
      },
    });
    await countFewerUsers(db, workspaceId, countedUsers);
    return { receipt: { ...receipt, memberExternalId: vendorId }, redaction };
  }
}

/** Counts by table what was done. */
class Counts {
  private readonly tables = new Map<string, TableCount>();

  add(table: string, { deleted = 0, redacted = 0 }: Partial<TableCount>): void {
    const before = this.tables.get(table) ?? { deleted: 0, redacted: 0 };
    this.tables.set(table, { deleted: before.deleted + deleted, redacted: before.redacted + redacted });
  }

  shown(): Record<string, TableCount> {
    const touched = [...this.tables].filter(([, { deleted, redacted }]) => deleted + redacted > 0);
    return Object.fromEntries(touched.sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** In the order in which writes over SCIM lock: groups, then users, and what is queued of them after that. */
async function lockDirectory(db: TransactionDb, { workspaceId, userIds }: KnownPerson): Promise<void> {
  const workspace = parameter(workspaceId);
  const ids = parameter([...userIds]);
  await db.run(sql`SELECT FROM directory_group WHERE workspace_id = ${workspace} AND id IN (
      SELECT group_id FROM directory_group_member WHERE workspace_id = ${workspace} AND user_id = ANY (${ids}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`);
  await db.run(sql`SELECT FROM directory_user WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR UPDATE`);
}

async function lockMember(db: TransactionDb, { workspaceId, memberId }: KnownPerson): Promise<void> {
  await db.run(
    sql`SELECT FROM member WHERE workspace_id = ${workspaceId} AND id = ${memberId}::uuid FOR UPDATE`,
  );
}

/** Erases the person from what is in use: directory, members, and what others say of them there. */
async function eraseLive(
  db: TransactionDb,
  context: live.LiveContext,
  redaction: Redaction,
  counts: Counts,
): Promise<{ vendorId: string | null; countedUsers: number }> {
  const { workspaceId, memberId } = context.person;
  if (memberId !== null) await queuePeopleOf(db, workspaceId, [memberId], 'freed-address', context.now);
  const {
    users,
    memberships: directoryMemberships,
    countedUsers,
  } = await live.deleteDirectoryUsers(db, context);
  counts.add('directory_user', {
    deleted: users,
    redacted: await live.redactDirectoryUsers(db, context, redaction),
  });
  counts.add('directory_group_member', { deleted: directoryMemberships });
  counts.add('event', { redacted: await live.redactOwnEvents(db, context) });
  const { members, memberships, events, vendorId } = await live.deleteMember(db, context);
  counts.add('member_group_member', { deleted: memberships });
  counts.add('member', { deleted: members, redacted: await live.redactMembers(db, context, redaction) });
  appendEvents(db, workspaceId, context.now, events);
  return { vendorId, countedUsers };
}

/** Deletes what is about the person alone, or leaves it without them. */
async function eraseOwn(db: TransactionDb, person: KnownPerson, counts: Counts): Promise<void> {
  for (const holding of holdings) counts.add(holding.table.name, await eraseOwnOf(db, person, holding));
}

/** By what the identity provider's next push is known again: what no push can bring into the directory is left out. */
function knownBy({ userNames, externalIds, emails }: Traces, person: KnownPerson): KnownBy {
  return {
    userNames: [...userNames].filter(isStorable),
    externalIds: [...person.externalIds, ...externalIds].filter(isStorable),
    emails: [...person.emails, ...emails].filter(isStorable),
  };
}
