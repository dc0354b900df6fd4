import type { AttributeName } from '../attribute-name.ts';

/** Comparison operators (RFC 7644 §3.4.2.2). */
export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** What an attribute can be compared with. The parser has made it fit the attribute's type. */
export type ScimValue = string | number | boolean;

/**
 * A filter, parsed and resolved. Every reader switches over `kind`. Inside `some` a path names a
 * sub-attribute of the element that is looked at. A comparison with `null` is parsed into `present`.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: AttributeName }
  | {
      readonly kind: 'compare';
      readonly path: AttributeName;
      readonly operator: Comparison;
      readonly value: ScimValue;
    }
  | { readonly kind: 'some'; readonly path: AttributeName; readonly filter: Filter };

/** The most comparisons that a filter makes for one value. */
export function countTerms(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return countTerms(filter.left) + countTerms(filter.right);
    case 'not':
    case 'some':
      return countTerms(filter.filter);
    case 'present':
    case 'compare':
      return 1;
  }
}
