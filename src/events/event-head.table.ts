import { bigint, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** How far the events of a workspace have come. A transaction that appends events holds its row until the commit. */
export const eventHead = table(
  'event_head',
  {
    workspaceId: uuid().key(),
    /** The newest event. */
    sequence: bigint(),
    /** The newest event in the feed over all workspaces. */
    published: bigint().default(0),
    /** The newest event that is no longer kept. */
    forgotten: bigint().default(0),
  },
  {
    indexes: { event_head_unpublished: { on: ['workspaceId'], where: '(sequence > published)' } },
  },
);
