import { describe, expect, it } from '@jest/globals';
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

  it('shows a code that it does not know', () => {
    expect(reasonText({ code: 'from-the-future', params: {} }, 'de')).toBe('from-the-future');
  });
});

function parametersOf(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}
