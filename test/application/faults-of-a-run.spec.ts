import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import { cloneDatabase } from '../harness/database.ts';

const preload = new URL('../harness/record-faults.ts', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'user-provisioning-faults-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(name: string, program: string): string {
  const faultsFile = join(folder, name);
  const env = { PATH: process.env.PATH, TEST_FAULTS_FILE: faultsFile };
  spawnSync(process.execPath, [`--import=${preload}`, '--eval', program], { env });
  return readFileSync(faultsFile, { encoding: 'utf8', flag: 'a+' });
}

describe('a test run is told', () => {
  it('of a deprecation in any of its processes', () => {
    const program = `require('node:util').deprecate(() => {}, 'Old things are going away', 'OLD1')()`;
    expect(faultsOf('deprecation', program)).toMatch(
      /^Warning: DeprecationWarning: Old things are going away/,
    );
  });

  it('of a rejection that nobody handles, and where it was made', () => {
    const program = `setTimeout(function maker() { void Promise.reject(new Error('nobody waits')) })`;
    expect(faultsOf('rejection', program)).toMatch(/^unhandledRejection: Error: nobody waits\n.*maker/);
  });

  it('of nothing when nothing was wrong', () => {
    expect(faultsOf('nothing', 'Promise.reject(new Error()).catch(() => {})')).toBe('');
  });

  it('of a statement that a connection is asked for while another runs', async () => {
    const client = new pg.Client({ connectionString: (await cloneDatabase()).url });
    await client.connect();
    const first = client.query('SELECT 1');
    expect(() => client.query('SELECT 2')).toThrow('asked for a statement while another runs: SELECT 2');
    await first;
    expect((await client.query('SELECT 3 AS answer')).rows).toEqual([{ answer: 3 }]);
    await client.end();
  });
});
