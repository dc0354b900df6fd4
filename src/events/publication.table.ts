import { bigint, boolean } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** How far the feed over all workspaces has come: one row, which a publisher holds until the commit. */
export const publication = table(
  'publication',
  {
    isOnly: boolean().key().default(true),
    position: bigint(),
    /** The newest position that is no longer kept. */
    forgotten: bigint(),
  },
  { checks: { publication_is_only_check: 'is_only' } },
);
