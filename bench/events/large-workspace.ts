import { HttpClient } from '../http-client.ts';
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

const checks = 2_000;
const warmUpChecks = 500;
const runPeople = 20_000;
const runPollMs = 200;
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
  const check = accessCheckOf(service, workspace, members);
  const times = await checkTimes(check);
  say('Access checks during a run');
  const busyTimes = await checkTimesDuringRun(service, check);
  say('Digest');
  await digest(workspace);
  const digestTimes: number[] = [];
  for (let at = 0; at < digests; at += 1) {
    await workspace.admin('PATCH', `/api/members/${idOf(at + 1)}`, { jobTitle: `Title ${at}` });
    digestTimes.push(await timed(() => digest(workspace)));
  }
  say('Snapshot');
  const grown = await snapshotMemoryMb(service, workspace);
  return [
    { name: `access check at ${members}, p99, alone`, is: percentile(times, 0.99), atMost: 5, unit: 'ms' },
    {
      name: `access check at ${members}, p99, during a run`,
      is: percentile(busyTimes, 0.99),
      atMost: 10,
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

/** Asks whether somebody has access, and says how long the answer took in milliseconds. */
type AccessCheck = (at: number) => Promise<number>;

/**
 * Checks of people all over a workspace, on a client that costs little: what the client of the benchmark does meanwhile, its
 * garbage collection among it, is not part of the answer.
 */
function accessCheckOf({ url }: BenchService, { id }: BenchWorkspace, members: number): AccessCheck {
  const client = new HttpClient(url, operatorToken, 1, {
    root: '/operator',
    contentType: 'application/json',
  });
  return (at) => {
    const n = 1 + ((at * 7_919) % members);
    const who = [
      { email: `large${n}@example.com` },
      { externalId: `v-${n}` },
      { idpExternalId: `object-${n}` },
    ];
    const body = JSON.stringify({ workspace: id, ...who[at % who.length] });
    return timed(() => client.send('POST', '/access-checks', 200, body));
  };
}

async function checkTimes(check: AccessCheck): Promise<number[]> {
  const times: number[] = [];
  // What a connection asks for the first time is planned first, and code that is new is compiled.
  for (let at = 0; at < warmUpChecks; at += 1) await check(at);
  for (let at = 0; at < checks; at += 1) times.push(await check(at));
  return times;
}

/** While another workspace makes members of so many new people; as many checks as come before its end. */
async function checkTimesDuringRun(service: BenchService, check: AccessCheck): Promise<number[]> {
  const other = await givenBenchWorkspace(service, 'Running');
  await seedDirectory(service.sql, other.id, runPeople);
  let isRunning = true;
  const run = synchronize(other, runPollMs).finally(() => (isRunning = false));
  const times: number[] = [];
  for (let at = 0; isRunning; at += 1) times.push(await check(at));
  await run;
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
