import { isDeepStrictEqual } from 'node:util';
import type { MappedMember } from '../../attribute-mapping/mapping/map-attributes.ts';
import { memberFields, propertyFieldName } from '../../member-directory/fields/member-field.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { setOwn } from '../../scim-core/resource.ts';
import type { FieldChange, WaitsFor } from './change.ts';
import type { MemberState, Person } from './person.ts';
import type { ReasonNotes } from './reason.ts';

/** The name of the manager reference among a member's fields. */
export const managerField = 'managerId';

/** A member with what the rules said, the fields that changed, what the reason mentions, and whom it waits for. */
export interface Merged {
  after: MemberState;
  fields: FieldChange[];
  notes: ReasonNotes;
  waitsFor: WaitsFor | null;
}

/** The member that is about to be created for a person: empty. */
export function blankMember(person: Person): MemberState {
  return {
    id: person.newMemberId,
    email: '',
    emailKey: '',
    firstName: null,
    lastName: null,
    displayName: null,
    jobTitle: null,
    language: null,
    status: 'active',
    source: 'provisioning',
    externalId: null,
    provisionedFields: [],
    properties: {},
    managerId: null,
    deactivatedAt: null,
    removalDueAt: null,
  };
}

/**
 * Puts the mapped values over a member. Fields that no rule fills stay as they are; rules for creation only count
 * when the member is created; an address is never emptied.
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
  const mapped = person.mapped ?? nothingMapped;
  const createOnly = new Set(mapped.createOnly);
  const fields: FieldChange[] = [];
  const set = (field: string, old: unknown, value: unknown, write: () => void) => {
    if (!options.creating && createOnly.has(field)) return;
    if (isDeepStrictEqual(old, value)) return;
    fields.push({ field, before: options.creating ? null : old, after: value });
    write();
  };
  for (const field of memberFields) {
    const value = mapped.fields[field];
    if (value === undefined) continue;
    if (field === 'email') setEmail(after, before, value, options, set);
    else set(field, before[field], value, () => (after[field] = value));
  }
  for (const [key, value] of Object.entries(mapped.properties)) {
    const old = Object.hasOwn(before.properties, key) ? before.properties[key] : null;
    set(propertyFieldName(key), old, value, () => setProperty(after, key, value));
  }
  for (const [key, reference] of Object.entries(person.references)) {
    const old = Object.hasOwn(before.properties, key) ? before.properties[key] : null;
    if (reference.kind !== 'pending') {
      const value = reference.kind === 'member' ? reference.memberId : null;
      set(propertyFieldName(key), old, value, () => setProperty(after, key, value));
    }
  }
  if (person.manager.kind !== 'unmapped') {
    const { manager } = person;
    const value =
      manager.kind === 'member' ? manager.memberId : manager.kind === 'none' ? null : before.managerId;
    set(managerField, before.managerId, value, () => (after.managerId = value));
  }
  return {
    after,
    fields,
    notes: notesOf(before, after, person, options.creating),
    waitsFor: waitsForOf(person),
  };
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

type SetField = (field: string, old: unknown, value: unknown, write: () => void) => void;

function setEmail(
  after: MemberState,
  before: MemberState,
  value: string | null,
  options: { creating: boolean; keepEmail: boolean },
  set: SetField,
): void {
  const kept = value === null || (options.keepEmail && foldCase(value) !== before.emailKey);
  const email = kept ? before.email : value;
  set('email', before.email, email, () => {
    after.email = email;
    after.emailKey = foldCase(email);
  });
}

function setProperty(after: MemberState, key: string, value: unknown): void {
  if (value === null) delete after.properties[key];
  else setOwn(after.properties, key, value);
}

/** Extra facts to show the admin next to the reason. */
function notesOf(before: MemberState, after: MemberState, person: Person, creating: boolean): ReasonNotes {
  const createOnly = new Set(creating ? [] : person.mapped?.createOnly);
  const problems = (person.mapped?.problems ?? []).filter(({ target }) => !createOnly.has(target));
  return {
    ...(!creating && before.emailKey !== after.emailKey && { emailChanged: true as const }),
    ...(problems.length > 0 && { problems }),
  };
}

/** The people without a member yet whom a person's manager and properties name. */
function waitsForOf({ manager, references }: Person): WaitsFor | null {
  const properties: Record<string, string> = {};
  for (const [key, named] of Object.entries(references))
    if (named.kind === 'pending') setOwn(properties, key, named.reference);
  if (manager.kind === 'pending') return { manager: manager.reference, properties };
  return Object.keys(properties).length > 0 ? { manager: null, properties } : null;
}
