import type { Work } from '../../attribute-mapping/rule/work.ts';
import type { RoleGroup } from '../../member-directory/fields/role-because.ts';
import type { MemberRole } from '../../member-directory/roles/member-role.ts';
import type { CompiledRoleMapping, CostlyRoleRule } from '../../role-mapping/rule/role-wish.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { RoleReason } from '../decision/reason.ts';
import { losesRole, type RoleHolder, type RoleLedger } from '../decision/roles.ts';
import type { RoleChangeKind } from './role-preview.dto.ts';

/** A person of the directory, and the role that they have by now. */
export interface RolePerson {
  id: string;
  name: string;
  resource: ScimResource;
  groups: string[];
  memberId: string | null;
  member: RoleHolder | null;
}

/** What would happen to the role of a person; `same`: nothing. */
export interface RoleChange {
  kind: RoleChangeKind | 'same';
  directoryUserId: string;
  memberId: string | null;
  name: string;
  before: string | null;
  after: string | null;
  because: RoleGroup[];
  reason: RoleReason | null;
  /** The rules that would cost too much for them, which are left out. */
  costly: readonly CostlyRoleRule[];
}

/**
 * What a mapping would make of the role of one person. People are asked for in the order in which a run goes through them,
 * and the ledger goes along.
 *
 * @param names the names of groups by id
 * @param work counts what the rules cost
 */
export function changeOfRole(
  person: RolePerson,
  mapping: CompiledRoleMapping,
  ledger: RoleLedger,
  names: ReadonlyMap<string, string>,
  work: Work,
): RoleChange {
  const { id: directoryUserId, memberId, name, member } = person;
  const isActive = member?.status === 'active';
  const before = isActive ? member.role : null;
  const wish = mapping.wishFor(person.resource, person.groups, work);
  const said = { directoryUserId, memberId, name, before, costly: wish.costly };
  if (wish.leaves) {
    if (!isActive) return { ...said, kind: 'same', after: null, because: [], reason: null };
    const lastAdmin = ledger.isLastPrivileged(member);
    const role = ledger.nameOf(before);
    if (lastAdmin) {
      const reason: RoleReason = { code: 'last-admin', params: { role } };
      return { ...said, kind: 'held', after: null, because: [], reason };
    }
    ledger.note(member, { ...member, status: 'deactivated' });
    return { ...said, kind: 'deactivate', after: null, because: [], reason: null };
  }
  const chosen = ledger.choose(member, wish);
  ledger.note(member, { status: 'active', role: chosen.key, roleGroups: chosen.groups });
  const because = chosen.groups.map((groupId) => ({ groupId, name: names.get(groupId) ?? '' }));
  const { key, held } = chosen;
  const reason = held?.reason ?? null;
  if (held !== null && key === before)
    return { ...said, kind: 'held', after: held.after, because: [], reason };
  return { ...said, kind: kindOf(mapping.roles, before, key), after: key, because, reason };
}

function kindOf(
  roles: ReadonlyMap<string, MemberRole>,
  before: string | null,
  after: string | null,
): RoleChange['kind'] {
  if (before === after) return 'same';
  return losesRole(roles, before, after) ? 'lose' : 'gain';
}
