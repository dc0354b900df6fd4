import { isDeepStrictEqual } from 'node:util';
import {
  type MemberField,
  memberFields,
  propertyFieldName,
} from '../../member-directory/fields/member-field.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { own } from '../../scim-core/resource.ts';
import { managerTarget, type MappedMember } from './map-attributes.ts';

/** One field of a member before and after; `field` is as MEMBER spells it, or `properties.<key>`. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What of a member rules can fill. */
export interface FilledMember extends Record<MemberField, string | null> {
  managerId: string | null;
  properties: Record<string, unknown>;
}

/**
 * The members that a person's references name: null where they name nobody; left out where no rule fills them, or where
 * they name somebody without a member.
 */
export interface NamedMembers {
  manager?: string | null;
  /** By the key of the property. */
  properties: ReadonlyMap<string, string | null>;
}

/**
 * What the mapped values change about a member. Pure: previews of rules and synchronization both ask here.
 *
 * A target that no rule fills, or whose values all had a problem, stays as it is, and so does a reference to somebody
 * without a member. Rules for creation count only when the member is created. An address is never emptied.
 *
 * @param before the member as it is; null where it is created
 * @param keepEmail an adopted member keeps its address, the key to single sign-on
 */
export function applyMapped(
  before: FilledMember | null,
  mapped: MappedMember,
  named: NamedMembers,
  { keepEmail = false }: { keepEmail?: boolean } = {},
): FieldChange[] {
  const createOnly = new Set(before === null ? [] : mapped.createOnly);
  const changes: FieldChange[] = [];
  const change = (field: string, held: unknown, after: unknown) => {
    if (after === undefined || createOnly.has(field) || isDeepStrictEqual(held, after)) return;
    changes.push({ field, before: held, after });
  };
  const propertyBefore = (key: string) => own(before?.properties, key) ?? null;
  for (const field of memberFields) {
    const value = mapped.fields[field];
    const held = before?.[field] ?? null;
    if (field !== 'email') change(field, held, value);
    else if (value !== null && !(keepEmail && isOtherAddress(held, value))) change(field, held, value);
  }
  for (const [key, value] of Object.entries(mapped.properties)) {
    change(propertyFieldName(key), propertyBefore(key), value);
  }
  for (const [key, memberId] of named.properties)
    change(propertyFieldName(key), propertyBefore(key), memberId);
  change(managerTarget, before?.managerId ?? null, named.manager);
  return changes;
}

function isOtherAddress(held: string | null, value: string | undefined): boolean {
  return value !== undefined && foldCase(value) !== foldCase(held ?? '');
}
