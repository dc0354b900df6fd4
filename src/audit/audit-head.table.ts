import { bigint, bytes, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** The end of the chain of a workspace's audit log. A transaction that records something holds its row until the commit. */
export const auditHead = table(
  'audit_head',
  {
    workspaceId: uuid().key(),
    /** The newest record, and its hash. */
    sequence: bigint(),
    hash: bytes(),
    /** The newest record in the feed over all workspaces. */
    published: bigint().default(0),
    /** The newest record that is no longer kept, and its hash, which the oldest kept one continues. */
    pruned: bigint().default(0),
    prunedHash: bytes().orNull(),
  },
  { indexes: { audit_head_unpublished: { on: ['workspaceId'], where: '(sequence > published)' } } },
);
