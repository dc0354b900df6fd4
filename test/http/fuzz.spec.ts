import { Agent, request as openRequest } from 'node:http';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { type Document, type FuzzRequest, requestsTo } from '../harness/fuzz/requests.ts';
import { useService } from '../harness/use-service.ts';
import { type Client, givenWorkspace, type ScimClient, type TestWorkspace } from '../harness/workspace.ts';
import type { AnyAsked } from '../harness/answers.ts';
import { synchronize } from '../harness/synchronize.ts';

/** `npm run test:fuzz` sends a million. */
const requestsTotal = Number(process.env.FUZZ_REQUESTS ?? 800);
const seed = Number(process.env.FUZZ_SEED ?? 20_270_131);
/** After so many, there is another workspace: requests sign their admin out, and revoke their tokens. */
const perWorkspace = 800;
const atATime = 8;
/** So many are gathered, so that a long run shows more than the first. */
const faultsMax = 10;
const answersWithinMs = 30_000;
/** Memory is compared only where there was time for it to grow. */
const memoryFromRequests = 50_000;
const growthMax = 1.5;

const hours = 3_600_000;
jest.setTimeout(24 * hours);

const service = useService();
const agent = new Agent({ keepAlive: true, maxSockets: atATime });

afterAll(() => agent.destroy());

interface Target {
  workspace: TestWorkspace;
  ids: string[];
}

async function newTarget(): Promise<Target> {
  const workspace = await givenWorkspace(service);
  const entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: workspace.token });
  await entra.initialCycle(company(3, 5, 1));
  const run = await synchronize(workspace.admin);
  const { admin, scim } = workspace;
  const firsts = [
    await idsIn(scim, '/Users'),
    await idsIn(scim, '/Groups'),
    ...(await Promise.all(
      ['tokens', 'members', 'properties', 'groups', 'sessions', 'provisioning-log'].map((list) =>
        idsIn(admin, `/api/${list}`),
      ),
    )),
  ].flatMap((found) => found.slice(0, 2));
  return { workspace, ids: [workspace.id, workspace.id, run.id, ...firsts] };
}

async function idsIn(client: Client | ScimClient, path: string): Promise<string[]> {
  const { body } = await (client.send('get', path) as AnyAsked).expect(200);
  const { items, Resources } = body as { items?: { id: string }[]; Resources?: { id: string }[] };
  return (items ?? Resources ?? []).map(({ id }) => id);
}

/** Sends a request. @returns the status; a stream is left as soon as it has begun */
function send(given: FuzzRequest, { workspace, ids }: Target): Promise<number> {
  const put = (text: string) =>
    text.replaceAll(/ID(\d+);/g, (_, at: string) => ids[Number(at) % ids.length] ?? '');
  const url = put(given.url);
  const token = url.startsWith('/operator')
    ? service.config.operatorToken
    : url.startsWith('/scim')
      ? workspace.token
      : workspace.adminToken;
  const body = given.body === null ? null : Buffer.from(put(given.body));
  const headers: Record<string, string> = { ...given.headers, authorization: `Bearer ${token}` };
  if (body !== null) headers['content-type'] = given.contentType ?? 'application/json';
  return new Promise((resolve, reject) => {
    const asked = openRequest(service.url + url, { method: given.method, headers, agent }, (answer) => {
      if (String(answer.headers['content-type']).startsWith('text/event-stream')) answer.destroy();
      else answer.resume();
      answer.once('close', () => resolve(answer.statusCode ?? 0));
    });
    asked.setTimeout(answersWithinMs, () =>
      asked.destroy(new Error(`No answer within ${answersWithinMs} ms`)),
    );
    asked.once('error', reject);
    asked.end(body ?? undefined);
  });
}

/** A long run says how far it is, so that one that is ended early has shown something. */
function sayHowFar(sent: number, resident: readonly number[]): void {
  if (requestsTotal <= memoryFromRequests || resident.length % 10 !== 0) return;
  process.stdout.write(`${sent} requests, ${Math.round((resident.at(-1) ?? 0) / 1024 ** 2)} MB\n`);
}

describe('whatever is sent to any route', () => {
  it('is answered, and never by a fault of the service; memory does not grow', async () => {
    const document = service.openApiDocument() as unknown as Document;
    const requests = requestsTo(document);
    const faults: unknown[] = [];
    const routes = new Set<string>();
    const statuses = new Map<number, number>();
    const resident: number[] = [];
    for (let sent = 0; sent < requestsTotal && faults.length < faultsMax; sent += perWorkspace) {
      let target = newTarget();
      const chunk = fc.sample(requests, {
        numRuns: Math.min(perWorkspace, requestsTotal - sent),
        seed: seed + sent,
      });
      const next = chunk.values();
      const worker = async () => {
        for (const given of next) {
          routes.add(given.route);
          const used = target;
          const status = await send(given, await used).catch((error: unknown) => String(error));
          // A request may have signed the admin out, or revoked the token: the rest would only be refused.
          if (status === 401 && target === used) target = newTarget();
          if (typeof status === 'number') statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (typeof status === 'string' || status >= 500)
            faults.push({ status, seed: seed + sent, ...given });
        }
      };
      await Promise.all(Array.from({ length: atATime }, worker));
      resident.push(process.memoryUsage().rss);
      sayHowFar(sent + chunk.length, resident);
    }
    expect(faults.slice(0, faultsMax)).toEqual([]);
    if (requestsTotal > memoryFromRequests) {
      process.stdout.write(`${JSON.stringify(Object.fromEntries([...statuses].sort()))}\n`);
      process.stdout.write(
        `RSS in MB: ${resident.map((bytes) => Math.round(bytes / 1024 ** 2)).join(' ')}\n`,
      );
      const third = Math.floor(resident.length / 3);
      expect(Math.max(...resident.slice(-third))).toBeLessThan(
        growthMax * Math.max(...resident.slice(0, third)),
      );
    }
    // What is right is tried as well as what is wrong.
    const well = [200, 201, 202, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
    expect({ statuses: Object.fromEntries(statuses), isEnough: well > requestsTotal / 10 }).toMatchObject({
      isEnough: true,
    });
    expect(routes.size).toBeGreaterThan(100);
  });
});
