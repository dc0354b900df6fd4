/**
 * `npm run bench:lists`: what a page of 100 with its exact total takes in a large directory, in one run on one machine:
 * the first, the last and the middle one, by index and by cursor; and what the overview takes. Writes
 * `bench/results/lists.json`. `--users` says how many people there are (1000000); there is a group for every ten.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { CursorSeal } from '../../src/database/cursor-seal.ts';
import { encodeCursor } from '../../src/scim/lists/cursor.ts';
import { machineText, thisMachine } from '../machine.ts';
import { rounded, tidy } from '../results.ts';
import { fillDirectory } from '../size/fill-directory.ts';
import { median, percentile } from '../statistics.ts';
import {
  type BenchService,
  type BenchWorkspace,
  givenBenchWorkspace,
  startBenchService,
} from '../sync/service.ts';
import { timed } from '../sync/watch.ts';

const resultsFile = join(import.meta.dirname, '../results/lists.json');
const pageSize = 100;
const usersPerGroup = 10;
const warmUps = 5;
const times = 20;
/** Of what is only told. */
const toldTimes = 5;
const pageMaxMs = 20;
const countWaitMs = 500;

const { values } = parseArgs({ options: { users: { type: 'string', default: '1000000' } } });
process.exitCode = await main(Number(values.users));

/** How long a request takes. */
interface Figure {
  name: string;
  medianMs: number;
  p90Ms: number;
  atMostMs: number | null;
}

async function main(users: number): Promise<number> {
  const [loadBefore = 0] = loadavg();
  const service = await startBenchService();
  try {
    const workspace = await givenBenchWorkspace(service, 'Lists');
    process.stderr.write(`Making ${users} users …\n`);
    await fill(service.sql, workspace.id, users);
    await counted(service, workspace);
    process.stderr.write('Measuring …\n');
    const figures: Figure[] = [];
    for (const [name, path, atMostMs] of await requestsOf(service.sql, workspace.id, users))
      figures.push(await measure(workspace, name, path, atMostMs));
    const machine = thisMachine();
    const setup = { at: new Date().toISOString(), users, load: [loadBefore, loadavg()[0] ?? 0] };
    await mkdir(join(resultsFile, '..'), { recursive: true });
    await writeFile(
      resultsFile,
      await tidy(JSON.stringify({ setup, machine, figures }, rounded), resultsFile),
    );
    process.stdout.write(`${[machineText(machine), '', ...figures.map(lineOf), ''].join('\n')}`);
    return figures.every(isMet) ? 0 : 1;
  } finally {
    await service.stop();
  }
}

/** As they stand in a database that was there before directories were counted. */
async function fill(sql: pg.Client, workspaceId: string, users: number): Promise<void> {
  const id = (kind: string) => `('0193000${kind}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await fillDirectory(sql, workspaceId, users, () => undefined);
  await sql.query('SET synchronous_commit = off');
  await sql.query(
    `INSERT INTO directory_group (workspace_id, id, display_name, display_name_key, resource, created_at, modified_at, counted)
     SELECT $1, ${id('1')}, 'Group ' || n, 'group ' || n, jsonb_build_object('displayName', 'Group ' || n),
       now() + n * interval '1 ms', now(), true
     FROM generate_series(1, $2::int) AS n`,
    [workspaceId, users / usersPerGroup],
  );
  await sql.query(
    `INSERT INTO member (workspace_id, id, email, email_key, display_name, status, source, created_at, updated_at)
     SELECT $1, ${id('2')}, 'person' || n || '@example.com', 'person' || n || '@example.com', 'Person ' || n, 'active',
       'provisioning', now(), now()
     FROM generate_series(1, $2::int) AS n`,
    [workspaceId, users],
  );
  await sql.query('VACUUM ANALYZE directory_group, member');
}

/** The first question is answered by counting, and has the directory counted once. */
async function counted({ sql }: BenchService, workspace: BenchWorkspace): Promise<void> {
  await workspace.scim('GET', '/Users?count=1');
  for (;;) {
    const { rowCount } = await sql.query(
      'SELECT FROM directory_count WHERE workspace_id = $1 AND slot = 0 AND users IS NOT NULL',
      [workspace.id],
    );
    if (rowCount === 1) return;
    await sleep(countWaitMs);
  }
}

/** What is asked: a name, the path below `/scim/v2` or of the admin, and how long it may take. */
type Asked = [name: string, path: string, atMostMs: number | null];

async function requestsOf(sql: pg.Client, workspaceId: string, users: number): Promise<Asked[]> {
  const pages = (name: string, path: string, total: number): Asked[] => [
    [`${name}, first, by index`, `${path}?startIndex=1&count=${pageSize}`, pageMaxMs],
    [`${name}, last, by index`, `${path}?startIndex=${total - pageSize + 1}&count=${pageSize}`, pageMaxMs],
    [`${name}, middle, by index`, `${path}?startIndex=${total / 2}&count=${pageSize}`, null],
    [`${name}, first, by cursor`, `${path}?cursor=&count=${pageSize}`, pageMaxMs],
  ];
  const groups = users / usersPerGroup;
  const cursor = async (type: 'User' | 'Group', table: string): Promise<Asked> => [
    `${type === 'User' ? 'users' : 'groups'}, last, by cursor`,
    `/${type}s?count=${pageSize}&cursor=${await lastCursor(sql, workspaceId, type, table)}`,
    pageMaxMs,
  ];
  return [
    ...pages('users', '/Users', users),
    await cursor('User', 'directory_user'),
    ...pages('groups', '/Groups', groups),
    await cursor('Group', 'directory_group'),
    ...pages('users and groups', '/', users + groups),
    ['overview', '/api/user-provisioning', null],
  ];
}

/** The cursor that the page before the last one would have been answered with. */
async function lastCursor(
  sql: pg.Client,
  workspaceId: string,
  type: 'User' | 'Group',
  table: string,
): Promise<string> {
  const { rows: keys } = await sql.query<{ key: Buffer }>('SELECT key FROM cursor_key');
  const { rows } = await sql.query<{ id: string; createdAtMicros: string }>(
    `SELECT id, (extract(epoch FROM created_at) * 1000000)::bigint::text AS "createdAtMicros" FROM ${table}
     WHERE workspace_id = $1 ORDER BY created_at DESC, id DESC OFFSET ${pageSize} LIMIT 1`,
    [workspaceId],
  );
  const [[key], [place]] = [keys, rows];
  if (key === undefined || place === undefined) throw new Error('There is no page before the last one');
  return encodeCursor(new CursorSeal(key.key).of('scim', workspaceId, type, '', ''), {
    ...place,
    type,
    sortValue: null,
  });
}

async function measure(
  workspace: BenchWorkspace,
  name: string,
  path: string,
  atMostMs: number | null,
): Promise<Figure> {
  const ask = path.startsWith('/api/') ? workspace.admin : workspace.scim;
  for (let at = 0; at < warmUps; at += 1) await ask('GET', path);
  const spentMs: number[] = [];
  for (let at = 0; at < (atMostMs === null ? toldTimes : times); at += 1)
    spentMs.push(await timed(() => ask('GET', path)));
  return { name, medianMs: median(spentMs), p90Ms: percentile(spentMs, 0.9), atMostMs };
}

function isMet({ medianMs, atMostMs }: Figure): boolean {
  return atMostMs === null || medianMs <= atMostMs;
}

function lineOf(figure: Figure): string {
  const { name, medianMs, p90Ms, atMostMs } = figure;
  const wanted = atMostMs === null ? '' : `≤ ${atMostMs} ms`;
  const verdict = atMostMs === null ? '' : isMet(figure) ? 'met' : 'NOT MET';
  return `${name.padEnd(36)} ${wanted.padStart(8)} ${medianMs.toFixed(1).padStart(8)} ms, p90 ${p90Ms.toFixed(1).padStart(7)} ms ${verdict}`;
}
