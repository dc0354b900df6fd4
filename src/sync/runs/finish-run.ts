import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import type { Db } from '../../database/db.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import type { Pending } from '../decision/change.ts';
import { userMeantBy } from '../../scim/directory/directory-sql.ts';
import { linkCounts } from '../planning/link-counts.ts';
import type { LeasedRun } from '../record/run-lease.ts';
import { addNotes, countHeldRoles, type RunNotes, waitForSeat } from '../record/run-notes.ts';

/**
 * Fills in managers who got their member later in the same run than their reports, in one statement; the change of each
 * report then shows it. Circles do not matter, since only the reference is written; but nobody becomes their own manager,
 * even when a reference comes to mean the person who holds it.
 *
 * `ANY` makes PostgreSQL look rows up by id, however many the planner expects: usually there are few, and in a large
 * company the tables are long.
 *
 * @param changes the ids of the changes that may be filled in; null: all of the run
 */
export async function resolveLateManagers(
  db: Db,
  run: LeasedRun,
  now: Date,
  changes: readonly string[] | null,
  events: MemberEvents,
): Promise<void> {
  const workspace = parameter(run.workspaceId);
  const only = parameter(changes);
  const { rows } = await db.run(
    sql<{ memberId: string; before: string | null; after: string }>`WITH late AS (
       SELECT c.id AS change_id, c.member_id AS report_id, found.member_id AS manager_id, m.manager_id AS before,
         jsonb_build_object('field', 'managerId', 'before', m.manager_id, 'after', found.member_id) AS field
       FROM sync_change c
       CROSS JOIN LATERAL (
         SELECT manager_id FROM member WHERE workspace_id = ${workspace} AND id = c.member_id OFFSET 0) m
       CROSS JOIN LATERAL (${userMeantBy('n.id', raw("c.waits_for ->> 'manager'"), workspace)}) u
       CROSS JOIN LATERAL (
         SELECT member_id FROM sync_link
         WHERE workspace_id = ${workspace} AND directory_user_id = u.id
           AND member_id <> c.member_id OFFSET 0) found
       WHERE c.workspace_id = ${workspace} AND c.run_id = ${run.id} AND c.waits_for IS NOT NULL
         AND c.waits_for ->> 'manager' IS NOT NULL AND (${only}::uuid[] IS NULL OR c.id = ANY (${only}))
     ), written AS (
       UPDATE member m SET manager_id = late.manager_id, updated_at = ${now}, version = m.version + 1 FROM late
       WHERE m.workspace_id = ${workspace} AND m.id = ANY (ARRAY(SELECT report_id FROM late))
         AND m.id = late.report_id
         AND m.manager_id IS DISTINCT FROM late.manager_id
       RETURNING m.id, late.before, late.manager_id AS after
     ), noted AS (
       UPDATE sync_change c SET waits_for = CASE WHEN c.waits_for -> 'properties' <> '{}'
         THEN jsonb_set(c.waits_for, '{manager}', 'null') END,
         fields = CASE WHEN late.manager_id IS NOT DISTINCT FROM late.before THEN c.fields
           ELSE c.fields || late.field END
       FROM late
       WHERE c.workspace_id = ${workspace} AND c.id = ANY (ARRAY(SELECT change_id FROM late))
         AND c.id = late.change_id
     )
     SELECT id AS "memberId", before, after FROM written`,
  );
  for (const { memberId, before, after } of rows) {
    events.member('member.updated', memberId, [{ field: 'managerId', before, after }]);
  }
}

/** Whether the changes of a run wait for somebody who may have got their member since. */
export async function isAnybodyLate(db: Db, { workspaceId, id }: LeasedRun): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ late: boolean }>`SELECT EXISTS (SELECT FROM sync_change
     WHERE workspace_id = ${workspaceId} AND run_id = ${id} AND waits_for IS NOT NULL) AS late`.onOneNode(
      workspaceId,
      { late: 'boolean' },
    ),
  );
  return rows[0]?.late ?? false;
}

type Withheld = Awaited<ReturnType<typeof linkCounts>>;

/** How many people are withheld now, of the whole workspace, or of the people in a run of chosen people. */
export function withheldOf(db: Db, run: LeasedRun): Promise<Withheld> {
  const chosen = run.ofChosen
    ? sql<{ id: string }>`SELECT directory_user_id FROM sync_run_person
        WHERE workspace_id = ${run.workspaceId} AND run_id = ${run.id}`
    : null;
  return linkCounts(db, run.workspaceId, null, chosen);
}

/** How many removals a run holds. */
async function heldIn(db: Db, { workspaceId, id }: LeasedRun): Promise<number> {
  const { rows } = await db.run(
    sql<{ held: number }>`SELECT count(*)::int AS held FROM sync_change
     WHERE workspace_id = ${workspaceId} AND run_id = ${id} AND state = 'held'`.onOneNode(workspaceId, {
      held: 'integer',
    }),
  );
  return rows[0]?.held ?? 0;
}

/**
 * Ends a run: what is held waits for approval, and the counts of what is withheld are those of the whole workspace, or of
 * the chosen people.
 *
 * @param counted who is withheld, where that is known
 * @returns how many removals it holds
 */
export async function endRun(
  db: Db,
  run: LeasedRun,
  counts: Pending,
  notes: RunNotes,
  now: Date,
  counted?: Withheld,
): Promise<number> {
  const { waiting, ...withheld } = counted ?? (await withheldOf(db, run));
  const whole = { ...counts, ...withheld, held: withheld.held + countHeldRoles(notes) };
  const noted = waiting === 0 ? notes : addNotes(notes, [waitForSeat(waiting)]);
  const workspace = parameter(run.workspaceId);
  const runId = parameter(run.id);
  const { rows } = await db.run(
    sql<{ state: string }>`
       UPDATE sync_run r
         SET done = total, counts = ${JSON.stringify(whole)}, notes = ${JSON.stringify(noted)},
         finished_at = ${now}, error = NULL, lease_until = NULL,
       state = CASE WHEN EXISTS (SELECT 1 FROM sync_change c
         WHERE c.workspace_id = ${workspace} AND c.run_id = ${runId} AND c.state = 'held')
           THEN 'awaiting_approval' ELSE 'succeeded' END
     WHERE r.workspace_id = ${workspace} AND r.id = ${runId} RETURNING r.state`.onOneNode(run.workspaceId, {
      state: 'text',
    }),
  );
  return rows[0]?.state === 'awaiting_approval' ? heldIn(db, run) : 0;
}
