import type { AttributeName } from './attribute-name.ts';
import { enterpriseUserSchema } from './enterprise-user-schema.ts';
import type { Filter } from './filter/filter.ts';
import { groupResourceType, userResourceType } from './resource-types.ts';
import type { ResourceType, Schema } from './schema.ts';

/**
 * A resource type as a query over all types sees it: it knows the attributes of the other types, and that it lacks
 * them.
 */
export interface TypeAmongAll {
  /** Also resolves the names of the other types, to attributes that no resource of this type has. */
  readonly type: ResourceType;
  /** URNs of the schemas that only the other types have. */
  readonly lacking: ReadonlySet<string>;
}

/** Users, in a query over users and groups. */
export const userAmongAll = amongAll(userResourceType, [groupResourceType.schema]);

/** Groups, in a query over users and groups. */
export const groupAmongAll = amongAll(groupResourceType, [userResourceType.schema, enterpriseUserSchema]);

/** Whether a name that was resolved across all types belongs only to other types. */
export function isLacking(name: AttributeName, { lacking }: TypeAmongAll): boolean {
  return lacking.has(name.schema ?? name.attribute.name);
}

/**
 * What a filter over all types asks of one type. An attribute that the type does not have counts as one without a value
 * (RFC 7644 §3.4.2.1): `pr`, comparisons and value paths are false, `ne` is true.
 *
 * @returns the part that depends on the resource, or the filter's result for every resource
 */
export function narrowFilter(filter: Filter, among: TypeAmongAll): Filter | boolean {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = narrowFilter(filter.left, among);
      const right = narrowFilter(filter.right, among);
      // True decides an `or`, false an `and`; otherwise the other side decides.
      const deciding = filter.kind === 'or';
      if (typeof left === 'boolean') return left === deciding ? left : right;
      if (typeof right === 'boolean') return right === deciding ? right : left;
      return { kind: filter.kind, left, right };
    }
    case 'not': {
      const inner = narrowFilter(filter.filter, among);
      return typeof inner === 'boolean' ? !inner : { kind: 'not', filter: inner };
    }
    case 'compare':
      return isLacking(filter.path, among) ? filter.operator === 'ne' : filter;
    case 'present':
    case 'some':
      return isLacking(filter.path, among) ? false : filter;
  }
}

function amongAll(type: ResourceType, others: readonly Schema[]): TypeAmongAll {
  const foreign = others.map((schema) => ({ schema, required: false }));
  return {
    type: { ...type, extensions: [...type.extensions, ...foreign] },
    lacking: new Set(others.map(({ id }) => id)),
  };
}
