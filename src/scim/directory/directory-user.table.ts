import { bigint, boolean, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { ScimResource } from '../../scim-core/resource.ts';

/** A person as the identity provider sent them: the whole SCIM resource, and the columns that are looked up by. */
export const directoryUser = table(
  'directory_user',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    externalId: text().bytewise().orNull(),
    userName: text(),
    /** `userName` folded (NFC, lower case): what uniqueness and filters compare. */
    userNameKey: text().bytewise(),
    active: boolean(),
    /** The reference to the manager as it was sent. */
    managerValue: text().bytewise().orNull(),
    /** What `displayName eq` is looked up by, as the next two are; see `lookupTexts`. */
    displayNameHash: bigint().orNull(),
    employeeNumberHash: bigint().orNull(),
    /** One for each `value` of `emails`. */
    emailHashes: bigint()
      .array()
      .default(() => "'{}'"),
    /** What a search looks into; see `searchTextOf`. */
    searchText: text().bytewise().default(''),
    resource: jsonb<ScimResource>(),
    version: bigint().default('1'),
    createdAt: moment(),
    modifiedAt: moment(),
    /** Whether `directory_count` holds this row. What an earlier release creates, it does not. */
    counted: boolean().default(false),
  },
  {
    uniques: { directory_user_user_name_key: ['workspaceId', 'userNameKey'] },
    indexes: {
      directory_user_external_id: { on: ['workspaceId', 'externalId'] },
      directory_user_order: { on: ['workspaceId', 'createdAt', 'id'] },
      directory_user_manager: { on: ['workspaceId', 'managerValue'], where: '(manager_value IS NOT NULL)' },
      directory_user_display_name: {
        on: ['workspaceId', 'displayNameHash'],
        where: '(display_name_hash IS NOT NULL)',
      },
      directory_user_employee_number: {
        on: ['workspaceId', 'employeeNumberHash'],
        where: '(employee_number_hash IS NOT NULL)',
      },
      directory_user_email: { on: ['emailHashes'] },
      directory_user_search: {
        on: ['workspaceId', 'id', 'searchText'],
        where: "(search_text <> ''::text)",
      },
      directory_user_inactive: { on: ['workspaceId', 'id'], where: '(NOT active)' },
      directory_user_uncounted: { on: ['workspaceId', 'id'], where: '(NOT counted)' },
    },
  },
);
