import { foldCase } from '../fold.ts';
import { type AttributeName, printName } from '../attribute-name.ts';
import type { Filter, ScimValue } from './filter.ts';
import type { Bind } from './sql-operand.ts';

/** The columns of hashes by canonical path; see `FilterTarget`. */
export type HashColumns = Readonly<Record<string, string>>;

/**
 * What equality with the value implies for the hashes of the attribute, in SQL, so that an index serves.
 * It does not imply equality: the caller compares the text as well.
 * @returns no condition for an attribute without hashes
 */
export function hashEquality(
  name: AttributeName,
  value: ScimValue,
  hashes: HashColumns,
  bind: Bind,
): string[] {
  const path = printName(name);
  if (typeof value !== 'string' || !Object.hasOwn(hashes, path)) return [];
  const hash = `scim_hash(${bind(foldCase(value))})`;
  return [name.attribute.multiValued ? `${hashes[path]} @> ARRAY[${hash}]` : `${hashes[path]} = ${hash}`];
}

/** The comparisons by `eq` that hold for every resource the filter selects. */
export function requiredEqualities(filter: Filter): Extract<Filter, { kind: 'compare' }>[] {
  if (filter.kind === 'and') return [...requiredEqualities(filter.left), ...requiredEqualities(filter.right)];
  return filter.kind === 'compare' && filter.operator === 'eq' ? [filter] : [];
}
