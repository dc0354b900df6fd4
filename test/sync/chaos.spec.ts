import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pg } from '../harness/one-query-at-a-time.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { clusterDir } from '../../src/database/embedded/cluster.ts';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import { type CuttingProxy, startCuttingProxy } from '../harness/cutting-proxy.ts';
import { makeDataDir, type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { operatorToken } from '../harness/service.ts';
import type { Run } from '../harness/synchronize.ts';
import {
  adminClient,
  type Client,
  givenWorkspace,
  operatorClient,
  scimClient,
  type TestWorkspace,
} from '../harness/workspace.ts';
import { Mailbox } from '../notifications/mailbox.ts';
import { useReceiver } from '../webhooks/receiver.ts';
import {
  CarefulProvider,
  expectMailed,
  expectToldByWebhook,
  FeedFollower,
  pauseMs,
  toldTypes,
  tried,
  Trouble,
} from './chaos-followers.ts';
import { faultsSql, news, seed } from './chaos-sql.ts';

/** `npm run test:chaos` kills more often, and a larger company. */
const kills = Number(process.env.CHAOS_KILLS ?? 3);
const people = Number(process.env.CHAOS_PEOPLE ?? 1000);

const resumesWithinMs = 30_000;
const killAfterMaxMs = 1500;
/** A process that was killed has its deliveries for a minute more. */
const settlesWithinMs = 180_000;

let folder: Awaited<ReturnType<typeof makeDataDir>>;
let postgres: EmbeddedPostgres;
let proxy: CuttingProxy;
let environment: Record<string, string>;
let service: ServiceProcess;
let workspace: TestWorkspace;
let webhookSecret: string;
let stopWriting = false;

const mailbox = new Mailbox();
const receiver = useReceiver();

beforeAll(async () => {
  await mailbox.listen();
  folder = await makeDataDir();
  postgres = await EmbeddedPostgres.start({ dataDir: folder.dataDir, log: () => undefined });
  proxy = await startCuttingProxy(postgres.url);
  environment = {
    DATABASE_URL: proxy.url,
    OPERATOR_TOKEN: operatorToken,
    SECRETS_KEY: 'a-key-of-the-tests-for-secrets-0',
    WEBHOOK_ALLOW_PRIVATE: 'on',
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'no-reply@provisioning.example',
    PORT: String(await findFreePort()),
  };
  service = await startServiceProcess(environment);
  workspace = await givenWorkspace(hostNow());
  await admin()
    .patch('/api/notifications', { mine: { causes: ['conflicts', 'run_failed'], language: 'en' } })
    .expect(200);
  await sql(seed, [workspace.id, people]);
}, 120_000);

afterAll(async () => {
  await service?.stop();
  await proxy?.stop();
  await postgres?.stop();
  await mailbox.close();
  await folder.remove();
});

const asking = {
  scim: () => scimClient(hostNow(), workspace.token),
  operator: () => operatorClient(hostNow()),
  isOver: () => stopWriting,
};

describe('a service, its PostgreSQL and the way between them, which are killed at random moments, also after a commit', () => {
  it(
    `goes on by itself after each of ${kills} kills: runs, SCIM, feed, webhooks and mail lose and repeat nothing`,
    async () => {
      webhookSecret = await addWebhook();
      const feed = new FeedFollower(asking);
      const provider = new CarefulProvider(asking, () => idOf(anyNumber()));
      const trouble = new Trouble(asking);
      const under = [feed.follow(), provider.push(), writeForEver()];
      for (let n = 0; n < kills; n += 1) {
        if (n % 4 === 0) await trouble.turn();
        const id = await runWithWork();
        await sleep(Math.random() * killAfterMaxMs);
        await [killService, killPostgres, killProxy][n % 3]?.();
        await eventuallyOver(id);
      }
      stopWriting = true;
      await Promise.all(under);
      await eventuallyOver(await requestRun());
      await eventuallyOver(await requestRun());
      await feed.follow();
      expect(await faults()).toEqual({ strangers: 0, unsynced: 0, queued: 0, twice: 0, torn: 0, failed: 0 });
      expect(await written()).toBeGreaterThan(0);
      expect(proxy.cuts).toBe(Math.floor(kills / 3));
      expect({ gaps: feed.gaps, newest: feed.newest }).toEqual({ gaps: [], newest: await newestSequence() });
      await expectAcknowledged(provider);
      await settled();
      expectToldByWebhook(receiver, webhookSecret, feed.told);
      const mailed = await mailDeliveries();
      expect(mailed.length).toBeGreaterThan(0);
      expectMailed(mailbox, mailed);
      say(feed, provider, mailed.length);
    },
    kills * 60_000 + 240_000,
  );
});

/** For the notes about a long run. */
function say(feed: FeedFollower, { acknowledged }: CarefulProvider, mails: number): void {
  if (process.env.CHAOS_KILLS === undefined) return;
  const told = { kills, cutAfterCommit: proxy.cuts, events: feed.newest, acknowledgedWrites: acknowledged };
  const sent = { webhookEvents: feed.told.size, webhookRequests: receiver.received.length, mails };
  process.stdout.write(`${JSON.stringify({ ...told, ...sent, mailsReceived: mailbox.received.length })}\n`);
}

async function addWebhook(): Promise<string> {
  const { body } = await operatorClient(hostNow())
    .post('/operator/webhooks', { url: receiver.url, types: [...toldTypes], workspaceIds: [workspace.id] })
    .expect(201);
  return body.secret;
}

/** Whatever was acknowledged is there; of what nobody answered, it may be. */
async function expectAcknowledged(provider: CarefulProvider): Promise<void> {
  const { joiners, nicknames } = provider.promises;
  expect(joiners.length).toBeGreaterThan(0);
  const found = await sql<{ id: string; userName: string; nickName: string | null }>(
    `SELECT id, user_name AS "userName", resource ->> 'nickName' AS "nickName" FROM directory_user WHERE workspace_id = $1`,
    [workspace.id],
  );
  const names = new Set(found.map(({ userName }) => userName));
  expect(joiners.filter((name) => !names.has(name))).toEqual([]);
  const lost = found.filter(({ id, nickName }) => nicknames.get(id)?.has(nickName ?? '') === false);
  expect(lost).toEqual([]);
}

/** The service may be another process, on another port, at each call. */
function hostNow() {
  return { http: plainHttp(service.url), config: { operatorToken } };
}

function admin(): Client {
  return adminClient(hostNow(), workspace.adminToken);
}

/** A run that has everybody to look at: each of them has something new. */
async function runWithWork(): Promise<string> {
  await sql(news, [workspace.id]);
  return requestRun();
}

/** Asks for a run until it is queued; another one that is on its way will do. */
async function requestRun(): Promise<string> {
  for (;;) {
    const { status, body } = await admin().post('/api/sync-runs', {});
    const { id, runId } = body as { id?: string; runId?: string };
    const found = status === 202 ? id : status === 409 ? runId : undefined;
    if (found !== undefined) return found;
    await sleep(100);
  }
}

async function killService(): Promise<void> {
  await service.stop('SIGKILL');
  service = await startServiceProcess(environment);
}

/** The way to the database breaks right after a commit, before the service hears of it. */
async function killProxy(): Promise<void> {
  await proxy.cutAfterCommit();
  await service.ready();
}

/** The database is started again by who watches it; the service is ready when it is back. */
async function killPostgres(): Promise<void> {
  const file = readPostmasterFile(clusterDir(folder.dataDir));
  if (file !== null) process.kill(file.pid, 'SIGKILL');
  await sleep(100);
  await service.ready();
}

/** From now on the run gets further at least every 30 seconds, and in the end it has succeeded. */
async function eventuallyOver(id: string): Promise<void> {
  let seen = -1;
  let deadline = performance.now() + resumesWithinMs;
  for (;;) {
    const { status, body } = await admin().get(`/api/sync-runs/${id}`);
    const run = body as Run;
    if (status === 200 && run.state !== 'queued' && run.state !== 'running') {
      expect(run).toMatchObject({ state: 'succeeded', error: null });
      return;
    }
    if (status === 200 && run.done > seen) {
      seen = run.done;
      deadline = performance.now() + resumesWithinMs;
    }
    if (performance.now() > deadline) throw new Error(`The run stands still: ${JSON.stringify(body)}`);
    await sleep(100);
  }
}

/** The identity provider writes on, whatever happens; what fails it does not repeat. */
async function writeForEver(): Promise<void> {
  for (let n = 0; !stopWriting; n += 1) {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    const Operations = [{ op: 'replace', path: 'title', value: `Written ${n}` }];
    await tried(asking.scim().patch(`/Users/${idOf(anyNumber())}`, { schemas, Operations }));
    await sleep(pauseMs);
  }
}

function anyNumber(): number {
  return 1 + Math.floor(Math.random() * people);
}

function idOf(number: number): string {
  return `01930000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Asks the database without the proxy, until it answers. */
async function sql<Row = Record<string, number>>(statement: string, parameters: unknown[]): Promise<Row[]> {
  for (;;) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row & pg.QueryResultRow>(statement, parameters)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function faults(): Promise<Record<string, number> | undefined> {
  const [row] = await sql(faultsSql, [workspace.id]);
  return row;
}

async function written(): Promise<number> {
  const [row] = await sql(
    `SELECT count(*)::int AS count FROM member WHERE workspace_id = $1 AND job_title LIKE 'Written %'`,
    [workspace.id],
  );
  return row?.count ?? 0;
}

async function newestSequence(): Promise<number> {
  const [row] = await sql(`SELECT sequence::int FROM event_head WHERE workspace_id = $1`, [workspace.id]);
  return row?.sequence ?? 0;
}

/** The admin has heard of the trouble, and whatever is on its way has arrived. */
async function settled(): Promise<void> {
  const deadline = performance.now() + settlesWithinMs;
  while ((await mailDeliveries()).length === 0 || (await deliveriesUnderWay()) > 0) {
    if (performance.now() > deadline) throw new Error('Deliveries do not arrive');
    await sleep(500);
  }
}

async function deliveriesUnderWay(): Promise<number> {
  const [row] = await sql(
    `SELECT ((SELECT count(*) FROM webhook_delivery WHERE workspace_id = $1 AND state <> 'delivered')
       + (SELECT count(*) FROM notification_delivery WHERE workspace_id = $1 AND state <> 'delivered'))::int AS count`,
    [workspace.id],
  );
  return row?.count ?? 0;
}

async function mailDeliveries(): Promise<string[]> {
  const rows = await sql<{ id: string }>('SELECT id FROM notification_delivery WHERE workspace_id = $1', [
    workspace.id,
  ]);
  return rows.map(({ id }) => id);
}
