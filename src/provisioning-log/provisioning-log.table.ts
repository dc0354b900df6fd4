import { integer, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';

/** One SCIM request of a workspace: who asked for what and how it ended. Its bodies stand in `ProvisioningLogBody`. */
export const provisioningLog = table(
  'provisioning_log',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    at: moment(),
    requestId: text(),
    tokenId: uuid().orNull(),
    method: text(),
    path: text(),
    status: integer(),
    scimType: text().orNull(),
    detail: text().orNull(),
    resourceType: text().orNull(),
    resourceId: text().orNull(),
    userAgent: text().orNull(),
    durationMs: integer(),
    found: integer().orNull(),
    eventIds: uuid().array().orNull(),
    /** What a search looks into; see `searchTextOfEntry`. */
    searchText: text().bytewise().orNull(),
    /** What a refused request calls its person or group. */
    subject: text().orNull(),
  },
  {
    indexes: {
      provisioning_log_resource: {
        on: ['workspaceId', 'resourceId', 'id'],
        where: '(resource_id IS NOT NULL)',
      },
      provisioning_log_search: {
        on: ['workspaceId', 'id', 'searchText'],
        where: '(search_text IS NOT NULL)',
      },
      provisioning_log_refused: { on: ['workspaceId', 'id'], where: '(status >= 400)' },
      provisioning_log_refused_at: {
        on: ['workspaceId', 'at'],
        where: '(status = ANY (ARRAY[400, 409, 413]))',
      },
      provisioning_log_token: { on: ['workspaceId', 'tokenId', 'id'] },
    },
  },
);
