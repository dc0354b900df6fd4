import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages } from '../../errors/sentence.ts';
import { reasonSentences, reasonText } from './reasons.ts';

describe('reasonText', () => {
  it.each(Object.entries(reasonSentences))(
    'needs the same parameters of %s in every language',
    (_, sentence) => {
      const [first, ...others] = languages.map((language) => parametersOf(sentence[language]));
      for (const other of others) expect(other).toEqual(first);
    },
  );

  it('fills parameters in, names people and words dates', () => {
    const params = {
      candidates: [
        { id: '1', name: 'Ada' },
        { id: '2', name: 'Bob' },
      ],
    };
    expect(reasonText({ code: 'two-candidates', params }, 'en')).toContain('Ada, Bob');
    const due = { dueAt: '2026-12-24T09:00:00.000Z' };
    expect(reasonText({ code: 'grace-over', params: due }, 'en')).toContain('24 December 2026');
    expect(reasonText({ code: 'grace-over', params: due }, 'de')).toContain('24. Dezember 2026');
  });

  it('adds what an admin must not miss', () => {
    const reason = { code: 'attributes-changed', params: { emailChanged: true } };
    expect(reasonText(reason, 'en')).toContain('single sign-on');
  });

  it('words the problems of the mapping', () => {
    const problems = [
      { target: 'jobTitle', code: 'not-a-text', params: { value: '{…}' } },
      { target: 'properties.site', code: 'unknown-option', params: { value: 'Rome' } },
    ];
    const reason = { code: 'attributes-changed', params: { problems } };
    expect(reasonText(reason, 'en')).toContain(
      'could not be mapped: job title must be a text ({…}); site is no option of this property: Rome.',
    );
    expect(reasonText(reason, 'de')).toContain('Position muss ein Text sein ({…}); site ist keine Option');
  });

  it.each(Object.entries(reasonSentences))('speaks to an admin as “Sie”: %s', (_, { de }) => {
    expect(de).not.toMatch(/\b(du|dein|deine|dir|dich)\b/iu);
    expect(de).not.toMatch(/(^|[.:] |oder )(sende|ordne|ändere|verknüpfe|erlaube|genehmige|verwirf)\b/iu);
  });

  it.each([
    ['undo', { kind: 'create' }, 'Undoes an earlier change: created.'],
    ['undo', { kind: 'remove' }, 'Undoes an earlier change: removed.'],
    ['mapped-attributes', { version: 0, count: 9 }, 'The built-in attribute mapping gave 9 values.'],
    ['mapped-attributes', { version: 3, count: 1 }, 'The attribute mapping (version 3) gave 1 value.'],
  ])('chooses the form of %s for %j', (code, params, text) => {
    expect(reasonText({ code, params }, 'en')).toBe(text);
    expect(reasonText({ code, params }, 'de')).not.toMatch(/[{}]|create|remove|ersion 0|1 Werte/);
  });

  it('shows a code that it does not know', () => {
    expect(reasonText({ code: 'from-the-future', params: {} }, 'de')).toBe('from-the-future');
  });
});

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The type of a part that is plain text. */
const literal: Part['type'] = 0;

/** The names of the parameters, also of those by which a form is chosen, and within the forms. */
function parametersOf(sentence: string): string[] {
  const namesIn = (parts: readonly Part[]): string[] =>
    parts.flatMap((part) => {
      const isText = part.type === literal;
      const forms =
        'options' in part ? Object.values(part.options).flatMap(({ value }) => namesIn(value)) : [];
      return [...(isText || !('value' in part) ? [] : [part.value]), ...forms];
    });
  const message = new IntlMessageFormat(sentence, 'en', undefined, { ignoreTag: true });
  return [...new Set(namesIn(message.getAst()))].sort();
}
