import { describe, expect, it } from '@jest/globals';
import { languages, sentenceText } from '../errors/sentence.ts';
import { needCodes, needSentences, needsOf, type WorkspaceFacts } from './needs.ts';

const now = new Date('2026-11-24T09:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const healthy: WorkspaceFacts = {
  isActive: true,
  activatedAt: ago(1_000),
  lastContactAt: ago(1),
  suspendedUntil: null,
  nextSyncAt: ago(-17),
  held: null,
  conflicts: null,
  lastRun: { state: 'succeeded', createdAt: ago(7), finishedAt: ago(6.9) },
  tokensUntil: 'forever',
};

describe('a workspace that needs somebody', () => {
  it('needs nobody while all is well', () => {
    expect(needsOf(healthy, now)).toEqual([]);
  });

  it.each<[string, Partial<WorkspaceFacts>, string[]]>([
    ['a failed run', { lastRun: { state: 'failed', createdAt: ago(2), finishedAt: ago(1) } }, ['run-failed']],
    [
      'a run of an hour',
      { lastRun: { state: 'running', createdAt: ago(1), finishedAt: null } },
      ['run-stuck'],
    ],
    ['a run just begun', { lastRun: { state: 'running', createdAt: ago(0.9), finishedAt: null } }, []],
    ['no token', { tokensUntil: null }, ['no-token']],
    ['a token of a week', { tokensUntil: ago(-167) }, ['token-expires']],
    ['a token of more', { tokensUntil: ago(-169) }, []],
    ['a silent identity provider', { lastContactAt: ago(24) }, ['identity-provider-silent']],
    ['one that was silent for less', { lastContactAt: ago(23.9) }, []],
    ['one that never called', { lastContactAt: null }, ['never-contacted']],
    ['one that has time to call', { lastContactAt: null, activatedAt: ago(100) }, []],
    ['a night that did not begin', { nextSyncAt: ago(0.6) }, ['night-overdue']],
    ['a night that is about to', { nextSyncAt: ago(0.1) }, []],
    ['held removals', { held: { count: 3, since: ago(2) } }, ['held-removals']],
    ['conflicts', { conflicts: { count: 1, since: ago(2) } }, ['conflicts']],
    [
      'several things, the worst first',
      { tokensUntil: null, conflicts: { count: 1, since: ago(2) } },
      ['no-token', 'conflicts'],
    ],
  ])('is told of with %s', (_, facts, codes) => {
    expect(needsOf({ ...healthy, ...facts }, now).map(({ code }) => code)).toEqual(codes);
  });

  it('is told of only by the end of its suspension while provisioning is off', () => {
    const off = { ...healthy, isActive: false, tokensUntil: null, held: { count: 1, since: ago(1) } };
    expect(needsOf(off, now)).toEqual([]);
    expect(needsOf({ ...off, suspendedUntil: ago(-48) }, now)).toEqual([
      { code: 'suspension-ends', at: ago(-48), count: null },
    ]);
  });

  it('has a sentence for everything, in every language', () => {
    for (const code of needCodes)
      for (const language of languages)
        expect(sentenceText(needSentences[code], language, { count: 2 })).not.toMatch(/[{}–]/);
  });
});
