import { type Language, type Sentence, sentenceText } from '../../errors/sentence.ts';
import { fieldTitle } from '../../member-directory/fields/member-field.ts';
import { propertyTypeOf } from '../../member-directory/properties/property-types/registry.ts';

/** What is suggested about an attribute that people have. */
interface About {
  people: number;
  attribute: string;
}

/** A suggestion as a code with what a sentence about it needs; `field` as a change names it. */
export type Suggestion =
  | { code: 'fill-field'; params: About & { field: string } }
  | { code: 'fill-property'; params: About & { property: string } }
  | { code: 'create-property'; params: About & { property: string; type: string } }
  | { code: 'create-choice'; params: About & { property: string; type: string; values: number } };

const beginnings: Record<'one' | 'many', Sentence> = {
  one: { en: '1 person has {attribute}:', de: '1 Person hat {attribute}:' },
  many: { en: '{people} people have {attribute}:', de: '{people} Personen haben {attribute}:' },
};

/** The codes of all suggestions, each with its question. */
export const suggestionSentences: Record<Suggestion['code'] | 'create-choice-of-one', Sentence> = {
  'fill-field': {
    en: 'fill the field {field} with it?',
    de: 'das Feld {field} damit füllen?',
  },
  'fill-property': {
    en: 'fill the property {property} with it?',
    de: 'die Eigenschaft {property} damit füllen?',
  },
  'create-property': {
    en: 'create a {type} property {property}?',
    de: 'eine Eigenschaft {property} anlegen ({type})?',
  },
  'create-choice': {
    en: 'create a {type} property {property} with its {values} values?',
    de: 'eine Eigenschaft {property} mit ihren {values} Werten anlegen ({type})?',
  },
  'create-choice-of-one': {
    en: 'create a {type} property {property} with its value?',
    de: 'eine Eigenschaft {property} mit ihrem Wert anlegen ({type})?',
  },
};

/** The suggestion as a question: `117 people have department: create a select property Department with its 9 values?` */
export function suggestionText({ code, params }: Suggestion, language: Language): string {
  const words = {
    ...params,
    ...('field' in params && { field: fieldTitle(params.field, language) }),
    ...('type' in params && { type: propertyTypeOf(params.type).title[language] }),
  };
  const isOfOne = 'values' in params && params.values === 1;
  const question = suggestionSentences[isOfOne ? 'create-choice-of-one' : code];
  const beginning = beginnings[params.people === 1 ? 'one' : 'many'];
  return `${sentenceText(beginning, language, words)} ${sentenceText(question, language, words)}`;
}
