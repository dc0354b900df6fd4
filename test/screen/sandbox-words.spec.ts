import { describe, expect, it } from '@jest/globals';
import { type Overview, pendingKinds } from '../../web/src/api/shapes.ts';
import { endedWords } from '../../web/src/provisioning/connect/sandbox-words.ts';

const nobody = Object.fromEntries(pendingKinds.map((kind) => [kind, 0])) as unknown as Overview['pending'];

describe('a simulation that is over', () => {
  it.each<[Parameters<typeof endedWords>[0], Partial<Overview['pending']>, number, string, boolean]>([
    [{ state: 'succeeded', day: 0 }, { create: 5 }, 0, 'sandbox.succeededText', true],
    [{ state: 'succeeded', day: 1 }, { held: 1 }, 0, 'sandbox.succeededDayText', true],
    [{ state: 'succeeded', day: 1 }, {}, 1, 'sandbox.succeededDayText', true],
    [{ state: 'succeeded', day: 0 }, {}, 0, 'sandbox.nothingPending', false],
    [{ state: 'stopped', day: 0 }, {}, 0, 'sandbox.stoppedText', false],
    [{ state: 'stopped', day: 0 }, { create: 1 }, 0, 'sandbox.stoppedText', true],
    [{ state: 'failed', day: 1 }, {}, 0, 'sandbox.failedText', false],
  ])(
    'offers to look at what would change where something would: %j, %j, %d groups',
    (simulation, pending, changing, text, offersReview) => {
      const overview = { pending: { ...nobody, ...pending }, pendingGroups: { changing, suppressed: 0 } };
      expect(endedWords(simulation, overview)).toEqual({ text, offersReview });
    },
  );
});
