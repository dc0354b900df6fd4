import { type AttributePath, printPath } from '../attribute-path.ts';
import { elementKey, withoutDuplicates } from '../coerce-value.ts';
import { countTerms, type Filter } from '../filter/filter.ts';
import { matches } from '../filter/match.ts';
import { KeysIgnoringCase } from '../keys-ignoring-case.ts';
import { canonicalText, cloneValue, isObject, keyIgnoringCase } from '../resource.ts';
import { type Attribute, findAttribute } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import type { PatchBudget } from './patch-budget.ts';
import type { EffectiveOperation } from './patch-operation.ts';

/**
 * Applies an operation to the elements of a multi-valued attribute, or to a single complex value that the
 * path selects by a filter (`manager[value eq "…"]`): it is a list of one.
 * @param before the value now; it may be changed in place
 * @returns the value afterwards, undefined when nothing is left (RFC 7644 §3.5.2.2: then it is unassigned)
 */
export function changeElements(
  path: AttributePath,
  before: unknown,
  operation: EffectiveOperation,
  budget: PatchBudget,
): unknown {
  const isSingle =
    before !== undefined ? !Array.isArray(before) : !path.attribute.multiValued && !path.attribute.untyped;
  const elements: unknown[] = before === undefined ? [] : Array.isArray(before) ? before : [before];
  const after =
    path.filter === undefined && path.sub === undefined
      ? changeWhole(elements, operation, budget)
      : changeSelected(path, elements, isSingle, operation, budget);
  if (after.length === 0) return undefined;
  return isSingle ? after.at(-1) : after;
}

/** The path names the attribute as a whole: add to it, replace it, or remove what is listed. */
function changeWhole(elements: unknown[], operation: EffectiveOperation, budget: PatchBudget): unknown[] {
  if (operation.op === 'remove') {
    if (operation.values === undefined) return [];
    budget.spend(elements, 1);
    return withoutListed(elements, operation.values);
  }
  const { value } = operation;
  const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (operation.op === 'replace') return withoutDuplicates(cloneValue(values));
  if (values.length === 0) return elements;
  budget.spend(elements, 1);
  return union(elements, cloneValue(values));
}

/** Adds new elements and completes existing ones, so that adding twice has the effect of adding once. */
function union(elements: unknown[], values: unknown[]): unknown[] {
  const byKey = new Map(elements.map((element) => [elementKey(element), element]));
  const after = [...elements];
  let primary: unknown;
  for (const value of values) {
    const key = elementKey(value);
    const existing = byKey.get(key);
    if (isObject(existing) && isObject(value)) Object.assign(existing, value);
    else if (existing === undefined) {
      byKey.set(key, value);
      after.push(value);
    }
    if (isObject(value) && value.primary === true) primary ??= existing ?? value;
  }
  if (primary !== undefined) demoteOthers(after, [primary]);
  return after;
}

/** Removes elements by what the list says about them: their `value`, and also their `type` if given. */
function withoutListed(elements: unknown[], listed: readonly unknown[]): unknown[] {
  const exact = new Set(listed.map(elementKey));
  const byValue = new Set(
    listed
      .filter((element) => isObject(element) && element.type === undefined && element.value !== undefined)
      .map((element) => canonicalText((element as Record<string, unknown>).value)),
  );
  return elements.filter((element) => {
    if (exact.has(elementKey(element))) return false;
    const value = isObject(element) ? element.value : undefined;
    return value === undefined || !byValue.has(canonicalText(value));
  });
}

/** The path selects elements by a filter, or names a sub-attribute of all of them. */
function changeSelected(
  path: AttributePath,
  elements: unknown[],
  isSingle: boolean,
  operation: EffectiveOperation,
  budget: PatchBudget,
): unknown[] {
  const { filter } = path;
  budget.spend(elements, filter === undefined ? 1 : countTerms(filter));
  const selected = elements.filter((element) => isSelected(path, element));
  if (operation.op === 'remove' || operation.value === undefined) {
    return clear(path, elements, selected, operation);
  }
  if (selected.length === 0 && elements.length > 0 && isSingle) throw nothingSelected(path);
  const change = path.sub === undefined ? operation.value : { [path.sub.name]: operation.value };
  if (!isObject(change)) throw ScimError.invalidValue(`${printPath(path)} must be an object.`);
  const targets = selected.length > 0 ? selected : [create(path, change)];
  const changed = new Map(targets.map((target) => [target, changedElement(target, change, path.attribute)]));
  const after =
    selected.length > 0
      ? elements.map((element) => (changed.has(element) ? changed.get(element) : element))
      : withoutDuplicates([...elements, ...targets]);
  if (change.primary === true || selected.length === 0) {
    demoteOthers(
      after,
      targets.filter((target) => isObject(target) && target.primary === true),
    );
  }
  return after;
}

/** A list of plain values, which no schema describes, is filtered as in a search: each is the `value` of an element. */
function isSelected({ filter, sub }: AttributePath, element: unknown): boolean {
  if (isObject(element)) return !filter || matches(filter, element);
  return (
    filter !== undefined && (sub === undefined || sub.name === 'value') && matches(filter, { value: element })
  );
}

/** The element afterwards: an object is changed in place, a plain value gives way to another one. */
function changedElement(target: unknown, change: Record<string, unknown>, attribute: Attribute): unknown {
  if (isObject(target)) {
    assignParts(target, change, attribute);
    return target;
  }
  const { value, ...details } = change;
  const isPlain = value !== undefined && Object.keys(details).length === 0;
  return isPlain ? cloneValue(value) : { value: target, ...cloneValue(change) };
}

/** Sets parts of an element; a part that no schema describes keeps the spelling of its name that came first. */
function assignParts(
  target: Record<string, unknown>,
  change: Record<string, unknown>,
  attribute: Attribute,
): void {
  const keys = new KeysIgnoringCase(target);
  for (const [name, value] of Object.entries(change)) {
    const isDescribed = findAttribute(attribute.subAttributes, name) !== undefined;
    target[isDescribed ? name : keys.keyOf(name)] = cloneValue(value);
  }
}

/** Clearing an absent value is not an error: Microsoft's null test clears everything twice. */
function clear(
  path: AttributePath,
  elements: unknown[],
  selected: unknown[],
  operation: EffectiveOperation,
): unknown[] {
  if (path.sub !== undefined) {
    const { name, untyped } = path.sub;
    const gone = new Set<unknown>();
    for (const element of selected) {
      if (isObject(element)) delete element[untyped ? keyIgnoringCase(element, name) : name];
      if (!isObject(element) || Object.keys(element).length === 0) gone.add(element);
    }
    return elements.filter((element) => !gone.has(element));
  }
  if (operation.op === 'add') return elements;
  const gone = new Set(selected);
  return elements.filter((element) => !gone.has(element));
}

/**
 * The element that a filter which selects nothing describes. RFC 7644 §3.5.2.3 would have `noTarget`; Entra
 * adds and replaces `emails[type eq "work"].value` of users without e-mail and expects them to have one.
 * @param change what to set in it
 * @throws ScimError `noTarget` when the filter is more than a conjunction of equalities, or when the change contradicts
 * it: then the client meant an element that is there
 */
function create(path: AttributePath, change: Record<string, unknown>): Record<string, unknown> {
  if (path.filter === undefined) return {};
  const element = elementFrom(path.filter);
  if (element === null || !matches(path.filter, { ...element, ...change })) throw nothingSelected(path);
  return element;
}

function nothingSelected(path: AttributePath): ScimError {
  return ScimError.noTarget(`No value is selected by ${printPath(path)}.`);
}

/** What a conjunction of equalities says about an element; null for any other filter. */
export function elementFrom(filter: Filter): Record<string, unknown> | null {
  if (filter.kind === 'and') {
    const left = elementFrom(filter.left);
    const right = elementFrom(filter.right);
    return left === null || right === null ? null : { ...left, ...right };
  }
  if (filter.kind === 'compare' && filter.operator === 'eq' && filter.path.sub === undefined) {
    return { [filter.path.attribute.name]: filter.value };
  }
  // `$ref eq null` asks for something that no new element has.
  return filter.kind === 'not' && filter.filter.kind === 'present' ? {} : null;
}

/** RFC 7644 §3.5.2: setting a new primary value takes the mark from the old one. */
function demoteOthers(elements: unknown[], primary: unknown[]): void {
  if (primary.length === 0) return;
  for (const element of elements) {
    if (isObject(element) && element.primary === true && element !== primary[0]) element.primary = false;
  }
}
