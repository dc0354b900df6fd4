import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyAsked, Schema } from '../harness/answers.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const checkEveryMs = 100;
const endsWithinMs = 60_000;

type Simulation = Schema<'SimulationResponse'>;

const service = useService();
const workspace = useWorkspace(service);

beforeEach(async () => {
  await mark(true);
});

async function mark(sandbox: boolean): Promise<void> {
  await workspace.operator.patch(`/operator/workspaces/${workspace.id}`, { sandbox }).expect(200);
}

async function simulation(): Promise<Simulation | null> {
  const { body } = await workspace.admin.get('/api/sandbox').expect(200);
  return body.simulation;
}

function start(provider: string, people: number) {
  return workspace.admin.post('/api/sandbox/simulation', { provider, people });
}

function nextDay() {
  return workspace.admin.post('/api/sandbox/simulation/next-day');
}

async function ended(): Promise<Simulation> {
  const deadline = performance.now() + endsWithinMs;
  for (;;) {
    const now = await simulation();
    if (now !== null && now.state !== 'running') return now;
    if (performance.now() > deadline) throw new Error(`Still ${JSON.stringify(now)}`);
    await sleep(checkEveryMs);
  }
}

async function directory(): Promise<{ users: number; groups: number }> {
  const { body } = await workspace.admin.get('/api/user-provisioning').expect(200);
  return body.directory;
}

async function tokens(): Promise<{ name: string; state: string; expiresAt: string | null }[]> {
  const { body } = await workspace.admin.get('/api/tokens').expect(200);
  return body.items;
}

describe('a sandbox', () => {
  it('is made by the operator, who sees it, and shown to the admin', async () => {
    const shown = await workspace.operator.get(`/operator/workspaces/${workspace.id}`).expect(200);
    expect(shown.body).toMatchObject({ sandbox: true });
    const overview = await workspace.admin.get('/api/user-provisioning').expect(200);
    expect(overview.body).toMatchObject({ sandbox: true });
    const { body } = await workspace.admin.get('/api/audit-log?action=workspace.sandbox-begun').expect(200);
    expect(body.items).toHaveLength(1);
    expect(await simulation()).toBeNull();
  });

  it.each([
    ['entra', 'Simulated Microsoft Entra ID'],
    ['okta', 'Simulated Okta'],
  ])('is filled by a simulated %s, whose token is its own and revoked afterwards', async (provider, name) => {
    const started = await start(provider, 12).expect(201);
    expect(started.body).toMatchObject({ simulation: { provider, people: 12, state: 'running' } });
    const [token] = await tokens();
    expect(token).toMatchObject({ name, expiresAt: expect.any(String) as unknown });
    expect(await ended()).toMatchObject({ state: 'succeeded', failures: 0, error: null, phase: 'members' });
    const { users, groups } = await directory();
    expect(users).toBeGreaterThanOrEqual(11);
    expect(groups).toBe(1);
    expect((await tokens()).find((each) => each.name === name)).toMatchObject({ state: 'revoked' });
    const { body } = await workspace.admin.get('/api/provisioning-log?kind=change').expect(200);
    expect(body.items.length).toBeGreaterThanOrEqual(users);
  });

  it.each(['entra', 'okta'])('lives on by a day, as often as the admin likes: %s', async (provider) => {
    await start(provider, 40).expect(201);
    expect(await ended()).toMatchObject({ state: 'succeeded', day: 0 });
    await synchronize(workspace.admin);
    for (const day of [1, 2]) {
      const { body } = await nextDay().expect(201);
      expect(body).toMatchObject({
        simulation: { provider, people: 40, day, state: 'running' },
        nextDay: null,
      });
      expect(await ended()).toMatchObject({ state: 'succeeded', day, failures: 0, error: null });
      const { counts } = await synchronize(workspace.admin);
      expect(counts.create).toBeGreaterThanOrEqual(1);
      expect(counts.update).toBeGreaterThanOrEqual(2);
    }
    const statuses = (await allMembers(workspace.admin)).map(({ status }) => status);
    expect(statuses).toContain('deactivated');
    expect((await tokens()).filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it('has no next day before the first has arrived whole, and one that was cut off comes once more', async () => {
    const early = await nextDay().expect(409);
    expect(early.body).toMatchObject({ type: expect.stringMatching(/no-first-day$/) as unknown });
    await start('entra', 500).expect(201);
    const busy = await nextDay().expect(409);
    expect(busy.body).toMatchObject({ type: expect.stringMatching(/already-running$/) as unknown });
    const cut = await workspace.admin.post('/api/sandbox/simulation/stop').expect(200);
    expect(cut.body).toMatchObject({ simulation: { day: 0 }, nextDay: null });
    await nextDay().expect(409);
    await start('okta', 40).expect(201);
    await ended();
    await nextDay().expect(201);
    const stopped = await workspace.admin.post('/api/sandbox/simulation/stop').expect(200);
    expect(stopped.body).toMatchObject({ simulation: { state: 'stopped', day: 1 }, nextDay: 1 });
    await nextDay().expect(201);
    expect(await ended()).toMatchObject({ state: 'succeeded', day: 1 });
  });

  it('tells in the log that a simulator asked', async () => {
    await start('okta', 2).expect(201);
    await ended();
    const { body } = await workspace.admin.get('/api/provisioning-log?limit=1').expect(200);
    expect(body).toMatchObject({ items: [{ userAgent: 'user-provisioning simulator (Okta)' }] });
  });

  it('runs one simulation at a time, which is stopped on demand and leaves what it sent', async () => {
    await start('entra', 500).expect(201);
    const { body } = await start('okta', 5).expect(409);
    expect(body).toMatchObject({ type: expect.stringMatching(/already-running$/) as unknown });
    const stopped = await workspace.admin.post('/api/sandbox/simulation/stop').expect(200);
    expect(stopped.body).toMatchObject({ simulation: { state: 'stopped', error: null } });
    const { users } = await directory();
    expect(users).toBeLessThan(500);
    expect((await tokens()).map(({ state }) => state).sort()).toEqual(['active', 'revoked']);
    await start('okta', 2).expect(201);
    expect(await ended()).toMatchObject({ provider: 'okta', state: 'succeeded' });
  });

  it('ends the simulation when it is one no more', async () => {
    await start('entra', 500).expect(201);
    await mark(false);
    await sleep(2_000);
    await mark(true);
    expect(await simulation()).toMatchObject({ state: 'stopped' });
  });

  it('says why when the simulated provider is refused', async () => {
    await start('entra', 500).expect(201);
    await workspace.admin.post('/api/user-provisioning/deactivate').expect(200);
    expect(await ended()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('401') as unknown,
    });
    await start('entra', 5).expect(409);
  });

  it('counts a simulation whose process died as failed, and takes its token away at the next', async () => {
    await start('okta', 1).expect(201);
    await ended();
    await service.dataSource.query(
      `UPDATE simulation SET state = 'running', finished_at = NULL WHERE workspace_id = $1`,
      [workspace.id],
    );
    await service.dataSource.query('UPDATE api_token SET revoked_at = NULL WHERE workspace_id = $1', [
      workspace.id,
    ]);
    service.clock.advance({ seconds: 16 });
    expect(await simulation()).toMatchObject({ state: 'failed' });
    await start('okta', 1).expect(201);
    await ended();
    expect((await tokens()).filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it.each([
    [{ provider: 'ping', people: 5 }, 'provider'],
    [{ provider: 'okta' }, 'people'],
    [{ provider: 'okta', people: 0 }, 'people'],
    [{ provider: 'okta', people: 501 }, 'people'],
    [{ provider: 'okta', people: 2.5 }, 'people'],
  ])('refuses %j, naming %s', async (body, path) => {
    const refused = await workspace.admin.post('/api/sandbox/simulation', body).expect(400);
    expect(refused.body.errors?.[0]?.path).toBe(path);
  });
});

describe('another workspace', () => {
  it('has nothing to try: every door is closed with the reason', async () => {
    await mark(false);
    const doors: AnyAsked[] = [
      workspace.admin.get('/api/sandbox'),
      start('entra', 5),
      workspace.admin.post('/api/sandbox/simulation/stop'),
      nextDay(),
    ];
    for (const door of doors) {
      const { body } = await door.expect(403);
      expect(body).toMatchObject({ type: expect.stringMatching(/not-a-sandbox$/) as unknown });
    }
    expect(await tokens()).toHaveLength(1);
  });

  it('neither sees nor stops the simulation of a sandbox', async () => {
    await start('entra', 300).expect(201);
    const other = await givenWorkspace(service);
    await other.operator.patch(`/operator/workspaces/${other.id}`, { sandbox: true }).expect(200);
    const { body } = await other.admin.post('/api/sandbox/simulation/stop').expect(200);
    expect(body).toMatchObject({ simulation: null });
    expect(await simulation()).toMatchObject({ state: 'running' });
    await workspace.admin.post('/api/sandbox/simulation/stop').expect(200);
  });
});
