import { describe, expect, it } from '@jest/globals';
import { languages, wordingText } from '../errors/language.ts';
import { expectWorded } from '../../test/harness/worded.ts';
import { kindFault, ruleFault, ruleFaultCodes } from './rule-faults.ts';

describe('what is wrong with a rule', () => {
  it.each(ruleFaultCodes.map((code) => [code]))('is worded in every language: %s', (code) => {
    expectWorded(ruleFault(code).sentence);
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
