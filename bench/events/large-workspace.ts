import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentMegabytes } from '../processor-time.ts';
import { median, percentile } from '../statistics.ts';
import {
  type BenchService,
  type BenchWorkspace,
  givenBenchWorkspace,
  operatorToken,
} from '../sync/service.ts';
import { seedDirectory } from '../sync/company.ts';
import { synchronize, timed } from '../sync/watch.ts';
import type { Figure } from './figure.ts';

const warmUpMs = 2_000;
const checksMs = 5_000;
const runPeople = 20_000;
const runPollMs = 200;
const runsOfTwo = 3;
const digests = 20;
const sampleEveryMs = 100;

/** What a workspace of a million members costs: the snapshot, the digest, access checks. */
export async function measureLargeWorkspace(
  service: BenchService,
  members: number,
  say: (what: string) => void,
): Promise<Figure[]> {
  const workspace = await givenBenchWorkspace(service, 'Large');
  say(`Making ${members} members`);
  await makeMembers(service, workspace.id, members);
  say('Access checks');
  const client = new AccessClient(service, workspace, members);
  const times = await checkTimes(client);
  say('Access checks during a run');
  const busyTimes = await checkTimesDuringRun(service, client).finally(() => client.end());
  say('Digest');
  await digest(workspace);
  const digestTimes: number[] = [];
  for (let at = 0; at < digests; at += 1) {
    await workspace.admin('PATCH', `/api/members/${idOf(at + 1)}`, { jobTitle: `Title ${at}` });
    digestTimes.push(await timed(() => digest(workspace)));
  }
  say('Snapshot');
  const grown = await snapshotMemoryMb(service, workspace);
  say('Access checks during a run, with two processes');
  const pairTimes = await checkTimesWithTwo(service, workspace, members);
  return [
    { name: `access check at ${members}, p99, alone`, is: percentile(times, 0.99), atMost: 5, unit: 'ms' },
    {
      name: `access check at ${members}, p99, during a run`,
      is: percentile(pairTimes, 0.99),
      atMost: 10,
      unit: 'ms',
    },
    {
      name: '  the same with one process for both',
      is: percentile(busyTimes, 0.99),
      unit: 'ms',
    },
    { name: `digest at ${members}, after a change`, is: median(digestTimes), atMost: 200, unit: 'ms' },
    { name: `snapshot of ${members}, memory above idle`, is: grown, atMost: 100, unit: 'MB' },
  ];
}

async function makeMembers({ sql }: BenchService, workspaceId: string, members: number): Promise<void> {
  await sql.query(
    `INSERT INTO member (workspace_id, id, email, email_key, display_name, status, source, external_id, vendor_id, created_at, updated_at)
     SELECT $1, ('01940000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'large' || n || '@example.com',
       'large' || n || '@example.com', 'Large ' || n, 'active', 'provisioning', 'object-' || n, 'v-' || n, now(), now()
     FROM generate_series(1, $2::int) AS n`,
    [workspaceId, members],
  );
  await sql.query('VACUUM ANALYZE member');
  // What so many rows leave to be written to disk is not part of what follows.
  await sql.query('CHECKPOINT');
}

function idOf(n: number): string {
  return `01940000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Somebody who asks for access all the time; see `access-client.ts`. */
class AccessClient {
  readonly #child: ChildProcess;

  constructor({ url }: BenchService, { id }: BenchWorkspace, members: number) {
    const program = join(import.meta.dirname, 'access-client.ts');
    this.#child = fork(program, [url, id, String(members)]);
  }

  /** The times of the answers since it was asked last, in milliseconds. @throws Error when it has ended */
  async takeTimes(): Promise<number[]> {
    const ended = once(this.#child, 'exit').then(() => {
      throw new Error('The client of the access checks has ended');
    });
    this.#child.send('take');
    const [times] = (await Promise.race([once(this.#child, 'message'), ended])) as [number[]];
    ended.catch(() => undefined);
    return times;
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}

async function checkTimes(client: AccessClient): Promise<number[]> {
  // What a connection asks for the first time is planned first, and code that is new is compiled.
  await sleep(warmUpMs);
  await client.takeTimes();
  await sleep(checksMs);
  return client.takeTimes();
}

/** While another workspace makes members of so many new people; as many checks as come before its end. */
async function checkTimesDuringRun(service: BenchService, client: AccessClient): Promise<number[]> {
  const other = await givenBenchWorkspace(service, 'Running');
  await seedDirectory(service.sql, other.id, runPeople);
  await client.takeTimes();
  await synchronize(other, runPollMs);
  return client.takeTimes();
}

/**
 * The service as `WORKERS=2` starts it on two processors. A run keeps one process busy, and who asks the same process waits
 * for it; which of the two carries a run out is left to chance, so there are several.
 */
async function checkTimesWithTwo(
  service: BenchService,
  workspace: BenchWorkspace,
  members: number,
): Promise<number[]> {
  const pair = await service.restart({ WORKERS: '2' });
  const times: number[] = [];
  for (let run = 0; run < runsOfTwo; run += 1) {
    const client = new AccessClient(pair, workspace, members);
    await checkTimes(client);
    times.push(...(await checkTimesDuringRun(pair, client).finally(() => client.end())));
  }
  return times;
}

function digest(workspace: BenchWorkspace): Promise<unknown> {
  return workspace.operator('GET', `/operator/workspaces/${workspace.id}/digest?buckets=16`);
}

async function snapshotMemoryMb({ url, pid }: BenchService, { id }: BenchWorkspace): Promise<number> {
  const idle = residentMegabytes(pid);
  let most = idle;
  const timer = setInterval(() => (most = Math.max(most, residentMegabytes(pid))), sampleEveryMs);
  const answer = await fetch(`${url}/operator/workspaces/${id}/snapshot`, {
    headers: { Authorization: `Bearer ${operatorToken}` },
  });
  if (answer.body === null || answer.status !== 200)
    throw new Error(`The snapshot is answered with ${answer.status}`);
  for await (const _chunk of answer.body) continue;
  clearInterval(timer);
  return most - idle;
}
