import { bigint, moment, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** The feed over all workspaces: at each position, events of one workspace that were published together. */
export const publishedEvent = table(
  'published_event',
  {
    position: bigint().key(),
    workspaceId: uuid(),
    firstSequence: bigint(),
    lastSequence: bigint(),
    at: moment(),
  },
  { indexes: { published_event_workspace: { on: ['workspaceId'] } } },
);
