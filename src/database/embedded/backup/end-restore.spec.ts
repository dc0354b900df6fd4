import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endRestore } from './end-restore.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'user-provisioning-restore-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Makes folders that say whose they are, and the password of each. */
function given(folders: Record<string, string>, passwords: Record<string, string>): void {
  for (const [name, whose] of Object.entries(folders)) {
    mkdirSync(join(dataDir, name));
    writeFileSync(join(dataDir, name, 'whose'), whose);
  }
  for (const [name, password] of Object.entries(passwords)) writeFileSync(join(dataDir, name), password);
}

function read(...path: string[]): string | null {
  const file = join(dataDir, ...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const old = { postgresql: 'old' };
const secrets = { 'postgresql-password': 'old' };
const waiting = { 'postgresql-password.restored': 'new' };

describe('a restore that was killed', () => {
  it.each([
    ['while it copied', { ...old, 'postgresql.restoring': 'half' }, secrets],
    ['when the password was copied', { ...old, 'postgresql.restoring': 'whole' }, { ...secrets, ...waiting }],
    [
      'before the old database left its place',
      { ...old, 'postgresql.restored': 'new' },
      { ...secrets, ...waiting },
    ],
  ])('%s leaves the old database', (_, folders, passwords) => {
    given(folders, passwords);
    endRestore(dataDir);
    expect([read('postgresql', 'whose'), read('postgresql-password')]).toEqual(['old', 'old']);
    expect(read('postgresql-password.restored')).toBeNull();
    expect(existsSync(join(dataDir, 'postgresql.restored'))).toBe(false);
  });

  it.each([
    [
      'when the old database had left its place',
      { 'postgresql.before-restore': 'old', 'postgresql.restored': 'new' },
      secrets,
    ],
    ['when the new one had taken it', { 'postgresql.before-restore': 'old', postgresql: 'new' }, secrets],
    ['into an empty folder, before the database had its place', { 'postgresql.restored': 'new' }, {}],
    ['into an empty folder, before the password had its place', { postgresql: 'new' }, {}],
  ])('%s is ended by the next start', (_, folders, passwords) => {
    given(folders, { ...passwords, ...waiting });
    endRestore(dataDir);
    expect([read('postgresql', 'whose'), read('postgresql-password')]).toEqual(['new', 'new']);
    endRestore(dataDir);
    expect([read('postgresql', 'whose'), read('postgresql-password')]).toEqual(['new', 'new']);
  });

  it('changes nothing where there was none', () => {
    given(old, secrets);
    endRestore(dataDir);
    expect([read('postgresql', 'whose'), read('postgresql-password')]).toEqual(['old', 'old']);
  });
});
