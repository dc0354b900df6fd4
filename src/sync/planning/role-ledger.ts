import type { Db } from '../../database/db.ts';
import { countRoleHolders } from '../../member-directory/roles/declared-roles.ts';
import { isCounted } from '../../member-directory/roles/member-role.ts';
import { RoleLedger } from '../decision/roles.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

/**
 * Who has roles, for a plan; null where roles are left alone. It has counted nobody yet.
 *
 * @param isReviewed whether an admin has seen what happens; without that, privileged roles wait unless the workspace lets
 *   them through
 * @param mayLeaveGains whether what is decided may be left to a run
 */
export function newRoleLedger(
  { roles, settings }: SyncPolicy,
  isReviewed: boolean,
  mayLeaveGains = false,
): RoleLedger | null {
  if (roles === null) return null;
  return new RoleLedger({
    roles: roles.roles,
    isReviewed: isReviewed || settings.privilegedRoles === 'immediately',
    mayLeaveGains,
  });
}

/** How many active members have each of the roles that are counted, as this connection sees them. */
export async function readRoleCounts(db: Db, { roles, workspace }: SyncPolicy): Promise<Map<string, number>> {
  const counted = [...(roles?.roles.values() ?? [])].filter(isCounted).map(({ key }) => key);
  return countRoleHolders(db, workspace.id, counted);
}

/** {@link newRoleLedger} with the counts of now, for a preview, which keeps nobody from getting a role. */
export async function roleLedgerNow(db: Db, policy: SyncPolicy): Promise<RoleLedger | null> {
  const ledger = newRoleLedger(policy, true);
  ledger?.count(await readRoleCounts(db, policy));
  return ledger;
}
