import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { rolesQuery } from '../../api/queries/roles.ts';
import { useTranslation } from '../../i18n.ts';

/**
 * Names a role of the product by its key; one that is not declared any more by the key itself.
 *
 * @param enabled whether there is a role to name
 */
export function useRoleName(enabled = true): (key: string) => string {
  const { language } = useTranslation();
  const roles = useQuery({ ...rolesQuery, enabled }).data?.items;
  return useCallback(
    (key) => roles?.find((role) => role.key === key)?.name[language] ?? key,
    [roles, language],
  );
}

/** The name of a role. */
export function RoleName({ role }: { role: string }) {
  return <>{useRoleName()(role)}</>;
}
