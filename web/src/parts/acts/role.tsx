import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from '../../i18n.ts';
import { type Act, mayDo, neededRole, type Role } from './needed-role.ts';

const RoleContext = createContext<Role>('viewer');

/** Tells everything below what the admin who is signed in may do. */
export function RoleProvider({ role, children }: { role: Role; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>;
}

/**
 * Why the admin who is signed in may not do this, as a sentence.
 *
 * @param act the write that it would send; null: none
 * @returns undefined: they may
 */
export function useRoleRefusal(act: Act | null): string | undefined {
  const { t } = useTranslation();
  const role = useContext(RoleContext);
  if (act === null || mayDo(role, act)) return undefined;
  return t(neededRole(act) === 'owner' ? 'role.forOwners' : 'role.forEditors');
}
