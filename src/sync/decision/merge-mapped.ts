import { setOwn } from '../../scim-core/resource.ts';
import { isDeepStrictEqual } from 'node:util';
import type { MappedMember } from '../../attribute-mapping/mapping/map-attributes.ts';
import { memberFields, propertyFieldName } from '../../member-directory/fields/member-field.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { FieldChange } from './change.ts';
import type { MemberState, Person } from './person.ts';

/** The name of the manager reference among a member's fields. */
export const managerField = 'managerId';

/** A member with what the rules said, the fields in which he changed, and what the reason should mention. */
export interface Merged {
  after: MemberState;
  fields: FieldChange[];
  notes: Record<string, unknown>;
}

/** The member who is about to be created for a person: empty. */
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
 * @param keepEmail the run that adopts a member does not change his address, the key to single sign-on
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
  return { after, fields, notes: notesOf(before, after, person, options.creating) };
}

/** What the rules make of somebody about whom they say nothing. */
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
  else setOwn<unknown>(after.properties, key, value);
}

/** What an admin should see beside the plain reason. */
function notesOf(
  before: MemberState,
  after: MemberState,
  person: Person,
  creating: boolean,
): Record<string, unknown> {
  const notes: Record<string, unknown> = {};
  if (!creating && before.emailKey !== after.emailKey) notes.emailChanged = true;
  if (person.manager.kind === 'pending') notes.managerPending = person.manager.reference;
  const referencesPending = pendingReferencesOf(person);
  if (Object.keys(referencesPending).length > 0) notes.referencesPending = referencesPending;
  const createOnly = new Set(creating ? [] : person.mapped?.createOnly);
  const problems = (person.mapped?.problems ?? []).filter(({ target }) => !createOnly.has(target));
  if (problems.length > 0) notes.problems = problems;
  return notes;
}

/** The references of a person's properties to people who have no member yet, by the property's key. */
function pendingReferencesOf({ references }: Person): Record<string, string> {
  return Object.fromEntries(
    Object.entries(references).flatMap(([key, named]) =>
      named.kind === 'pending' ? [[key, named.reference]] : [],
    ),
  );
}
