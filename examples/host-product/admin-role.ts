import type { AdminRole } from './own-sign-in.ts';
import type { SignedIn } from './sessions.ts';

/**
 * The roles of the product, as the service is told once. The customer's admins say which of their groups gives which, and
 * each member has theirs in the copy. `admin` is privileged: a member gains it only by a synchronization that an admin started.
 */
export const productRoles = [
  { key: 'member', name: { en: 'Member', de: 'Mitglied' }, rank: 1, privileged: false },
  { key: 'admin', name: { en: 'Administrator', de: 'Administration' }, rank: 10, privileged: true },
];

/**
 * Whether somebody may open the settings of the product, and as what; null: they may not. This is the one place that decides
 * it: the first person of the customer, and everybody whose group gives them the role `admin`.
 */
export function adminRoleOf({ email, role }: SignedIn, adminEmail: string): AdminRole | null {
  return role === 'admin' || email.toLowerCase() === adminEmail.toLowerCase() ? 'owner' : null;
}
