import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { startAutomaticSync } from '../harness/workspace.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const root = join(import.meta.dirname, '../..');
const metricsToken = 'f1c7a90be24d4c5590a8d0c2c1c3b1ab';
const service = useService({ config: { METRICS_TOKEN: metricsToken } });
const workspace = useWorkspace(service);
const { scim, admin } = workspace;

/** The text of `/metrics`; it is made again each second. */
async function read(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { text } = await service.http
    .get('/metrics')
    .set('Authorization', `Bearer ${metricsToken}`)
    .expect(200);
  return text;
}

/** The value of a metric with these labels, written as Prometheus does. */
function valueIn(text: string, metric: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${metric} `));
  return line === undefined ? undefined : Number(line.slice(metric.length + 1));
}

/** The names of the metrics that stand in a text: without the endings that Prometheus gives a histogram. */
function namesIn(text: string): string[] {
  const found = text.match(/\b(?:provisioning|http_server|nodejs|process)_[a-z\d_]+/g) ?? [];
  return [...new Set(found.map((name) => name.replace(/_(?:bucket|count|sum)$/, '')))].sort();
}

/** The names of the metrics that the service has. */
function namesOf(text: string): Set<string> {
  return new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
}

describe('/metrics', () => {
  it.each([
    ['no token', undefined],
    ['a wrong token', 'Bearer wrong'],
    ['an API token', 'api'],
    ['a session', 'session'],
  ])('is refused with %s', async (_, given) => {
    const { token, adminToken } = workspace;
    const sent = given === 'api' ? `Bearer ${token}` : given === 'session' ? `Bearer ${adminToken}` : given;
    const asked = service.http.get('/metrics');
    const { body, type } = await (sent === undefined ? asked : asked.set('Authorization', sent)).expect(401);
    expect([type, body.detail]).toEqual([
      'application/problem+json',
      '/metrics takes the operator token or METRICS_TOKEN, as a bearer token.',
    ]);
  });

  it('is read with METRICS_TOKEN or the operator token, which opens nothing else with the former', async () => {
    for (const token of [metricsToken, service.config.operatorToken])
      await service.http.get('/metrics').set('Authorization', `Bearer ${token}`).expect(200);
    await service.http.get('/operator/workspaces').set('Authorization', `Bearer ${metricsToken}`).expect(401);
  });

  it('counts requests by the pattern of their route, and names no person, id or workspace', async () => {
    const person = await givenPerson(scim, 'counted@example.com');
    await scim.get(`/Users/${person}`).expect(200);
    await scim.get(`/Users/${person}/nowhere`);
    await service.http.get('/wp-login.php');
    const text = await read();
    expect(
      valueIn(text, labelled('http_server_request_duration_seconds_count', 'GET', '/scim/v2/Users/:id', 200)),
    ).toBeGreaterThan(0);
    expect(text).not.toContain(person);
    expect(text).not.toContain(workspace.id);
    expect(text).not.toMatch(/wp-login|nowhere|counted|example\.com/);
  });

  it('has the time of leavers and of runs, and who waits', async () => {
    const leaver = await givenPerson(scim, 'leaver@example.com');
    await startAutomaticSync(admin);
    const before = await read();
    await synchronize(admin);
    await scim.delete(`/Users/${leaver}`).expect(204);
    const after = await eventually(async () => {
      const text = await read();
      const handled = valueIn(text, 'provisioning_lane_latency_seconds_count{reason="leaver"}') ?? 0;
      // What is counted in this process and what is read of the database are not of the same instant.
      const waiting = valueIn(text, 'provisioning_queued_people{reason="leaver"}') ?? 0;
      return handled > 0 && waiting === 0 ? text : null;
    });
    const runs = 'provisioning_run_seconds_count{trigger="manual",outcome="succeeded"}';
    expect([valueIn(before, runs) ?? 0, valueIn(after, runs)]).toEqual([0, 1]);
    expect(valueIn(before, 'provisioning_queued_people{reason="run"}')).toBeGreaterThan(0);
    expect(valueIn(after, 'provisioning_feed_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(valueIn(after, 'provisioning_workspaces{state="active"}')).toBeGreaterThan(0);
  });
});

describe('board and alerts', () => {
  const alerts = readFileSync(join(root, 'ops/alerts.yaml'), 'utf8');
  const board = readFileSync(join(root, 'ops/grafana-board.json'), 'utf8');

  it('know only metrics that there are, and the board shows each of the service’s own', async () => {
    const known = namesOf(await read());
    expect(namesIn(alerts).filter((name) => !known.has(name))).toEqual([]);
    expect(namesIn(board).filter((name) => !known.has(name))).toEqual([]);
    const own = [...known].filter((name) => /^(?:provisioning|http)_/.test(name)).sort();
    expect(own.filter((name) => !namesIn(board).includes(name))).toEqual([]);
  });

  it('have a page for each alert, which quotes its expression, and no other', () => {
    const rules = [...alerts.matchAll(/alert: (\w+)\n\s+expr: '(.*)'/g)].map(
      ([, name = '', expression = '']) => ({
        name,
        expression,
      }),
    );
    const pages = globSync('ops/runbooks/*.md', { cwd: root }).map((file) =>
      file.replace(/^.*\/|\.md$/g, ''),
    );
    expect(pages.sort()).toEqual(rules.map(({ name }) => name).sort());
    for (const { name, expression } of rules)
      expect(readFileSync(join(root, `ops/runbooks/${name}.md`), 'utf8')).toContain(`\n${expression}\n`);
  });
});

function labelled(metric: string, method: string, route: string, status: number): string {
  return `${metric}{method="${method}",route="${route}",status="${status}"}`;
}
