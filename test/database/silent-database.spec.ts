import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SystemClock } from '../../src/database/clock.ts';
import { cloneDatabase } from '../harness/database.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { type Service, startService } from '../harness/service.ts';
import { type SilentProxy, startSilentProxy } from '../harness/silent-proxy.ts';
import { allMembers, eventually, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

const silence = {
  suspectAfterMs: 500,
  silentMaxMs: 1_500,
  pulseLostAfterMs: 3_000,
  transactionSilentMaxMs: 4_000,
};
const user = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@example.com`,
});

let proxy: SilentProxy;
let service: Service<SystemClock>;
let workspace: TestWorkspace;
let leaver: string;

beforeAll(async () => {
  proxy = await startSilentProxy((await cloneDatabase()).url);
  service = await startService({ clock: new SystemClock(), databaseUrl: proxy.url, silence });
  workspace = await givenWorkspace(service);
  leaver = await givenPerson(workspace.scim, 'leaver@example.com');
  await synchronize(workspace.admin);
});

afterAll(async () => {
  await service.stop();
  await proxy.stop();
});

async function status(path: string): Promise<number> {
  return (await service.http.get(path)).status;
}

/** What the service does for everybody, on every kind of connection. */
async function expectWork(name: string): Promise<void> {
  await eventually(async () => ((await status('/health/ready')) === 200 ? true : null));
  const posted = await eventually(async () => {
    const answer = await workspace.scim.post('/Users', user(name));
    return answer.status === 503 ? null : answer;
  });
  expect(posted.status).toBe(201);
  const { id } = posted.body as { id: string };
  await eventually(async () => ((await workspace.scim.get(`/Users/${id}`)).status === 200 ? true : null));
  await eventually(async () => ((await workspace.admin.get('/api/members')).status === 200 ? true : null));
  expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded' });
  await eventually(async () => ((await status('/health/live')) === 200 ? true : null));
}

describe('a database whose host falls silent', () => {
  it('fails requests with 503, is not ready within two seconds, and in the end not live', async () => {
    proxy.fallSilent();
    const since = performance.now();
    const [ready, write, read, list] = await Promise.all([
      service.http.get('/health/ready').then((answer) => ({ answer, tookMs: performance.now() - since })),
      workspace.scim.post('/Users', user('lost')),
      workspace.scim.get(`/Users/${leaver}`),
      workspace.admin.get('/api/members'),
    ]);
    expect(ready.answer.status).toBe(503);
    for (const answer of [write, read, list]) {
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    }
    await eventually(async () => ((await status('/health/live')) === 503 ? true : null));
  });

  it('is worked with again when the host is back, without a restart', async () => {
    proxy.letNewOnesThrough();
    await expectWork('back');
  });

  it('is worked with again where only the connections that were open have fallen silent', async () => {
    proxy.fallSilent();
    proxy.letNewOnesThrough();
    await expectWork('half-open');
    await workspace.scim.delete(`/Users/${leaver}`).expect(204);
    await eventually(async () => {
      const off = await allMembers(workspace.admin, '&status=deactivated');
      return off.length === 1 ? true : null;
    });
  });

  it('ends the transaction that a vanished process has left, so that nobody waits for its locks', async () => {
    const left = service.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM event_head WHERE workspace_id = $1 FOR UPDATE', [workspace.id]);
      proxy.fallSilent();
      proxy.letNewOnesThrough();
      await manager.query('SELECT 1');
    });
    await expect(left).rejects.toThrow();
    await expectWork('freed');
  });
});
