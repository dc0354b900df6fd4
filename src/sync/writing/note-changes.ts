import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import type { ChangeKind, ChangeState, NewChange } from '../decision/change.ts';
import { changeIn, type Decision } from '../decision/decision.ts';
import type { Person } from '../decision/person.ts';
import type { WriteContext } from './write-context.ts';
import { insertChangeRows } from './write-rows.ts';

const unrecorded: ReadonlySet<Decision['kind']> = new Set([
  'nothing',
  'conflict',
  'held',
  'suppressed',
  'excluded',
]);

/** Notes decisions as changes of a run: what it makes, begins to hold, or could not write. */
export async function insertChanges(
  db: Db,
  context: WriteContext,
  before: ReadonlyMap<string, Person>,
  decisions: readonly Decision[],
): Promise<void> {
  const rows = decisions.flatMap((decision): NewChange[] => {
    const { kind, directoryUserId, heldKind } = decision;
    if (decision.refused) return [noted(decision, 'conflict', 'kept')];
    // People who were held already wait in the run that held them.
    const isHeldAlready = before.get(directoryUserId)?.link?.state === 'held';
    if (heldKind !== null) return isHeldAlready ? [] : [noted(decision, heldKind, 'held')];
    return unrecorded.has(kind) ? [] : [noted(decision, kind as ChangeKind, 'made')];
  });
  await insertChangeRows(db, context, rows);
}

function noted(decision: Decision, kind: ChangeKind, state: ChangeState): NewChange {
  const memberId = decision.member?.id ?? decision.memberId;
  return { ...changeIn(decision), kind, memberId, originalKind: null, unlinked: null, state };
}

/** Notes decisions as approvals of the changes that the run holds of these people. */
export async function noteApproved(
  db: Db,
  { workspaceId, runId, now }: WriteContext,
  decisions: readonly Decision[],
): Promise<void> {
  await db.run(
    sql`
       UPDATE sync_change c
         SET state = 'approved', at = ${now}, kind = x.kind, fields = x.fields, reason = x.reason,
       directory_version = (x."basedOn" ->> 'version')::bigint, groups = x.groups
     FROM jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb)
       AS x("directoryUserId" uuid, kind text, fields jsonb, reason jsonb,
       "basedOn" jsonb, groups jsonb)
     WHERE c.workspace_id = ${workspaceId} AND c.run_id = ${runId} AND c.directory_user_id = x."directoryUserId"
       AND c.state = 'held'`.onOneNode(workspaceId, {}),
  );
}
