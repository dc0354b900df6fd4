import { describe, expect, it } from '@jest/globals';
import { wordingText } from '../../errors/sentence.ts';
import { expectWorded } from '../../../test/harness/worded.ts';
import { compileExtract } from './extract-pattern.ts';

describe('what is wrong with a pattern', () => {
  it.each([
    [String.raw`E(\d+`, /^: a round bracket is not closed; write \\\(/],
    ['a)', /^: a round bracket is closed that was not opened/],
    ['[a-', /^: a square bracket is not closed/],
    ['*a', /^: there is nothing before a \*, \+ or \?/],
    ['a**', /^: two repetitions follow each other/],
    ['a{2,1}', /^: a count in braces is too large, or/],
    [String.raw`(a)\1`, /^: a backslash stands before .* back references such as \\1 cannot be used$/],
    ['a\\', /^: it ends with a backslash/],
    ['[z-a]', /^: a range in square brackets runs backwards/],
    [String.raw`\p{Nobody}`, /names no known kind of characters$/],
    ['(?=a)', /^: what follows \(\? is not known; look-around cannot be used$/],
    ['(?<n>a)(?<n>b)', /^: two groups have the same name$/],
  ])('is said in words, in every language: %s', (pattern, text) => {
    const compiled = compileExtract(pattern, undefined);
    if (!('fault' in compiled)) throw new Error(`${pattern} can be read`);
    const { fault } = compiled;
    expect(fault).toMatchObject({ code: 'unreadable-pattern', params: { pattern } });
    expectWorded(fault.sentence);
    expect(wordingText(fault, 'en')).toMatch(/^– has a pattern that cannot be read: /);
    expect(wordingText(fault, 'en').replace(/^– has a pattern that cannot be read/, '')).toMatch(text);
  });
});
