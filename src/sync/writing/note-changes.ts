import type { Queryable } from '../../database/queryable.ts';
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
  db: Queryable,
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
  db: Queryable,
  { workspaceId, runId, now }: WriteContext,
  decisions: readonly Decision[],
): Promise<void> {
  await db.query(
    `UPDATE sync_change c SET state = 'approved', at = $4, kind = x.kind, fields = x.fields, reason = x.reason,
       directory_version = (x."basedOn" ->> 'version')::bigint, groups = x.groups
     FROM jsonb_to_recordset($3::jsonb) AS x("directoryUserId" uuid, kind text, fields jsonb, reason jsonb,
       "basedOn" jsonb, groups jsonb)
     WHERE c.workspace_id = $1 AND c.run_id = $2 AND c.directory_user_id = x."directoryUserId" AND c.state = 'held'`,
    [workspaceId, runId, JSON.stringify(decisions), now],
  );
}
