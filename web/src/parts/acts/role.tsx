import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from '../../i18n.ts';
import { formatDay } from '../text/format.ts';
import { type Act, isSignOut, mayDo, neededRole, type Role } from './needed-role.ts';

const RoleContext = createContext<Role>('viewer');
/** Until when the workspace is suspended; null: it is not. */
const SuspensionContext = createContext<string | null>(null);

/** Tells everything below what the admin who is signed in may do. */
export function RoleProvider({ role, children }: { role: Role; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>;
}

/** Tells everything below until when the workspace is suspended, in which nothing can be changed then. */
export function SuspensionProvider({ until, children }: { until: string | null; children: ReactNode }) {
  return <SuspensionContext value={until}>{children}</SuspensionContext>;
}

/**
 * Why the admin who is signed in may not do this, as a sentence: their role does not include it, or nobody may.
 *
 * @param act the write that it would send; null: none
 * @returns undefined: they may
 */
export function useRefusal(act: Act | null): string | undefined {
  const { t } = useTranslation();
  const role = useContext(RoleContext);
  const suspendedUntil = useContext(SuspensionContext);
  if (act === null) return undefined;
  if (!mayDo(role, act)) return t(neededRole(act) === 'owner' ? 'role.forOwners' : 'role.forEditors');
  if (suspendedUntil === null || isSignOut(act)) return undefined;
  return t('suspended.refusal', { until: formatDay(suspendedUntil) });
}
