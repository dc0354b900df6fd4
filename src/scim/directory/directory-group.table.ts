import { bigint, boolean, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { ScimResource } from '../../scim-core/resource.ts';

/** A group as the identity provider sent it, without its members: those are rows of `directory_group_member`. */
export const directoryGroup = table(
  'directory_group',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    externalId: text().bytewise().orNull(),
    displayName: text(),
    displayNameKey: text().bytewise(),
    resource: jsonb<ScimResource>(),
    version: bigint().default('1'),
    createdAt: moment(),
    modifiedAt: moment(),
    /** Whether `directory_count` holds this row. What an earlier release creates, it does not. */
    counted: boolean().default(false),
  },
  {
    indexes: {
      directory_group_external_id: { on: ['workspaceId', 'externalId'] },
      directory_group_order: { on: ['workspaceId', 'createdAt', 'id'] },
      directory_group_display_name: { on: ['workspaceId', 'displayNameKey'] },
      directory_group_uncounted: { on: ['workspaceId', 'id'], where: '(NOT counted)' },
    },
  },
);
