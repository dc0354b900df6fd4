import type { Db } from '../../database/db.ts';
import { countRoleHolders, readDeclaredRoles } from '../../member-directory/roles/declared-roles.ts';
import { isCounted, rolesByKey } from '../../member-directory/roles/member-role.ts';
import { RoleLedger } from '../decision/roles.ts';
import { lockRemovalBudget } from '../policy/removal-guard.ts';
import type { StoredChange } from './undo-statements.ts';

/**
 * Who has a privileged role, before changes are undone that may take one away; nobody else takes or gives one until the
 * transaction ends.
 *
 * @returns null where none of these members has such a role
 */
export async function rolesOfUndo(
  db: Db,
  workspaceId: string,
  changes: readonly Pick<StoredChange, 'member'>[],
): Promise<RoleLedger | null> {
  if (changes.every(({ member }) => member === null || member.role === null)) return null;
  const roles = rolesByKey(await readDeclaredRoles(db));
  if (!changes.some(({ member }) => roles.get(member?.role ?? '')?.privileged)) return null;
  await lockRemovalBudget(db, workspaceId);
  const counted = [...roles.values()].filter(isCounted).map(({ key }) => key);
  const counts = await countRoleHolders(db, workspaceId, counted);
  return new RoleLedger({ roles, isReviewed: true, mayLeaveGains: false }, counts);
}
