import { describe, expect, it } from '@jest/globals';
import { searchForms } from './search-text.ts';

describe('a search', () => {
  it.each([
    ['Ann', ['ann']],
    [' A\u200bnn\u202e\ufeff ', ['ann']],
    ['a\nb', ['a b']],
    ['\u200b', []],
    ['', []],
    ['σίσυφος', ['σίσυφος', 'σίσυφοσ']],
    ['ΣΊΣΥΦΟΣ', ['σίσυφοσ', 'σίσυφος']],
    ['ΟΣ Σ', ['οσ σ', 'ος σ']],
    ['می\u200cخواهم', ['می\u200cخواهم']],
  ])('for %j looks for %j', (text, forms) => {
    expect(searchForms(text)).toEqual(forms);
  });
});
