import { arrayLiteral } from '../../database/row-arrays.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { Db } from '../../database/db.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import type { EventChange } from '../../events/event.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { propertyFieldName } from '../../member-directory/fields/member-field.ts';
import { userMeantBy } from '../../scim/directory/directory-sql.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import type { Decision } from '../decision/decide.ts';
import type { LeasedRun } from '../record/run-lease.ts';

/** Replaces the record of which people the properties of these people wait for with what was decided. */
export async function writePendingReferences(
  db: StatementPipeline,
  workspaceId: string,
  decisions: readonly Pick<Decision, 'directoryUserId' | 'waitsFor'>[],
): Promise<void> {
  const forgotten = db.run(
    sql`
         DELETE FROM sync_pending_reference WHERE workspace_id = ${workspaceId}
           AND directory_user_id = ANY (${arrayLiteral(decisions.map(({ directoryUserId }) => directoryUserId))}::uuid[])`.onOneNode(
      workspaceId,
      {},
    ),
  );
  const rows = decisions.flatMap(({ directoryUserId, waitsFor }) => {
    const references = new Set(Object.values(waitsFor?.properties ?? {}));
    return [...references].map((reference) => ({ directoryUserId, reference }));
  });
  if (rows.length === 0) {
    await forgotten;
    return;
  }
  const kept = db.run(
    sql`INSERT INTO sync_pending_reference (workspace_id, directory_user_id, reference)
     SELECT ${workspaceId}, x."directoryUserId", x.reference
     FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x("directoryUserId" uuid, reference text)`.onOneNode(
      workspaceId,
      {},
    ),
  );
  await Promise.all([forgotten, kept]);
}

/**
 * Queues, for this run if it is still going on, the people with a property that waits for one of these people, who have a
 * member now. Those the run has already changed are filled in at its end.
 *
 * @param arrived everything by which a reference may name them: id and `externalId`
 */
export async function queueWaitingFor(
  db: Db,
  workspaceId: string,
  runId: string,
  arrived: readonly { reference: string }[],
  dueBy: Date,
): Promise<void> {
  if (arrived.length === 0) return;
  const workspace = parameter(workspaceId);
  const references = arrayLiteral(arrived.map(({ reference }) => reference));
  const row = queueRow({
    workspace: sql`${workspace}::uuid`,
    person: 'p.directory_user_id',
    cause: because('reference'),
    dueAt: sql`${dueBy}::timestamptz`,
  });
  await db.run(
    enqueue(
      sql`SELECT DISTINCT ON (p.directory_user_id) ${row}
     FROM unnest(${references}::text[]) AS named(reference)
     JOIN sync_pending_reference p ON p.workspace_id = ${workspace} AND p.reference = named.reference
     WHERE NOT EXISTS (SELECT 1 FROM sync_change c
         WHERE c.workspace_id = ${workspace} AND c.run_id = ${runId}
           AND c.directory_user_id = p.directory_user_id)
     ORDER BY p.directory_user_id`,
      'refresh',
    ).onOneNode(workspaceId, {}),
  );
}

/** The people a run would queue in this way: for the preview, which writes nothing. */
export async function readWaitingFor(
  db: Db,
  workspaceId: string,
  arrived: readonly { reference: string }[],
): Promise<string[]> {
  if (arrived.length === 0) return [];
  const { rows } = await db.run(sql<{ id: string }>`
     SELECT DISTINCT p.directory_user_id AS id FROM unnest(${arrived.map(({ reference }) => reference)}::text[])
       AS named(reference)
     JOIN sync_pending_reference p ON p.workspace_id = ${workspaceId} AND p.reference = named.reference`);
  return rows.map(({ id }) => id);
}

/**
 * Fills in the properties that name people who got their member later in the same run, in one statement; the change of
 * each person then says so.
 *
 * @param changes the ids of the changes that may be filled in; null: all of the run
 */
export async function resolveLateReferences(
  db: Db,
  run: LeasedRun,
  now: Date,
  changes: readonly string[] | null,
  events: MemberEvents,
): Promise<void> {
  const workspace = parameter(run.workspaceId);
  const only = parameter(changes);
  const { rows } = await db.run(
    sql<{ memberId: string; fields: EventChange[] }>`WITH named AS (
       SELECT c.id AS change_id, c.member_id, c.directory_user_id, p.key, p.reference,
         found.member_id::text AS named_id, m.properties -> p.key AS before
       FROM sync_change c
       CROSS JOIN LATERAL (
         SELECT properties FROM member WHERE workspace_id = ${workspace} AND id = c.member_id OFFSET 0) m
       CROSS JOIN LATERAL jsonb_each_text(c.waits_for -> 'properties') AS p(key, reference)
       CROSS JOIN LATERAL (${userMeantBy('n.id', raw('p.reference'), workspace)}) u
       CROSS JOIN LATERAL (
         SELECT member_id FROM sync_link
         WHERE workspace_id = ${workspace} AND directory_user_id = u.id
           AND member_id IS NOT NULL OFFSET 0) found
       WHERE c.workspace_id = ${workspace} AND c.run_id = ${run.id} AND c.waits_for IS NOT NULL
         AND (${only}::uuid[] IS NULL OR c.id = ANY (${only}))
     ), late AS (
       SELECT change_id, member_id, jsonb_object_agg(key, named_id) AS filled,
         jsonb_agg(jsonb_build_object('field', '${raw(propertyFieldName(''))}' || key, 'before', before,
           'after', named_id)) AS fields
       FROM named GROUP BY change_id, member_id
     ), written AS (
       UPDATE member m
         SET properties = m.properties || late.filled, updated_at = ${now}, version = m.version + 1 FROM late
       WHERE m.workspace_id = ${workspace} AND m.id = ANY (ARRAY(SELECT member_id FROM late))
         AND m.id = late.member_id
       RETURNING m.id, late.fields
     ), settled AS (
       DELETE FROM sync_pending_reference p USING named
       WHERE p.workspace_id = ${workspace} AND p.directory_user_id = named.directory_user_id
         AND p.reference = named.reference
     ), noted AS (
       UPDATE sync_change c SET fields = c.fields || late.fields,
         waits_for = CASE WHEN c.waits_for ->> 'manager' IS NOT NULL
           THEN jsonb_set(c.waits_for, '{properties}', '{}') END
       FROM late
       WHERE c.workspace_id = ${workspace} AND c.id = ANY (ARRAY(SELECT change_id FROM late))
         AND c.id = late.change_id
     )
     SELECT id AS "memberId", fields FROM written`,
  );
  for (const { memberId, fields } of rows) events.member('member.updated', memberId, fields);
}
