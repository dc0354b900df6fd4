import { bigint, boolean } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** How far the audit feed over all workspaces has come: one row, which a publisher holds until the commit. */
export const auditPublication = table(
  'audit_publication',
  {
    isOnly: boolean().key().default(true),
    position: bigint(),
  },
  { checks: { audit_publication_is_only_check: 'is_only' } },
);
