import { boolean, jsonb, moment } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { MemberRole } from './member-role.ts';

/** The roles that the vendor declared for members, of all workspaces. At most one row. */
export const declaredRoles = table(
  'declared_roles',
  {
    isOnly: boolean().key().default(true),
    roles: jsonb<MemberRole[]>(),
    updatedAt: moment(),
  },
  { checks: { declared_roles_is_only_check: 'is_only' } },
);
