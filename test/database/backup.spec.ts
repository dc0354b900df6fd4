import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { draftMarker } from '../../src/database/embedded/backup/draft.ts';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { compileCache } from '../harness/compile-cache.ts';
import { pg } from '../harness/one-query-at-a-time.ts';
import {
  createWorkspace,
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  startServiceProcess,
} from '../harness/process.ts';

jest.setTimeout(120_000);

const program = join(import.meta.dirname, '../../scripts/backup.ts');

interface MemberPage {
  items: { externalId: string | null }[];
  nextCursor: string | null;
}

/** Calls `npm run backup` or `npm run restore`. */
function call(dataDir: string, ...given: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], {
    env: { PATH: process.env.PATH, ...compileCache(), DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** How many rows each table has, and a digest of them. PostgreSQL is started for it, without a service. */
async function digestsOf(dataDir: string): Promise<Record<string, unknown>> {
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  const client = new pg.Client({ connectionString: postgres.url });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    const parts = rows.map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*)::int AS count, md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS digest FROM ${name} t`,
    );
    const found = await client.query<{ name: string }>(parts.join(' UNION ALL '));
    return Object.fromEntries(found.rows.map((row) => [row.name, row]));
  } finally {
    await client.end();
    await postgres.stop();
  }
}

describe('a backup of the embedded database', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  let backups: string;
  let token: string;
  let workspaceId: string;
  let service: ServiceProcess;
  let made = 0;

  beforeAll(async () => {
    ({ dataDir, remove } = await makeDataDir());
    backups = `${dataDir}-backups`;
    mkdirSync(backups);
    await start();
    token = await readOperatorToken(dataDir);
    workspaceId = await createWorkspace(service, token);
    await ask('PATCH', `/operator/workspaces/${workspaceId}`, { entitled: true });
  });

  afterAll(async () => {
    await service.stop('SIGKILL');
    await remove();
    rmSync(backups, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    service = await startServiceProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  }

  async function ask<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(service.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  /** A member is added, and named when that is acknowledged. */
  async function addMember(): Promise<string> {
    const externalId = `person-${(made += 1)}`;
    await ask('PUT', `/operator/workspaces/${workspaceId}/members/ext:${externalId}`, {
      email: `${externalId}@example.com`,
    });
    return externalId;
  }

  async function eventsAfter(after: string): Promise<{ items: { sequence: number }[]; next: string }> {
    return ask(
      'GET',
      `/operator/events?workspaceId=${workspaceId}&limit=1000&after=${encodeURIComponent(after)}`,
    );
  }

  async function externalIds(): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/operator/workspaces/${workspaceId}/members?limit=200${cursor && `&cursor=${cursor}`}`;
      const page: MemberPage = await ask('GET', path);
      found.push(...page.items.map(({ externalId }) => externalId));
      cursor = page.nextCursor;
    }
    return found;
  }

  it('is taken while the service works, and has all that was acknowledged before; the feed goes on without a gap', async () => {
    const before: string[] = [];
    for (let at = 0; at < 10; at += 1) before.push(await addMember());
    const { next, items } = await eventsAfter('');
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        await addMember();
        await sleep(10);
      }
    })();
    const taken = spawn(process.execPath, [program, join(backups, 'online')], {
      env: { PATH: process.env.PATH, ...compileCache(), DATA_DIR: dataDir },
    });
    expect(await once(taken, 'close')).toEqual([0, null]);
    isOver = true;
    await writing;
    const acknowledged = made;
    await service.stop();
    expect(call(dataDir, '--restore', join(backups, 'online'))).toMatchObject({ code: 0 });
    await start();
    const there = await externalIds();
    expect(there).toEqual(expect.arrayContaining(before));
    expect(there.length).toBeGreaterThanOrEqual(before.length);
    expect(there.length).toBeLessThanOrEqual(acknowledged);
    await addMember();
    const last = items.at(-1)?.sequence ?? 0;
    const sequences = (await eventsAfter(next)).items.map(({ sequence }) => sequence);
    expect(sequences.length).toBeGreaterThan(0);
    expect(sequences).toEqual(sequences.map((_, at) => last + 1 + at));
    rmSync(join(dataDir, 'postgresql.before-restore'), { recursive: true });
  });

  it('is refused while a service runs, and without a backup, with a damaged one or one that is half', async () => {
    const running = call(dataDir, '--restore', join(backups, 'online'));
    expect(running).toEqual({
      code: 78,
      said: `user-provisioning: A service runs on ${dataDir}: stop it first\n`,
    });
    await service.stop();
    const nowhere = call(dataDir, '--restore', backups);
    expect(nowhere.code).toBe(78);
    expect(nowhere.said).toContain(`${backups} is no backup, or not a whole one`);
    spawnSync('cp', ['-a', join(backups, 'online'), join(backups, 'damaged')]);
    appendFileSync(join(backups, 'damaged/postgresql/PG_VERSION'), ' ');
    const damaged = call(dataDir, '--restore', join(backups, 'damaged'));
    expect(damaged).toEqual({
      code: 78,
      said: 'user-provisioning: The backup is damaged: postgresql/PG_VERSION is not what was backed up\n',
    });
    const occupied = call(dataDir, backups);
    expect(occupied.said).toBe(
      `user-provisioning: ${backups} is not empty: name a folder of its own for each backup\n`,
    );
    expect(call(dataDir, join(dataDir, 'backup')).said).toContain('must not lie in DATA_DIR');
    expect(existsSync(join(dataDir, 'postgresql.restoring'))).toBe(false);
  });

  it('takes away what an interrupted one left, and nothing else that has its name', () => {
    const place = join(backups, 'second-try');
    const draft = `${place}.unfinished`;
    mkdirSync(draft);
    writeFileSync(join(draft, 'holiday.jpg'), 'mine');
    expect(call(dataDir, place)).toEqual({
      code: 78,
      said: `user-provisioning: ${draft} may hold something else than an unfinished backup: look at it, and delete it or take it elsewhere first\n`,
    });
    expect(readFileSync(join(draft, 'holiday.jpg'), 'utf8')).toBe('mine');
    rmSync(join(draft, 'holiday.jpg'));
    writeFileSync(join(draft, draftMarker), `${process.pid}\n`);
    expect(call(dataDir, place).said).toContain(`Process ${process.pid} makes a backup in ${draft}`);
    const { pid } = spawnSync('true');
    writeFileSync(join(draft, draftMarker), `${pid}\n`);
    writeFileSync(join(draft, 'half'), 'of a table');
    expect(call(dataDir, place).code).toBe(0);
    expect(existsSync(draft)).toBe(false);
    expect(readdirSync(place)).not.toContain(draftMarker);
    expect(readdirSync(place)).not.toContain('half');
  });

  it('says that there is no room', () => {
    const small = join(backups, 'small');
    mkdirSync(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]).status !== 0) {
      process.stderr.write('NOT TESTED: a backup to a full disk, since this machine mounts none\n');
      return;
    }
    try {
      const { code, said } = call(dataDir, join(small, 'backup'));
      expect(code).toBe(78);
      expect(said).toMatch(/^user-provisioning: .* has \d+ MB free, and \d+ MB are needed\n$/);
      expect(existsSync(join(small, 'backup'))).toBe(false);
    } finally {
      spawnSync('umount', [small]);
    }
  });

  it('leaves the old state when it is killed half-way', async () => {
    const digests = await digestsOf(dataDir);
    const restoring = spawn(process.execPath, [program, '--restore', join(backups, 'online')], {
      env: { PATH: process.env.PATH, ...compileCache(), DATA_DIR: dataDir },
    });
    const ended = once(restoring, 'close');
    const isUnderWay = () => existsSync(join(dataDir, 'postgresql.restoring/global'));
    while (!isUnderWay() && restoring.exitCode === null) await sleep(2);
    restoring.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await digestsOf(dataDir)).toEqual(digests);
    expect(existsSync(join(dataDir, 'postgresql.restoring'))).toBe(false);
  });

  it('taken at rest has the same rows in all tables', async () => {
    const digests = await digestsOf(dataDir);
    expect(call(dataDir, join(backups, 'at-rest')).code).toBe(0);
    expect(readFileSync(join(backups, 'at-rest/backup.json'), 'utf8')).not.toContain(token);
    rmSync(join(dataDir, 'postgresql'), { recursive: true });
    rmSync(join(dataDir, 'postgresql-password'));
    expect(call(dataDir, '--restore', join(backups, 'at-rest')).code).toBe(0);
    expect(await digestsOf(dataDir)).toEqual(digests);
    expect(Object.keys(digests).length).toBeGreaterThan(40);
    expect(digests.member).not.toMatchObject({ count: 0 });
  });
});
