import { describe, expect, it } from '@jest/globals';
import { judgeClock, judgeMigrations, judgeServer, type ServerFacts } from './database.ts';
import { type Level, Findings } from './finding.ts';

const sound: ServerFacts = {
  versionNumber: 180_001,
  version: '18.1',
  encoding: 'UTF8',
  isWritable: true,
  connections: 97,
  isSuperuser: false,
  mayCreate: true,
  fsync: 'on',
  synchronousCommit: 'on',
  fullPageWrites: 'on',
  isEncrypted: true,
  time: new Date(),
};

function judged(facts: Partial<ServerFacts>, host = 'db.example.com'): [Level, string][] {
  const found = new Findings('database');
  judgeServer(found, { ...sound, ...facts }, { poolSize: 10, host });
  return found.all.filter(({ level }) => level !== 'ok').map(({ level, says }) => [level, says]);
}

describe('the doctor of a database', () => {
  it('has nothing to say against a sound server', () => {
    expect(judged({})).toEqual([]);
  });

  it.each<[string, Partial<ServerFacts>, Level, RegExp]>([
    ['too old', { versionNumber: 150_004, version: '15.4' }, 'fail', /15\.4; the service needs 16/],
    ['of another encoding', { encoding: 'LATIN1' }, 'fail', /LATIN1/],
    ['a standby', { isWritable: false }, 'fail', /cannot be written/],
    ['one where the user may not create', { mayCreate: false }, 'fail', /may not create tables/],
    [
      'one without enough connections',
      { connections: 20 },
      'fail',
      /holds 25 connections .* too few for one/,
    ],
    ['one that may lose what it acknowledged', { fsync: 'off' }, 'warn', /fsync is off/],
    ['one reached as a superuser', { isSuperuser: true }, 'warn', /superuser/],
    ['one reached in clear', { isEncrypted: false }, 'warn', /not encrypted/],
  ])('says what is wrong with %s', (_, facts, level, says) => {
    expect(judged(facts)).toEqual([[level, expect.stringMatching(says)]]);
  });

  it('wants no encryption on this machine', () => {
    expect(judged({ isEncrypted: false }, 'localhost')).toEqual([]);
  });

  it.each<[number, Level]>([
    [4_000, 'ok'],
    [-4_000, 'ok'],
    [6_000, 'warn'],
    [-6_000, 'warn'],
  ])('judges a clock that is %i ms off', (offMs, level) => {
    const found = new Findings('database');
    const time = new Date('2026-11-24T09:00:00Z');
    judgeClock(found, time, new Date(time.getTime() + offMs));
    expect(found.all.map((one) => one.level)).toEqual([level]);
  });

  it('says what the next start would do to the schema, and that a newer version was there', () => {
    const levels = (ran: string[]) => {
      const found = new Findings('database');
      judgeMigrations(found, ran, ['A', 'B']);
      return found.all.map(({ level, says }) => `${level} ${says}`);
    };
    expect(levels(['A', 'B'])).toEqual(['ok Its schema is up to date.']);
    expect(levels(['A'])).toEqual(['warn The next start runs 1 of 2 migrations.']);
    expect(levels(['A', 'B', 'C'])[0]).toMatch(/^warn A newer version has been here/);
  });
});
