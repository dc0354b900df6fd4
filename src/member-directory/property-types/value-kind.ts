/**
 * What a source or a step gives, as far as it is known before any person is looked at. `any` may be everything, since
 * identity providers send texts where the schemas say numbers.
 */
export type ValueKind = 'any' | 'text' | 'number' | 'boolean' | 'date';

const kindNames: Record<ValueKind, string> = {
  any: 'values of any kind',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a day',
};

/** The kind in words: `true or false`. */
export function kindName(kind: ValueKind): string {
  return kindNames[kind];
}
