import type { AdminRole } from './own-sign-in.ts';
import type { SignedIn } from './sessions.ts';

/**
 * Whether somebody may open the settings of the product, and as what; null: they may not. This is the one place that decides
 * it: here, the first person of the customer is its admin. A product whose roles come from groups asks for theirs here.
 */
export function adminRoleOf({ email }: SignedIn, adminEmail: string): AdminRole | null {
  return email.toLowerCase() === adminEmail.toLowerCase() ? 'owner' : null;
}
