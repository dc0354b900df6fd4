import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { roleMappingQuery, rolesQuery } from '../../api/queries/roles.ts';
import type { MemberGroup } from '../../api/shapes.ts';
import { useRoleName } from '../../parts/text/role-name.tsx';

/** The name of the role that a rule gives to the people in a group; null where none does. */
export type RoleOfGroup = (group: MemberGroup) => string | null;

/** What says which role a group gives; null where no rule is about a group. */
export function useRoleOfGroup(): RoleOfGroup | null {
  const nameOf = useRoleName();
  const hasRoles = (useQuery(rolesQuery).data?.items ?? []).length > 0;
  const rules = useQuery({ ...roleMappingQuery, enabled: hasRoles }).data?.rules;
  return useMemo(() => {
    const roles = new Map(
      (rules ?? []).flatMap(({ group, role }) => (group ? [[group.directoryGroupId, role] as const] : [])),
    );
    if (roles.size === 0) return null;
    return ({ directoryGroupId }) => {
      const role = directoryGroupId === null ? undefined : roles.get(directoryGroupId);
      return role === undefined ? null : nameOf(role);
    };
  }, [rules, nameOf]);
}
