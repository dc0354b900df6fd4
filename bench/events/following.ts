import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createClient } from '../../clients/node/src/index.ts';
import { median, percentile } from '../statistics.ts';
import {
  type BenchService,
  type BenchWorkspace,
  givenBenchWorkspace,
  operatorToken,
} from '../sync/service.ts';
import { synchronize } from '../sync/watch.ts';
import type { Figure } from './figure.ts';

const changes = 200;
const leavers = 40;
const pageSize = 1_000;
const readings = 3;
const pollMs = 50;
const patienceMs = 20_000;

interface Page {
  items: { type: string; workspaceId: string; data: { email?: string } }[];
  next: string;
  more: boolean;
}

/** How fast the host product has what happened: by reading, by waiting, and by a webhook. */
export async function measureFollowing(
  service: BenchService,
  say: (what: string) => void,
): Promise<Figure[]> {
  say('Reading all events');
  const perSecond = await readAll(service);
  say('Waiting for events');
  const waits = await measureWaits(service);
  say('Leavers to a webhook');
  const left = await measureLeavers(service);
  return [
    { name: 'events read per second, pages of 1,000', is: perSecond, atLeast: 50_000, unit: '/s' },
    { name: 'commit to waiting reader, p99', is: percentile(waits, 0.99), atMost: 250, unit: 'ms' },
    { name: 'leaver: PATCH to webhook, p50', is: percentile(left, 0.5), atMost: 1_000, unit: 'ms' },
    { name: 'leaver: PATCH to webhook, p99', is: percentile(left, 0.99), atMost: 2_000, unit: 'ms' },
  ];
}

/** Reads everything there is as a vendor does, with the client, which asks for a page ahead; of a few times the median. */
async function readAll({ url }: BenchService): Promise<number> {
  const client = createClient({ url, key: operatorToken });
  const rates: number[] = [];
  for (let round = 0; round < readings; round += 1) {
    const begun = performance.now();
    let count = 0;
    for await (const { items, more } of client.events({ limit: pageSize }).pages()) {
      count += items.length;
      if (!more) break;
    }
    rates.push((count / (performance.now() - begun)) * 1_000);
  }
  return median(rates);
}

async function measureWaits(service: BenchService): Promise<number[]> {
  const workspace = await givenBenchWorkspace(service, 'Waiting');
  const { id } = (await workspace.admin('POST', '/api/members', { email: 'ada@example.com' })) as {
    id: string;
  };
  const query = `workspaceId=${workspace.id}&limit=${pageSize}`;
  let { next } = await pageOf(service, query);
  const waits: number[] = [];
  for (let at = 0; at < changes; at += 1) {
    const waiting = pageOf(service, `${query}&wait=20&after=${next}`).then((page) => ({
      page,
      at: performance.now(),
    }));
    await workspace.admin('PATCH', `/api/members/${id}`, { jobTitle: `Title ${at}` });
    // The answer comes after the commit, so what is measured is at most a little too short.
    const committed = performance.now();
    const came = await waiting;
    waits.push(Math.max(0, came.at - committed));
    next = came.page.next;
  }
  return waits;
}

/** Milliseconds from the request of the identity provider to the receipt of `member.deactivated`. */
async function measureLeavers(service: BenchService): Promise<number[]> {
  const workspace = await givenBenchWorkspace(service, 'Leavers');
  const ids = await givenPeople(workspace);
  await workspace.admin('PATCH', '/api/user-provisioning/settings', {
    removalGuard: { percent: 100, atLeast: leavers },
  });
  const heard = new Map<string, () => void>();
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      const event = JSON.parse(Buffer.concat(chunks).toString()) as Page['items'][number];
      if (event.type === 'member.deactivated') heard.get(event.data.email ?? '')?.();
    });
  });
  const url = await listen(receiver);
  try {
    await workspace.operator('POST', '/operator/webhooks', { url, workspaceIds: [workspace.id] });
    const times: number[] = [];
    for (const [at, id] of ids.entries()) {
      const begun = performance.now();
      const arrived = new Promise<void>((resolve, reject) => {
        heard.set(`leaver${at}@example.com`, resolve);
        setTimeout(() => reject(new Error('A webhook did not come')), patienceMs).unref();
      });
      await workspace.scim('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      });
      await arrived;
      times.push(performance.now() - begun);
    }
    return times;
  } finally {
    receiver.close();
    receiver.closeAllConnections();
  }
}

async function givenPeople(workspace: BenchWorkspace): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < leavers; at += 1) {
    const userName = `leaver${at}@example.com`;
    const made = (await workspace.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName,
      active: true,
      emails: [{ type: 'work', primary: true, value: userName }],
    })) as { id: string };
    ids.push(made.id);
  }
  await synchronize(workspace, pollMs);
  return ids;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function pageOf({ url }: BenchService, query: string): Promise<Page> {
  const answer = await fetch(`${url}/operator/events?${query}`, {
    headers: { Authorization: `Bearer ${operatorToken}` },
  });
  if (answer.status !== 200) throw new Error(`The events are answered with ${answer.status}`);
  return (await answer.json()) as Page;
}
