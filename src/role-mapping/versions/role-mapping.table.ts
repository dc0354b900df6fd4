import { boolean, integer, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { RoleRule, WithoutGroup } from '../rule/role-rule.ts';

/** Which roles the people of a workspace have, as its admin said; no row: roles are left alone. */
export const roleMapping = table(
  'role_mapping',
  {
    workspaceId: uuid().key(),
    version: integer(),
    defaultRole: text().orNull(),
    rules: jsonb<RoleRule[]>(),
    withoutGroup: text<WithoutGroup>(),
    /** The roles that it may give. */
    roleKeys: text().array(),
    /** The directory groups that its rules read; the trigger of memberships looks here. */
    groupIds: uuid().array(),
    /** Whether rules read attributes: a change of somebody's may then take a role from them. */
    readsAttributes: boolean(),
    updatedAt: moment(),
  },
  { checks: { role_mapping_without_group_check: `without_group IN ('default', 'keep', 'deactivate')` } },
);
