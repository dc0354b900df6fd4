import { jsonb, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** That a workspace was erased. It outlives the workspace, holds no person, and nothing of it changes but `sweepAt`. */
export const workspaceErasure = table(
  'workspace_erasure',
  {
    id: uuid().key(),
    erasedWorkspace: uuid(),
    /** The vendor's own id that the workspace had. */
    externalId: text().bytewise().orNull(),
    at: moment(),
    actorKind: text(),
    /** Of the operator token, where it has one. */
    actorName: text().orNull(),
    counts: jsonb<Record<string, number>>(),
    /** When what was written meanwhile is looked for next; null: not any more. */
    sweepAt: moment().orNull(),
  },
  {
    indexes: {
      workspace_erasure_workspace: { on: ['erasedWorkspace'], unique: true },
      workspace_erasure_external_id: { on: ['externalId'], where: '(external_id IS NOT NULL)' },
    },
    checks: {
      workspace_erasure_actor_kind_check: `actor_kind IN ('operator')`,
    },
  },
);
