import { jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { ChangeKind, FieldChange, Reason } from '../decision/change.ts';
import type { ChangeState } from './run.ts';

/** A change that a run made, or holds: before and after of each field, and why. */
export const syncChange = table(
  'sync_change',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    runId: uuid(),
    at: moment(),
    /** What is done to the member, also while it is held. */
    kind: text<ChangeKind>(),
    directoryUserId: uuid(),
    memberId: uuid().orNull(),
    name: text(),
    fields: jsonb<FieldChange[]>(),
    reason: jsonb<Reason>(),
    state: text<ChangeState>(),
  },
  {
    uniques: { sync_change_once_key: ['workspaceId', 'runId', 'directoryUserId'] },
    indexes: {
      sync_change_person: { on: ['workspaceId', 'directoryUserId', 'id'] },
      sync_change_member: { on: ['workspaceId', 'memberId', 'id'], where: '(member_id IS NOT NULL)' },
      sync_change_removals: {
        on: ['workspaceId', 'at'],
        where: `((kind = ANY (ARRAY['deactivate'::text, 'remove'::text])) AND (state = ANY (ARRAY['made'::text, 'approved'::text])))`,
      },
      sync_change_held: { on: ['workspaceId', 'runId'], where: `(state = 'held'::text)` },
      sync_change_waiting: {
        on: ['workspaceId', 'runId'],
        where: `(((reason #> '{params,managerPending}'::text[]) IS NOT NULL) OR ((reason #> '{params,referencesPending}'::text[]) IS NOT NULL))`,
      },
    },
    checks: {
      sync_change_state_check: `state IN ('made', 'held', 'approved', 'rejected', 'undone', 'kept')`,
    },
  },
);
