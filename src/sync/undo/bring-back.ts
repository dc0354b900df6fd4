import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { appendRunEvent } from '../record/run-events.ts';
import { groupsField, regroupingBack } from '../decision/decide-groups.ts';
import { dbOf } from '../../database/db-of.ts';
import { causeOfRun } from '../record/run-cause.ts';
import { MemberEvents, typeOfChange } from '../../member-directory/events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { lockSeatRoom, type SeatRoom } from '../../member-directory/members/seats.ts';
import { Clock } from '../../database/clock.ts';
import { newId } from '../../database/ids.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { InLane } from '../../database/lanes/task.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { parameter, sql } from '../../database/sql.ts';
import { causeOf } from '../../errors/data-error.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { nothingPending } from '../decision/change.ts';
import { plainLink } from '../decision/fresh-link.ts';
import type { RoleLedger } from '../decision/roles.ts';
import type { KeptReason } from '../decision/reason.ts';
import { writeMemberships } from '../record/group-changes.ts';
import { attempt, inHalves } from '../planning/in-halves.ts';
import { queueConflictsAbout } from '../planning/queue-consequences.ts';
import { lockLetThrough } from '../policy/let-through.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { Language } from '../../errors/sentence.ts';
import { newReference } from '../decision/refusals.ts';
import type { RunResponse } from '../record/sync.dto.ts';
import { type RunNotes, stayOff } from '../record/run-notes.ts';
import { readRun } from '../record/run-statements.ts';
import { changeBack, type Lost, type Returned, returned } from './lost-access.ts';
import { rolesOfReturners } from './undo-roles.ts';
import { insertChangeRows, type LinkRow, upsertLinks, writeMembers } from '../writing/write-rows.ts';

/** People who are read and written at once. */
const batchSizePeople = 1000;

/** Where and when people are brought back. */
interface Context {
  workspaceId: string;
  runId: string;
  now: Date;
  events: MemberEvents;
  /** The seats that are still free; null: as many as are needed. */
  seats: SeatRoom | null;
  /** Who has which role. */
  roles: RoleLedger;
}

/** How many of some people came back, and how many did not because of their address or for want of a seat. */
type Batch = Record<'back' | 'addressTaken' | 'noSeat', number>;

/** Gives access back to everybody whose removal went through before the guard began to hold. */
@Injectable()
export class BringBack {
  private readonly logger = new Logger(BringBack.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /**
   * Brings everybody back in one transaction, as a run of its own, which can be undone. They stay until the identity
   * provider sends something newer about them. Held people stay held. Who is excluded, has no seat or whose address is
   * taken stays without access, and the run notes how many they are.
   *
   * @throws ConflictError `not-active`, `nobody-to-bring-back`
   */
  @InLane('overhaul')
  async all(session: Session, language: Language): Promise<RunResponse> {
    const { workspaceId, email } = session;
    const { state } = await this.workspaces.get(workspaceId);
    if (state !== 'active')
      throw new ConflictError('not-active', 'User provisioning is not active in this workspace.');
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      await oneAtATime(manager, workspaceId);
      const seats = await lockSeatRoom(dbOf(manager), workspaceId);
      const roles = await rolesOfReturners(dbOf(manager), workspaceId);
      const runId = newId();
      const events = new MemberEvents(causeOfRun('bring_back', runId));
      const context = { workspaceId, runId, now: this.clock.now(), events, seats, roles };
      const all = await lockLetThrough(dbOf(manager), workspaceId, context.now);
      const free = all.filter(({ excluded }) => !excluded).map(({ id }) => id);
      const excluded = all.length - free.length;
      if (free.length === 0) throw nobodyToBringBack(excluded);
      const done: Batch = { back: 0, addressTaken: 0, noSeat: 0 };
      for (let at = 0; at < free.length; at += batchSizePeople) {
        const some = await this.batch(manager, context, free.slice(at, at + batchSizePeople));
        done.back += some.back;
        done.addressTaken += some.addressTaken;
        done.noSeat += some.noSeat;
      }
      const { back } = done;
      const notes = stayOff({ ...done, excluded }, seats?.limit ?? 0);
      await recordRun(manager, context, email, { total: all.length, reactivate: back, notes });
      const details = { people: back, kept: all.length - back };
      await this.audit.byAdmin(manager, session, 'removals.brought-back', context.runId, details);
      const run = await readRun(dbOf(manager), workspaceId, runId, language);
      events.append(dbOf(manager), workspaceId, context.now);
      appendRunEvent(dbOf(manager), { workspaceId, id: runId, trigger: 'bring_back' }, context.now);
      return run;
    });
  }

  /** Those who find no seat stay as they are: they are offered again, for when there are seats. */
  private async batch(manager: EntityManager, context: Context, changeIds: string[]): Promise<Batch> {
    const lost = await readLost(manager, context.workspaceId, changeIds);
    const taken = lost.filter(({ addressTaken }) => addressTaken);
    await keep(manager, context, taken, { code: 'address-taken-since', params: {} });
    const wanted = lost.filter(({ addressTaken }) => !addressTaken);
    const { seats } = context;
    const free = wanted.slice(0, seats?.free);
    if (seats !== null) seats.free -= free.length;
    const refused = await inHalves(
      manager,
      free.map((one) => returned(one, context.roles)),
      (savepoint, some) => giveBack(savepoint, context, some),
      context.events,
    );
    for (const {
      item: { lost: one },
      error,
    } of refused) {
      const reference = newReference();
      const { workspaceId, runId } = context;
      this.logger.error(
        { reference, runId, workspaceId, directoryUserId: one.directoryUserId, cause: causeOf(error) },
        'A removal cannot be undone',
      );
      const reason: KeptReason = { code: 'undo-refused', params: { reference } };
      await attempt(manager, (savepoint) => keep(savepoint, context, [one], reason));
    }
    return {
      back: free.length - refused.length,
      addressTaken: taken.length,
      noSeat: wanted.length - free.length,
    };
  }
}

function nobodyToBringBack(excluded: number): ConflictError {
  const message =
    excluded === 0
      ? 'Nobody has lost access who could be brought back.'
      : 'Everybody who lost access is excluded from synchronization. Include them first.';
  return new ConflictError('nobody-to-bring-back', message);
}

async function oneAtATime(manager: EntityManager, workspaceId: string): Promise<void> {
  await dbOf(manager).run(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('bring-back:' || ${workspaceId}::text, 0))`,
  );
}

/**
 * The members are locked by now: who was excluded while somebody else held the lock is left out here.
 * `OFFSET 0` as in `load-people.ts`: an index lookup per row, whatever the planner expects.
 */
async function readLost(
  manager: EntityManager,
  workspaceId: string,
  changeIds: readonly string[],
): Promise<Lost[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(manager).run(sql<Lost>`
       SELECT c.id AS "changeId", c.kind, c.fields, c.groups, c.directory_user_id AS "directoryUserId",
         u.version AS "directoryVersion",
       c.name, l.external_id AS "externalId", ${memberJson('m')} AS member,
       m.status = 'removed' AND EXISTS (SELECT 1 FROM member o WHERE o.workspace_id = ${workspace}
         AND o.email_key = m.email_key
         AND o.status <> 'removed') AS "addressTaken"
     FROM unnest(${changeIds}::uuid[]) AS x(id)
     CROSS JOIN LATERAL (SELECT * FROM sync_change WHERE workspace_id = ${workspace} AND id = x.id OFFSET 0) c
     CROSS JOIN LATERAL (SELECT * FROM member WHERE workspace_id = ${workspace} AND id = c.member_id OFFSET 0) m
     CROSS JOIN LATERAL (
       SELECT external_id FROM sync_link WHERE workspace_id = ${workspace}
         AND directory_user_id = c.directory_user_id
         AND state <> 'excluded' OFFSET 0) l
     LEFT JOIN LATERAL (
       SELECT version FROM directory_user WHERE workspace_id = ${workspace}
         AND id = c.directory_user_id OFFSET 0) u ON true
     ORDER BY m.id`);
  return rows;
}

/** Writes members, links and changes; the removals are undone. */
async function giveBack(
  manager: EntityManager,
  context: Context,
  returners: readonly Returned[],
): Promise<void> {
  const { workspaceId, runId, now, events } = context;
  const lost = returners.map(({ lost: one }) => one);
  const members = returners.map(({ member }) => ({ member, isNew: false, keepsAddress: true }));
  const links = lost.map(
    ({ directoryUserId, directoryVersion, kind, member, externalId, name }): LinkRow => ({
      ...plainLink({ memberId: member.id, externalId, name }),
      directoryUserId,
      state: 'suppressed',
      reason: { code: 'brought-back', params: { runId, kind } },
      basedOn: { version: directoryVersion, groups: null },
      suppressedKind: kind,
      suppressedBy: runId,
    }),
  );
  const changes = returners.map(changeBack);
  for (const [at, { member }] of lost.entries()) {
    const { fields = [], reason = null } = changes[at] ?? {};
    const changed = fields.filter(({ field }) => field !== groupsField);
    events.member(typeOfChange(member.status, 'active'), member.id, changed, reason);
  }
  await inPipeline(manager, (db) =>
    Promise.all([
      writeMembers(db, workspaceId, members, now),
      upsertLinks(db, workspaceId, links, now),
      insertChangeRows(db, context, changes),
      writeMemberships(
        db,
        context,
        lost.flatMap(({ directoryUserId, member, name, groups }) => {
          const back = regroupingBack({ groups });
          return back === null ? [] : [{ directoryUserId, memberId: member.id, name, ...back }];
        }),
      ),
      queueConflictsAbout(
        db,
        workspaceId,
        lost.map(({ member }) => member.emailKey),
        now,
      ),
      db.run(
        sql`
             UPDATE sync_change SET state = 'undone' WHERE workspace_id = ${workspaceId}
               AND id = ANY (${lost.map(({ changeId }) => changeId)}::uuid[])`,
      ),
    ]),
  );
}

/** These people stay without access, and their changes say why. */
async function keep(
  manager: EntityManager,
  { workspaceId }: Context,
  lost: readonly Lost[],
  reason: KeptReason,
): Promise<void> {
  if (lost.length === 0) return;
  await dbOf(manager).run(sql`UPDATE sync_change SET state = 'kept', kept_reason = ${JSON.stringify(reason)}
     WHERE workspace_id = ${workspaceId} AND id = ANY (${lost.map(({ changeId }) => changeId)}::uuid[])`);
}

async function recordRun(
  manager: EntityManager,
  { workspaceId, runId, now }: Context,
  requestedBy: string,
  { total, reactivate, notes }: { total: number; reactivate: number; notes: RunNotes },
): Promise<void> {
  const people = parameter(total);
  const at = parameter(now);
  await dbOf(manager).run(sql`
       INSERT INTO sync_run (workspace_id, id, trigger, state, total, done, counts, requested_by, created_at,
         started_at,
       finished_at, notes)
     VALUES (${workspaceId}, ${runId}, 'bring_back', 'succeeded', ${people}, ${people},
       ${JSON.stringify({ ...nothingPending(), reactivate })}, ${requestedBy}, ${at}, ${at}, ${at},
       ${JSON.stringify(notes)})`);
}
