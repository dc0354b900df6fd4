import { describe, expect, it } from '@jest/globals';
import { languages, wordingText } from '../../errors/sentence.ts';
import { expectWorded } from '../../../test/harness/worded.ts';
import { kindFault, parserFault, ruleFault, ruleFaultCodes } from './rule-faults.ts';

describe('what is wrong with a rule', () => {
  it.each(ruleFaultCodes.map((code) => [code]))('is worded in every language: %s', (code) => {
    expectWorded(ruleFault(code).sentence);
  });

  it('gives the reason of a parser to those who read English', () => {
    const fault = parserFault('unreadable-path', 'There is no attribute "x".', { path: 'x' });
    expect(wordingText(fault, 'en')).toMatch(
      /attribute that a rule can read: x; .* \(There is no attribute "x"\.\)$/u,
    );
    expect(wordingText(fault, 'de')).toMatch(/Attribut, das eine Regel lesen kann: x; [^(]*$/u);
  });

  it('calls a kind of values what people call it', () => {
    const fault = kindFault('kind-does-not-fit', 'boolean', { target: 'properties.x' });
    expect(languages.map((language) => wordingText(fault, language))).toEqual([
      'gives true or false, which properties.x cannot hold',
      'ergibt wahr oder falsch, und properties.x kann das nicht aufnehmen',
    ]);
    expect(fault.params).toEqual({ kind: 'boolean', target: 'properties.x' });
  });
});
