import { describe, expect, it } from '@jest/globals';
import { days, hours, minutes } from '../../errors/duration.ts';
import type { Facts, TokenFacts } from './facts.ts';
import { findCauses } from './find-causes.ts';
import { nextDigestAt } from './next-digest.ts';
import { isRefusal, silenceAfter } from './silence.ts';
import { tokenCauses } from './token-causes.ts';

const now = new Date('2026-11-24T09:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);

const quiet: Facts = {
  isActive: true,
  timeZone: 'Europe/Berlin',
  heldAccess: 'suspend',
  activatedAt: after(-days(30)),
  contact: null,
  sequence: '0',
  held: 0,
  conflicts: 0,
  isRunning: false,
  lastRun: null,
  isRefusing: false,
  tokens: [],
};

const keysOf = (facts: Partial<Facts>, known: string[] = [], silence = null as never) =>
  findCauses({ ...quiet, ...facts }, silence, new Set(known), now).map(({ key }) => key);

describe('the causes of messages', () => {
  it.each<[string, Partial<Facts>, string[]]>([
    ['nothing happens', {}, []],
    ['removals are held', { held: 3 }, ['removals_held']],
    ['people are in conflict', { conflicts: 1 }, ['conflicts']],
    ['the last run failed', { lastRun: { id: 'r', state: 'failed' } }, ['run_failed']],
    ['the last run succeeded', { lastRun: { id: 'r', state: 'succeeded' } }, []],
    ['a request was refused', { isRefusing: true }, ['refusals']],
    ['the identity provider called', { contact: { at: now, status: 200 } }, ['first_contact']],
    ['it called before the activation', { contact: { at: after(-days(31)), status: 200 } }, []],
    [
      'everything at once',
      { held: 1, conflicts: 1, isRefusing: true },
      ['removals_held', 'conflicts', 'refusals'],
    ],
    [
      'provisioning is switched off',
      { isActive: false, held: 1, conflicts: 1, lastRun: { id: 'r', state: 'failed' } },
      [],
    ],
  ])('when %s', (_what, facts, keys) => {
    expect(keysOf(facts)).toEqual(keys);
  });

  it('are counted when a run is over; what was there before stays while one is under way', () => {
    const running = { isRunning: true, held: 3, conflicts: 2, isRefusing: true };
    expect(keysOf(running)).toEqual(['refusals']);
    expect(keysOf(running, ['removals_held', 'conflicts'])).toEqual([
      'removals_held',
      'conflicts',
      'refusals',
    ]);
  });

  it('are one for a trouble, however many people are in it', () => {
    expect(keysOf({ held: 1 })).toEqual(keysOf({ held: 5_000 }));
  });
});

describe('silence', () => {
  it.each([
    [200, hours(24), false],
    [404, hours(24), false],
    [409, hours(6), true],
    [500, hours(6), true],
  ])('after a status %i is looked at after %i ms', (status, ms, isKnown) => {
    expect(silenceAfter({ at: now, status })).toEqual({ at: after(ms), isKnown });
  });

  it('is a cause from then on, and not by a guess', () => {
    const contact = { at: after(-days(2)), status: 409 };
    const causes = (at: Date, isKnown: boolean) =>
      findCauses({ ...quiet, activatedAt: now, contact }, { at, isKnown }, new Set(), now);
    expect(causes(now, true)).toEqual([
      { key: 'idp_silent', kind: 'idp_silent', params: { since: contact.at.toISOString(), status: 409 } },
    ]);
    expect(causes(after(1), true)).toEqual([]);
    expect(causes(now, false)).toEqual([]);
    expect(isRefusal(404)).toBe(false);
  });
});

const token = (id: string, more: Partial<TokenFacts> = {}): TokenFacts => ({
  id,
  name: 'Identity provider',
  createdAt: after(-days(200)),
  expiresAt: null,
  lastUsedAt: now,
  ...more,
});
const causesOf = (...tokens: TokenFacts[]) => tokenCauses(tokens, now).causes;

describe('a token that expires', () => {
  it.each([
    [days(30) + 1, null],
    [days(30), 'token_expiring:1:30'],
    [days(7) + 1, 'token_expiring:1:30'],
    [days(7), 'token_expiring:1:7'],
    [days(1) + 1, 'token_expiring:1:7'],
    [days(1), 'token_expiring:1:1'],
    [1, 'token_expiring:1:1'],
    [0, null],
    [-days(1), null],
  ])('in %i ms gives cause for %s', (ms, key) => {
    expect(causesOf(token('1', { expiresAt: after(ms) })).map((cause) => cause.key)).toEqual(
      key ? [key] : [],
    );
  });

  it('and never lived longer than the notice is not told of by it', () => {
    expect(causesOf(token('1', { createdAt: now, expiresAt: after(days(7)) }))).toEqual([]);
    expect(causesOf(token('1', { createdAt: now, expiresAt: after(minutes(10)) }))).toEqual([]);
  });

  it('is looked at again when the next notice is due', () => {
    const { next } = tokenCauses([token('1', { expiresAt: after(days(10)) })], now);
    expect(next.sort((a, b) => Number(a) - Number(b))).toEqual([days(3), days(9), days(10)].map(after));
  });
});

describe('a token that nobody has ever come with', () => {
  const spare = token('1', { expiresAt: after(days(3)), lastUsedAt: null });

  it('is told of while it is the only way in, and not where somebody comes with another one or an OAuth client', () => {
    expect(causesOf(spare)).toMatchObject([{ kind: 'token_expiring' }]);
    expect(causesOf(spare, token('2', { lastUsedAt: null }))).toMatchObject([{ kind: 'token_expiring' }]);
    expect(causesOf(spare, token('2', { expiresAt: after(-hours(1)) }))).toMatchObject([
      { kind: 'token_expiring' },
    ]);
    expect(causesOf(spare, token('2'))).toEqual([]);
  });

  it('may be replaced by another one that nobody comes with', () => {
    const old = token('1', { expiresAt: after(hours(1)), lastUsedAt: null });
    const rotated = token('2', { createdAt: after(-hours(23)), lastUsedAt: null });
    expect(causesOf(old, rotated)).toMatchObject([{ kind: 'token_unused' }]);
    expect(causesOf(old, rotated, token('3', { name: 'OAuth' }))).toEqual([]);
  });
});

describe('a token that was replaced', () => {
  const old = (more: Partial<TokenFacts> = {}) => token('1', { expiresAt: after(hours(8)), ...more });
  const rotated = (more: Partial<TokenFacts> = {}) =>
    token('2', { createdAt: after(-hours(16)), lastUsedAt: null, ...more });

  it('is told of when half of the overlap is over and nobody uses the new one', () => {
    expect(causesOf(old(), rotated())).toEqual([
      { key: 'token_unused:2', kind: 'token_unused', params: { name: 'Identity provider', hours: 8 } },
    ]);
  });

  it('is not, before that, or once the new one is used', () => {
    const early = rotated({ createdAt: after(-hours(3)) });
    expect(causesOf(old({ expiresAt: after(hours(21)) }), early)).toEqual([]);
    expect(causesOf(old(), rotated({ lastUsedAt: now }))).toEqual([]);
  });

  it('ends on purpose: its end is no news, and the new one is told of after it, too', () => {
    expect(causesOf(old(), rotated({ lastUsedAt: now }))).toEqual([]);
    expect(causesOf(old({ expiresAt: after(-hours(1)) }), rotated())).toMatchObject([
      { params: { hours: 0 } },
    ]);
  });

  it('is another than one that only has the same name', () => {
    expect(causesOf(old({ expiresAt: null }), rotated())).toEqual([]);
    expect(causesOf(old({ name: 'Other' }), rotated()).map(({ kind }) => kind)).toEqual(['token_expiring']);
  });
});

describe('the weekly digest', () => {
  it.each([
    ['Europe/Berlin', '2026-11-24T09:00:00Z', '2026-11-30T07:00:00Z'],
    ['Europe/Berlin', '2026-11-30T06:59:59Z', '2026-11-30T07:00:00Z'],
    ['Europe/Berlin', '2026-11-30T07:00:00Z', '2026-12-07T07:00:00Z'],
    ['Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-30T06:00:00Z'],
    ['Pacific/Auckland', '2026-11-24T09:00:00Z', '2026-11-29T19:00:00Z'],
    ['UTC', '2026-11-24T09:00:00Z', '2026-11-30T08:00:00Z'],
  ])('comes on Monday at 8 in %s: after %s at %s', (timeZone, from, due) => {
    expect(nextDigestAt(timeZone, new Date(from))).toEqual(new Date(due));
  });
});
