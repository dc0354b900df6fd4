import { describe, it } from '@jest/globals';
import { expectWorded } from '../../test/harness/worded.ts';
import { memberFault, memberFaultCodes } from './member-faults.ts';

describe('what is wrong with a member or a property', () => {
  it.each(memberFaultCodes.map((code) => [code]))('is worded in every language: %s', (code) => {
    expectWorded(memberFault(code).sentence);
  });
});
