import { bigint, boolean, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { ChangeKind, ChangeState, Origin, Regrouping, Unlinked, WaitsFor } from '../decision/change.ts';
import type { KeptReason, Reason } from '../decision/reason.ts';

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
    /** The version of the directory user that it is based on. */
    directoryVersion: bigint().orNull(),
    /** A stamp of the person's groups, where it is about them. */
    directoryGroups: text().orNull(),
    /** The people without a member yet that it refers to. */
    waitsFor: jsonb<WaitsFor>().orNull(),
    /** The groups that the member joins and leaves. */
    groups: jsonb<Regrouping>().orNull(),
    /** How the person and the member found each other, or what else caused it. */
    origin: text<Origin>().default('stored-link'),
    /** Of an undo: what was done at first. */
    originalKind: text<ChangeKind>().orNull(),
    /** Of an undo that lets a member go: what the member had from provisioning. */
    unlinked: jsonb<Unlinked>().orNull(),
    /** Why it stays as it is, or why the hold was released. */
    keptReason: jsonb<KeptReason>().orNull(),
    /** The undo run that rejected it. */
    rejectedBy: uuid().orNull(),
    /** An admin had approved it before it was undone. */
    wasApproved: boolean().default(false),
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
        where: '(waits_for IS NOT NULL)',
      },
    },
    checks: {
      sync_change_state_check: `state IN ('made', 'held', 'approved', 'rejected', 'undone', 'kept')`,
    },
  },
);
