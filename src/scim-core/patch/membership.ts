import type { Filter } from '../filter/filter.ts';
import { isObject } from '../resource.ts';
import { ScimError } from '../scim-error.ts';
import { elementFrom } from './change-elements.ts';
import type { EffectiveOperation, PatchOperation } from './patch-operation.ts';

/** A member as a client names it. */
export interface MemberReference {
  value: string;
  display?: string;
  type?: string;
}

/** A change of a group's members, to be carried out as set arithmetic. An empty `replace` clears the group. */
export type MembershipOperation =
  | { readonly kind: 'add'; readonly members: readonly MemberReference[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  | { readonly kind: 'removeWhere'; readonly filter: Filter }
  /** Replaces the members that a filter selects; does nothing if it selects nobody. */
  | {
      readonly kind: 'replaceWhere';
      readonly selected: MemberSelection;
      readonly members: readonly MemberReference[];
    }
  | { readonly kind: 'replace'; readonly members: readonly MemberReference[] };

/** Members by their values, or by any other filter. */
export type MemberSelection = { readonly values: readonly string[] } | { readonly filter: Filter };

/**
 * Separates the operations on a group's `members`, which are rows, from those on its attributes. Both keep their order;
 * they are independent of each other.
 * @throws ScimError `mutability` for an attempt to turn one member into another (RFC 7643 §4.2)
 */
export function splitMembership(operations: readonly PatchOperation[]): {
  attributes: PatchOperation[];
  membership: MembershipOperation[];
} {
  const attributes: PatchOperation[] = [];
  const membership: MembershipOperation[] = [];
  for (const operation of operations) {
    if (operation.op === 'ignore' || !isMembers(operation)) attributes.push(operation);
    else membership.push(...membershipOf(operation));
  }
  return { attributes, membership };
}

function isMembers({ path }: EffectiveOperation): boolean {
  return path.schema === null && path.attribute.name === 'members';
}

function membershipOf(operation: EffectiveOperation): MembershipOperation[] {
  const { path } = operation;
  // A member's name comes from the member: `members[…].display` changes nothing here.
  if (path.sub !== undefined && path.sub.name !== 'value') return [];
  const clears = path.filter !== undefined && path.sub === undefined && operation.op === 'replace';
  if (clears && operation.value === undefined) return [removal({ op: 'remove', path })];
  if (operation.op === 'remove') return [removal(operation)];
  if (path.filter !== undefined) return selected(operation, path.filter);
  const members = references(operation.value);
  if (operation.op === 'replace') return [{ kind: 'replace', members }];
  return members.length === 0 ? [] : [{ kind: 'add', members }];
}

function removal(operation: EffectiveOperation & { op: 'remove' }): MembershipOperation {
  const { filter } = operation.path;
  if (filter !== undefined) {
    const values = valuesIn(filter);
    return values === null ? { kind: 'removeWhere', filter } : { kind: 'remove', values };
  }
  if (operation.values === undefined) return { kind: 'replace', members: [] };
  return { kind: 'remove', values: references(operation.values).map((member) => member.value) };
}

/**
 * Changes the members that a filter selects. `add members[value eq "x"]` without a value adds x: this is how OneLogin
 * adds. With a value, it says something about members who are there, and so creates nobody, like `replace`.
 * @throws ScimError `mutability`, or `noTarget` for an addition that the filter does not name
 */
function selected(
  operation: EffectiveOperation & { op: 'add' | 'replace' },
  filter: Filter,
): MembershipOperation[] {
  const { sub } = operation.path;
  const described = elementFrom(filter)?.value;
  const given = sub === undefined && isObject(operation.value) ? operation.value.value : operation.value;
  const isSame = given === undefined || given === described;
  if (sub !== undefined && !isSame)
    throw ScimError.mutability('members.value is immutable: remove and add instead.');
  if (operation.op === 'replace') {
    const values = valuesIn(filter);
    const members = given === undefined ? references(described) : references(operation.value);
    if (members.length === 0) throw ScimError.noTarget('The replacement names no member.');
    return [{ kind: 'replaceWhere', selected: values === null ? { filter } : { values }, members }];
  }
  if (typeof described !== 'string' || !isSame) throw ScimError.noTarget('The filter names no such member.');
  if (given !== undefined) {
    return [{ kind: 'replaceWhere', selected: { values: [described] }, members: [{ value: described }] }];
  }
  return [{ kind: 'add', members: [{ value: described }] }];
}

/** The ids that a filter lists (`value eq "x" or value eq "y"`), to be removed by index; null for any other. */
function valuesIn(filter: Filter): string[] | null {
  if (filter.kind === 'or') {
    const left = valuesIn(filter.left);
    const right = valuesIn(filter.right);
    return left === null || right === null ? null : [...left, ...right];
  }
  if (filter.kind === 'and') {
    // Some clients derive `$ref eq null and value eq "x"`; an absent part does not distinguish members.
    if (isAbsence(filter.left)) return valuesIn(filter.right);
    return isAbsence(filter.right) ? valuesIn(filter.left) : null;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.attribute.name !== 'value')
    return null;
  return [String(filter.value)];
}

function isAbsence(filter: Filter): boolean {
  return (
    filter.kind === 'not' && filter.filter.kind === 'present' && filter.filter.path.attribute.name === '$ref'
  );
}

function references(value: unknown): MemberReference[] {
  const values: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const byId = new Map<string, MemberReference>();
  for (const element of values) {
    const reference = referenceOf(element);
    if (!byId.has(reference.value)) byId.set(reference.value, reference);
  }
  return [...byId.values()];
}

function referenceOf(element: unknown): MemberReference {
  const { value, display, type }: Record<string, unknown> = isObject(element) ? element : { value: element };
  if (typeof value !== 'string') throw ScimError.invalidValue('members.value is required.');
  return {
    value,
    ...(typeof display === 'string' ? { display } : {}),
    ...(typeof type === 'string' ? { type } : {}),
  };
}
