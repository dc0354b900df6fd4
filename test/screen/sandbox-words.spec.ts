import { describe, expect, it } from '@jest/globals';
import { type Overview, pendingKinds, type Token } from '../../web/src/api/shapes.ts';
import { mayArrive } from '../../web/src/parts/page/arriving.ts';
import { endedWords } from '../../web/src/provisioning/connect/sandbox-words.ts';
import { isTold } from '../../web/src/provisioning/findings/finding-words.ts';
import { isForProvider } from '../../web/src/provisioning/tokens/token-life.ts';

const nobody = Object.fromEntries(pendingKinds.map((kind) => [kind, 0])) as unknown as Overview['pending'];

describe('a simulation that is over', () => {
  it.each<[Parameters<typeof endedWords>[0], Partial<Overview['pending']>, number, string, boolean]>([
    [{ state: 'succeeded', day: 0 }, { create: 5 }, 0, 'sandbox.succeededText', true],
    [{ state: 'succeeded', day: 1 }, { held: 1 }, 0, 'sandbox.succeededDayText', true],
    [{ state: 'succeeded', day: 1 }, {}, 1, 'sandbox.succeededDayText', true],
    [{ state: 'succeeded', day: 0 }, {}, 0, 'sandbox.nothingPending', false],
    [{ state: 'stopped', day: 0 }, {}, 0, 'sandbox.stoppedText', false],
    [{ state: 'stopped', day: 0 }, { create: 1 }, 0, 'sandbox.stoppedText', true],
    [{ state: 'failed', day: 0 }, {}, 0, 'sandbox.failedText', false],
    [{ state: 'failed', day: 1 }, {}, 0, 'sandbox.failedDayText', false],
    [{ state: 'stopped', day: 1 }, { create: 1 }, 0, 'sandbox.stoppedDayText', true],
  ])(
    'offers to look at what would change where something would: %j, %j, %d groups',
    (simulation, pending, changing, text, offersReview) => {
      const overview = { pending: { ...nobody, ...pending }, pendingGroups: { changing, suppressed: 0 } };
      expect(endedWords(simulation, overview)).toEqual({ text, offersReview });
    },
  );
});

describe('a token that the guide offers', () => {
  const createdAt = '2030-01-01T12:00:00Z';
  it.each<[string, Partial<Token>, boolean]>([
    ['one without an end', { expiresAt: null }, true],
    ['one that ends in an hour, since another has replaced it', { expiresAt: '2030-01-01T13:00:00Z' }, true],
    ['not that of a simulation', { expiresAt: '2030-01-01T12:30:00Z' }, false],
    ['not one that was revoked', { expiresAt: null, state: 'revoked' }, false],
  ])('%s', (_, token, may) => {
    expect(isForProvider({ state: 'active', createdAt, ...token } as Token)).toBe(may);
  });
});

describe('whether the first people may still arrive', () => {
  const now = Date.parse('2030-01-01T12:00:00Z');
  const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const running = [{ code: 'first-cycle-running' as const }];
  const contact = (minutes: number) => ({ at: minutesAgo(minutes), status: 200 });
  const first = {
    automaticSync: 'not_started' as const,
    lastRun: null,
    pending: { ...nobody, create: 40 },
    sandbox: false,
    lastContact: contact(1),
  };
  const run = { trigger: 'manual', chosen: null } as Overview['lastRun'];
  const pilot = { trigger: 'manual', chosen: { people: 5, groups: [] } } as unknown as Overview['lastRun'];
  const leavers = { trigger: 'leaver', chosen: null } as Overview['lastRun'];
  const sandbox = { ...first, sandbox: true };
  const ended = { finishedAt: minutesAgo(1) };

  it.each<
    [string, Parameters<typeof mayArrive>[0], Parameters<typeof mayArrive>[1], typeof ended | null, boolean]
  >([
    ['while the service says so', first, running, null, true],
    ['not when it does not', first, [], null, false],
    [
      'not once somebody has synchronized',
      { ...first, automaticSync: 'on', lastRun: run },
      running,
      null,
      false,
    ],
    ['while some were synchronized to try it', { ...first, lastRun: run }, running, null, true],
    [
      'while it will happen by itself, and has not yet',
      { ...first, automaticSync: 'on' },
      running,
      null,
      true,
    ],
    [
      'not before it has come again, once its tokens have ended',
      { ...first, lastContact: null },
      running,
      null,
      false,
    ],
    [
      'while it will happen by itself, and some were synchronized to try it',
      { ...first, automaticSync: 'on', lastRun: pilot },
      running,
      null,
      true,
    ],
    [
      'not once somebody has left after that, when nobody is new',
      { ...first, automaticSync: 'on', lastRun: leavers, pending: nobody },
      running,
      null,
      false,
    ],
    [
      'while it will happen by itself, and somebody has left',
      { ...first, automaticSync: 'on', lastRun: leavers },
      running,
      null,
      true,
    ],
    ['while that is paused', { ...first, automaticSync: 'paused' }, running, null, true],
    ['while it is not known, if the identity provider was there a moment ago', first, undefined, null, true],
    [
      'not while it is not known, if it has been silent',
      { ...first, lastContact: contact(11) },
      undefined,
      null,
      false,
    ],
    ['not while it is not known, if it never came', { ...first, lastContact: null }, undefined, null, false],
    ['while a simulation runs', sandbox, running, { finishedAt: null as unknown as string }, true],
    ['not once it has ended', sandbox, running, ended, false],
    [
      'when a real one has come after a simulation',
      { ...sandbox, lastContact: contact(0) },
      running,
      ended,
      true,
    ],
    ['whatever was simulated, outside of a sandbox', first, running, ended, true],
  ])('%s', (_, overview, findings, simulation, may) => {
    expect(mayArrive(overview, findings, simulation, now)).toBe(may);
    if (findings === running) expect(isTold({ code: 'first-cycle-running' }, overview, simulation)).toBe(may);
  });
});
