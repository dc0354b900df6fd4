import fc from 'fast-check';

const surrogatesFrom = 0xd800;
const surrogates = 0x800;
const characters = 0x110000 - surrogates;

/**
 * Any character of Unicode, as `unit: 'binary'` gives it. fast-check's own makes a table of all million of them in each spec
 * file, to find the number of a character that a failing case is made smaller by.
 */
const character = fc.nat(characters - 1).map(
  (number) => String.fromCodePoint(number < surrogatesFrom ? number : number + surrogates),
  (text) => {
    const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (code === undefined || String.fromCodePoint(code) !== text) throw new Error('Not one character');
    if (code >= surrogatesFrom && code < surrogatesFrom + surrogates) throw new Error('Half a character');
    return code < surrogatesFrom ? code : code - surrogates;
  },
);

/** A text of any characters. */
export function anyText(lengths: { maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...lengths, unit: character });
}
