import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { Db } from '../../database/db.ts';
import { countRoleHolders, readDeclaredRoles } from '../../member-directory/roles/declared-roles.ts';
import { isCounted, type MemberRole, rolesByKey } from '../../member-directory/roles/member-role.ts';
import type { MemberState } from '../decision/person.ts';
import { roleField, RoleLedger, type RoleRules } from '../decision/roles.ts';
import { lockRemovalBudget } from '../policy/removal-guard.ts';
import type { Pair } from './undo-statements.ts';

/**
 * Who has roles that are counted, before changes are undone that take or give one; nobody else takes or gives one until the
 * transaction ends.
 *
 * @returns null where none of these members has a role, or had one
 */
export async function rolesOfUndo(
  db: Db,
  workspaceId: string,
  pairs: readonly Pair[],
): Promise<RoleLedger | null> {
  const keys = pairs.flatMap(({ change, reversal }) => [
    change.member?.role ?? [],
    'kept' in reversal ? [] : (reversal.member.role ?? []),
  ]);
  const touched = new Set(keys.flat());
  if (touched.size === 0) return null;
  const roles = rolesByKey(await readDeclaredRoles(db));
  return ledgerOf(
    db,
    workspaceId,
    roles,
    [...roles.values()].some((role) => touched.has(role.key) && isCounted(role)),
  );
}

/** The same before any people get access again. */
export async function rolesOfReturners(db: Db, workspaceId: string): Promise<RoleLedger> {
  const roles = rolesByKey(await readDeclaredRoles(db));
  return ledgerOf(db, workspaceId, roles, [...roles.values()].some(isCounted));
}

/** The same for a preview, which keeps nobody from taking or giving a role. */
export async function rolesNow(db: Db, workspaceId: string): Promise<RoleLedger> {
  return countedLedger(db, workspaceId, rolesByKey(await readDeclaredRoles(db)));
}

async function ledgerOf(
  db: Db,
  workspaceId: string,
  roles: ReadonlyMap<string, MemberRole>,
  counts: boolean,
): Promise<RoleLedger> {
  if (!counts) return new RoleLedger(rulesOf(roles));
  await lockRemovalBudget(db, workspaceId);
  return countedLedger(db, workspaceId, roles);
}

function rulesOf(roles: ReadonlyMap<string, MemberRole>): RoleRules {
  return { roles, isReviewed: true, mayLeaveGains: false };
}

async function countedLedger(
  db: Db,
  workspaceId: string,
  roles: ReadonlyMap<string, MemberRole>,
): Promise<RoleLedger> {
  const counted = [...roles.values()].filter(isCounted).map(({ key }) => key);
  return new RoleLedger(rulesOf(roles), await countRoleHolders(db, workspaceId, counted));
}

/** A member who gets access again without the role that they had, and the field that says so. */
export function withoutRole(
  member: MemberState,
  fields: readonly FieldChange[],
): { member: MemberState; fields: FieldChange[] } {
  const lost: FieldChange = { field: roleField, before: member.role, after: null };
  return {
    member: { ...member, role: null, roleGroups: [] },
    fields: [...fields.filter(({ field }) => field !== roleField), lost],
  };
}
