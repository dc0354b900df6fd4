import { bigint, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** The audit feed over all workspaces: at each position, records of one workspace that were published together. */
export const publishedAudit = table(
  'published_audit',
  {
    position: bigint().key(),
    workspaceId: uuid(),
    firstSequence: bigint(),
    lastSequence: bigint(),
  },
  { indexes: { published_audit_workspace: { on: ['workspaceId'] } } },
);
