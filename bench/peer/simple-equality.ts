import SCIMMY from 'scimmy';

/** A filter of one comparison: `userName eq "x"`. */
export interface SimpleEquality {
  attribute: string;
  value: string;
}

/**
 * The one comparison that a filter consists of.
 *
 * @throws SCIMMY.Types.Error 400 `invalidFilter` for any other filter: the benchmark sends none
 */
export function simpleEquality(filter: InstanceType<typeof SCIMMY.Types.Filter>): SimpleEquality {
  const [terms, ...alternatives] = filter as unknown as Record<string, unknown>[];
  const [[attribute, comparison] = ['', []], ...others] = Object.entries(terms ?? {});
  const [operator, value] = Array.isArray(comparison) ? (comparison as unknown[]) : [];
  if (alternatives.length === 0 && others.length === 0 && operator === 'eq' && typeof value === 'string') {
    return { attribute: attribute.toLowerCase(), value };
  }
  throw new SCIMMY.Types.Error(400, 'invalidFilter', 'Only one eq comparison is supported');
}
