import type { Language, Sentence } from '../../../errors/sentence.ts';

/**
 * What a source or a step gives, as far as it is known before any person is looked at. `any` may be everything, since
 * identity providers send texts where the schemas say numbers.
 */
export type ValueKind = 'any' | 'text' | 'number' | 'boolean' | 'date';

const kindNames: Record<ValueKind, Sentence> = {
  any: { en: 'values of any kind', de: 'Werte jeder Art' },
  text: { en: 'a text', de: 'einen Text' },
  number: { en: 'a number', de: 'eine Zahl' },
  boolean: { en: 'true or false', de: 'wahr oder falsch' },
  date: { en: 'a day', de: 'einen Tag' },
};

/** The kind in words, as an object: `true or false`. */
export function kindName(kind: ValueKind, language: Language): string {
  return kindNames[kind][language];
}
