import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backupFile, readBackup } from './backup-file.ts';

const file = { path: 'postgresql/PG_VERSION', bytes: 3, sha256: 'ab' };
const whole = {
  ...{ version: 1, takenAt: '2026-11-29T09:00:00.000Z', postgresql: '18', migration: null },
  ...{ folders: ['base', 'base/5'], files: [file] },
};

describe('a backup', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'backup-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function read(what: unknown) {
    writeFileSync(join(folder, backupFile), JSON.stringify(what));
    return readBackup(folder);
  }

  it('is read as it was written', () => {
    expect(read(whole)).toEqual(whole);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no files', { version: 1 }],
    ['files that are none', { ...whole, files: [null] }],
    ['a file beside the folder', { ...whole, files: [{ ...file, path: 'postgresql/../../x' }] }],
    ['a file anywhere', { ...whole, files: [{ ...file, path: '/etc/passwd' }] }],
    ['a folder beside it', { ...whole, folders: ['..'] }],
  ])('that names %s is refused in one line', (_, what) => {
    expect(() => read(what)).toThrow(/is no backup: its backup.json is not that of one/);
  });

  it('of a later version is left to that', () => {
    expect(() => read({ ...whole, version: 2 })).toThrow(/another version/);
  });
});
