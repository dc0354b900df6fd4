import { describe, expect, it } from '@jest/globals';
import { languages, type Sentence } from '../../errors/sentence.ts';
import { problemCodes, problemText } from '../../member-directory/properties/property-types/value-problem.ts';
import {
  propertyTypeNames,
  propertyTypeOf,
} from '../../member-directory/properties/property-types/registry.ts';
import { suggestionSentences, suggestionText } from './suggestion-text.ts';

describe('suggestionText', () => {
  const about = { people: 117, attribute: 'department' };

  it('is a question in English and in German', () => {
    const suggestion = {
      code: 'create-choice' as const,
      params: { ...about, property: 'Department', type: 'select', values: 9 },
    };
    expect(suggestionText(suggestion, 'en')).toBe(
      '117 people have department: create a select property Department with its 9 values?',
    );
    expect(suggestionText(suggestion, 'de')).toBe(
      '117 Personen haben department: eine Eigenschaft Department mit ihren 9 Werten anlegen (Auswahl)?',
    );
  });

  it('counts one as one, and calls fields what people call them', () => {
    const fill = { code: 'fill-field' as const, params: { ...about, people: 1, field: 'jobTitle' } };
    expect(suggestionText(fill, 'en')).toBe('1 person has department: fill the field job title with it?');
    expect(suggestionText(fill, 'de')).toBe('1 Person hat department: das Feld Position damit füllen?');
    const params = { ...about, property: 'Unit', type: 'select', values: 1 };
    expect(suggestionText({ code: 'create-choice', params }, 'en')).toContain('with its value?');
  });

  it.each(Object.entries(suggestionSentences))('needs the same of %s in every language', (_, sentence) => {
    expectSameParameters(sentence);
  });
});

describe('what is wrong with a value', () => {
  const params = {
    value: 'x',
    lengthMaxChars: 9,
    format: 'D',
    step: 's',
    optionsMax: 9,
    valuesMax: 9,
    languages: 'en',
    lengthMaxBytes: 9,
    rule: 9,
    source: 's',
    count: 9,
  };

  it.each(problemCodes.map((code) => [code]))('is worded in every language: %s', (code) => {
    const [english, german] = languages.map((language) => problemText({ code, params }, language));
    for (const text of [english, german]) {
      expect(text).not.toBe(code);
      expect(text).not.toContain('–');
    }
    expect(german).not.toBe(english);
    expect(german).not.toMatch(/\b(du|dein|deine|dir|dich)\b/iu);
  });

  it('shows a code that it does not know', () => {
    expect(problemText({ code: 'constructor', params: {} }, 'de')).toBe('constructor');
  });

  it.each(propertyTypeNames.map((name) => [name]))('has a name in every language for the type %s', (name) => {
    for (const language of languages) expect(propertyTypeOf(name).title[language]).toBeTruthy();
  });
});

function expectSameParameters(sentence: Sentence): void {
  const [first, ...others] = languages.map((language) =>
    [...sentence[language].matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
  );
  for (const other of others) expect(other).toEqual(first);
}
