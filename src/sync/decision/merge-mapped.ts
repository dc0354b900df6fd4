import {
  applyMapped,
  type FieldChange,
  type NamedMembers,
} from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { MappedMember } from '../../attribute-mapping/mapping/map-attributes.ts';
import { forEachOptionalField } from '../../member-directory/fields/member-field.ts';
import { setOwn } from '../../scim-core/resource.ts';
import type { WaitsFor } from './change.ts';
import { namesOfRoleGroups } from './decide-role.ts';
import { setValue } from './member-fields.ts';
import type { ManagerReference, MemberState, Person } from './person.ts';
import type { ReasonNotes } from './reason.ts';
import { type ChosenRole, roleField } from './roles.ts';

/**
 * A member after the rules: the fields that changed, what the reason mentions, and the people and the role that it waits
 * for.
 */
export interface Merged {
  after: MemberState;
  fields: FieldChange[];
  notes: ReasonNotes;
  waitsFor: WaitsFor | null;
  heldRole: ChosenRole['held'];
}

/** The member that is about to be created for a person: empty. */
export function blankMember(person: Person): MemberState {
  return {
    id: person.newMemberId,
    email: '',
    emailKey: '',
    ...forEachOptionalField(() => null),
    status: 'active',
    source: 'provisioning',
    externalId: null,
    provisionedFields: [],
    properties: {},
    managerId: null,
    deactivatedAt: null,
    removalDueAt: null,
    suspension: null,
    role: null,
    roleGroups: [],
  };
}

/**
 * Puts the mapped values over a member, by the rule that previews of the mapping follow too ({@link applyMapped}).
 *
 * @param keepEmail the run that adopts a member does not change the address, the key to single sign-on
 */
export function mergeMapped(
  before: MemberState,
  person: Person,
  options: { creating: boolean; keepEmail: boolean; ownedFields: readonly string[] },
): Merged {
  const after: MemberState = {
    ...before,
    properties: { ...before.properties },
    status: 'active',
    externalId: person.directoryUser?.externalId ?? null,
    deactivatedAt: null,
    removalDueAt: null,
    provisionedFields: [...options.ownedFields],
  };
  const { creating, keepEmail } = options;
  const mapped = person.mapped ?? nothingMapped;
  const fields = applyMapped(creating ? null : before, mapped, namedMembers(person), { keepEmail });
  for (const { field, after: value } of fields) setValue(after, field, value);
  const role = person.roleFor?.(creating ? null : before) ?? null;
  if (role !== null) {
    if (role.key !== before.role) fields.push({ field: roleField, before: before.role, after: role.key });
    after.role = role.key;
    after.roleGroups = role.groups;
  }
  const notes = { ...notesOf(before, after, person, creating), ...notesOfRole(person, fields, role) };
  return { after, fields, notes, waitsFor: waitsForOf(person), heldRole: role?.held ?? null };
}

/** The members that a person's references name; those of people without a member are left out. */
function namedMembers({ manager, references }: Person): NamedMembers {
  const properties = new Map<string, string | null>();
  for (const [key, reference] of Object.entries(references)) {
    const memberId = memberNamedBy(reference);
    if (memberId !== undefined) properties.set(key, memberId);
  }
  const memberId = memberNamedBy(manager);
  return memberId === undefined ? { properties } : { manager: memberId, properties };
}

function memberNamedBy(reference: ManagerReference): string | null | undefined {
  switch (reference.kind) {
    case 'member':
      return reference.memberId;
    case 'none':
      return null;
    case 'pending':
    case 'unmapped':
      return undefined;
  }
}

/** What the rules make of somebody they say nothing about. */
export const nothingMapped: MappedMember = {
  fields: {},
  properties: {},
  manager: null,
  references: {},
  createOnly: [],
  newOptions: [],
  problems: [],
  workUnits: 0,
};

/** Extra facts to show the admin next to the reason. */
function notesOf(before: MemberState, after: MemberState, person: Person, creating: boolean): ReasonNotes {
  const createOnly = new Set(creating ? [] : person.mapped?.createOnly);
  const problems = (person.mapped?.problems ?? []).filter(({ target }) => !createOnly.has(target));
  return {
    ...(before.suspension !== null && { suspended: true as const }),
    ...(!creating && before.emailKey !== after.emailKey && { emailChanged: true as const }),
    ...(problems.length > 0 && { problems }),
  };
}

/** What a reason says about a role that somebody gets. */
function notesOfRole(
  { roleGroupNames }: Person,
  fields: readonly FieldChange[],
  role: ChosenRole | null,
): ReasonNotes {
  if (role === null || !fields.some(({ field }) => field === roleField)) return {};
  const names = namesOfRoleGroups(role, roleGroupNames);
  return names.length === 0 ? {} : { roleBecause: names };
}

/** The people without a member yet that a person's manager and properties name. */
function waitsForOf({ manager, references }: Person): WaitsFor | null {
  const properties: Record<string, string> = {};
  for (const [key, named] of Object.entries(references))
    if (named.kind === 'pending') setOwn(properties, key, named.reference);
  if (manager.kind === 'pending') return { manager: manager.reference, properties };
  return Object.keys(properties).length > 0 ? { manager: null, properties } : null;
}
