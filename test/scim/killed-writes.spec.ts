import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainHttp } from '../harness/plain-http.ts';
import {
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  startServiceProcess,
} from '../harness/process.ts';
import { givenWorkspace, scimClient, type ScimClient, type TestWorkspace } from '../harness/workspace.ts';
import { groupUrn, patchOf, userUrn } from './directory.ts';

const kills = 3;
const writers = 12;
const killAfterWrites = 150;
const lookEveryMs = 5;
const countedWithinMs = 2_000;

let folder: Awaited<ReturnType<typeof makeDataDir>>;
let service: ServiceProcess;
let workspace: TestWorkspace;
let operatorToken: string;

/** What a write was acknowledged with: the path, and the version that it had made. */
type Acknowledged = Map<string, number>;

beforeAll(async () => {
  folder = await makeDataDir();
  service = await startServiceProcess({ DATA_DIR: folder.dataDir });
  operatorToken = await readOperatorToken(folder.dataDir);
  workspace = await givenWorkspace(host());
}, 120_000);

afterAll(async () => {
  await service.stop();
  await folder.remove();
});

describe('a service that is killed while many write to one workspace at once', () => {
  it('has every write that it had acknowledged', async () => {
    const acknowledged: Acknowledged = new Map();
    // From the first question on, how many there are is kept by the writes.
    expect(await totalOf(scimClient(host(), workspace.token), '/Users')).toBe(0);
    await sleep(countedWithinMs);
    for (let kill = 0; kill < kills; kill += 1) {
      const scim = scimClient(host(), workspace.token);
      const writing = Array.from({ length: writers }, (_, writer) =>
        writeUntilCutOff(scim, acknowledged, `${kill}-${writer}`),
      );
      const enough = acknowledged.size + killAfterWrites;
      while (acknowledged.size < enough) await sleep(lookEveryMs);
      await service.stop('SIGKILL');
      await Promise.all(writing);
      service = await startServiceProcess({ DATA_DIR: folder.dataDir });
    }
    const scim = scimClient(host(), workspace.token);
    for (const [path, version] of acknowledged) {
      const { status, body } = await scim.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(versionOf(body)).toBeGreaterThanOrEqual(version);
    }
    for (const endpoint of ['/Users', '/Groups'] as const)
      expect(await listed(scim, endpoint)).toBe(await totalOf(scim, endpoint));
  }, 180_000);
});

/** The service may be another process, on another port, at each call. */
function host() {
  return { http: plainHttp(service.url), config: { operatorToken } };
}

/** Creates people, each with a change of theirs, and groups, until the service is gone. */
async function writeUntilCutOff(scim: ScimClient, acknowledged: Acknowledged, name: string): Promise<void> {
  const note = (path: string, answer: { status: number; body: unknown }, expected: number): string => {
    if (answer.status !== expected) throw new Error(`${path} was answered with ${answer.status}`);
    const place = `${path}/${(answer.body as { id: string }).id}`;
    acknowledged.set(place, versionOf(answer.body));
    return place;
  };
  for (let at = 0; ; at += 1) {
    try {
      const userName = `${name}-${at}@example.com`;
      const user = note('/Users', await scim.post('/Users', { schemas: [userUrn], userName }), 201);
      const changed = await scim.patch(user, patchOf({ op: 'replace', path: 'title', value: name }));
      note('/Users', changed, 200);
      const group = { schemas: [groupUrn], displayName: `Group ${name} ${at}` };
      note('/Groups', await scim.post('/Groups', group), 201);
    } catch (error) {
      if (/was answered with/.test(String(error))) throw error;
      return;
    }
  }
}

async function totalOf(scim: ScimClient, endpoint: '/Users' | '/Groups'): Promise<number> {
  const { body } = await scim.get(`${endpoint}?count=0`).expect(200);
  return (body as { totalResults: number }).totalResults;
}

/** How many a walk by cursor finds. */
async function listed(scim: ScimClient, endpoint: '/Users' | '/Groups'): Promise<number> {
  let found = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { body } = await scim.get(`${endpoint}?cursor=${cursor}&count=1000&attributes=id`).expect(200);
    const page = body as { Resources: unknown[]; nextCursor?: string };
    found += page.Resources.length;
    cursor = page.nextCursor;
  }
  return found;
}

function versionOf(body: unknown): number {
  return Number((body as { meta: { version: string } }).meta.version.slice(3, -1));
}
