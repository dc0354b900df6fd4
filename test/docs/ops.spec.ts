import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The settings that there are; `npm run check:docs` compares this file with the code. */
const settings = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name));
const routes = Object.keys((JSON.parse(read('openapi.json')) as { paths: object }).paths);

type Json = Record<string, unknown>;

interface Container extends Json {
  image?: string;
  environment?: Record<string, string>;
  read_only?: boolean;
  cap_drop?: string[];
  stop_grace_period?: string;
  build?: string;
}

function composeFile(file: string): Record<string, Container> {
  return (parse(read(file), { merge: true }) as { services: Record<string, Container> }).services;
}

/** What a template makes, as far as its form goes: values are words, parts are empty. */
function rendered(file: string): Json[] {
  const text = read(file)
    .replaceAll(/^\s*\{\{-? ?(?:if|with|range|end)\b.*\}\}\n/gm, '')
    .replaceAll(/\{\{-? ?(?:include|toYaml)[^}]*nindent \d+ ?\}\}/g, '{}')
    .replaceAll(/\{\{[^}]*\}\}/g, '1');
  return parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Json;
  });
}

const compose = ['compose.yaml', 'ops/compose/compose.yaml'];
const chart = 'ops/helm/user-provisioning';
const templates = globSync(`${chart}/templates/*.yaml`, { cwd: root }).sort();

describe('what ops/ has', () => {
  it.each(compose)('names settings that exist, runs without rights and read-only: %s', (file) => {
    const ours = Object.values(composeFile(file)).filter(({ build }) => build !== undefined);
    expect(ours.length).toBeGreaterThan(0);
    for (const { environment = {}, read_only: isReadOnly, cap_drop: dropped } of ours) {
      for (const name of Object.keys(environment)) expect([name, settings.has(name)]).toEqual([name, true]);
      expect([isReadOnly, dropped]).toEqual([true, ['ALL']]);
    }
  });

  it('stops its processes no sooner than they end by themselves', () => {
    const { one } = composeFile('ops/compose/compose.yaml');
    const delay = Number(one?.environment?.SHUTDOWN_DELAY_SECONDS);
    expect(Number.parseInt(one?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(delay + 10);
    const unit = read('ops/systemd/user-provisioning.service');
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThanOrEqual(10);
    expect(read(`${chart}/templates/deployment.yaml`)).toMatch(
      /terminationGracePeriodSeconds: \{\{ add \(int \.Values\.settings\.SHUTDOWN_DELAY_SECONDS\) 1\d \}\}/,
    );
  });

  it('names images by a version, never by what is newest', () => {
    const images = compose.flatMap((file) =>
      Object.values(composeFile(file)).flatMap(({ image }) => image ?? []),
    );
    expect(images.length).toBeGreaterThan(3);
    for (const image of images) expect(image).toMatch(/^[\w./-]+:v?\d[\w.-]*$/);
    expect(read('Dockerfile')).toMatch(/^FROM node:\d+\.\d+\.\d+-slim AS base$/m);
  });

  it('lets three processes and PgBouncer fit into the connections of PostgreSQL', () => {
    const { pgbouncer, database } = composeFile('ops/compose/compose.yaml');
    const { DEFAULT_POOL_SIZE: pool, MAX_CLIENT_CONN: clients } = pgbouncer?.environment ?? {};
    const most = Number(/max_connections=(\d+)/.exec(JSON.stringify(database?.command))?.[1]);
    expect(Number(pool)).toBeLessThan(most);
    expect(Number(clients)).toBeGreaterThanOrEqual(3 * (10 + 15));
  });

  it('has a chart whose settings exist and hold no secret', () => {
    const values = parse(read(`${chart}/values.yaml`)) as { settings: Record<string, string> };
    expect(Object.keys(values.settings).filter((name) => !settings.has(name))).toEqual([]);
    const secrets = ['DATABASE_URL', 'OPERATOR_TOKEN', 'SECRETS_KEY', 'SMTP_URL', 'METRICS_TOKEN'];
    expect(Object.keys(values.settings).filter((name) => secrets.includes(name))).toEqual([]);
    expect(Object.values(values.settings).every((value) => typeof value === 'string')).toBe(true);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(parse(read(`${chart}/Chart.yaml`))).toMatchObject({ appVersion: version });
  });

  it('has a chart with probes, limits, a budget, a network policy and a root that is read-only', () => {
    const made = templates.flatMap(rendered);
    expect(made.map(({ kind }) => kind).sort()).toEqual(
      ['ConfigMap', 'Deployment', 'Ingress', 'Job', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'].sort(),
    );
    const deployment = read(`${chart}/templates/deployment.yaml`);
    for (const [, path = ''] of deployment.matchAll(/path: (\/[\w/]+)/g)) expect(routes).toContain(path);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      expect(deployment).toContain(`${probe}:`);
    const helpers = read(`${chart}/templates/_helpers.tpl`);
    for (const part of [
      'readOnlyRootFilesystem: true',
      'runAsNonRoot: true',
      'drop: [ALL]',
      'type: RuntimeDefault',
    ])
      expect(helpers).toContain(part);
    for (const file of ['deployment', 'migrate']) {
      const text = read(`${chart}/templates/${file}.yaml`);
      for (const part of ['provisioning.podSecurity', 'provisioning.containerSecurity', '.Values.resources'])
        expect(text).toContain(part);
    }
    expect(read(`${chart}/templates/migrate.yaml`)).toContain('command: [node, dist/src/migrate.js]');
  });

  it('names values in its templates that there are', () => {
    const values = parse(read(`${chart}/values.yaml`)) as Json;
    for (const file of [...templates, `${chart}/templates/_helpers.tpl`])
      for (const [, path = ''] of read(file).matchAll(/\.Values\.([\w.]+)/g)) {
        const found = path.split('.').reduce<unknown>((at, name) => (at as Json | undefined)?.[name], values);
        expect([file, path, found === undefined]).toEqual([file, path, false]);
      }
  });

  it('has a unit that starts what is built, and tries again unless a setting is wrong', () => {
    const unit = read('ops/systemd/user-provisioning.service');
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const flags = scripts.start?.match(/--\S+/g) ?? [];
    expect(flags.length).toBe(2);
    for (const flag of flags) expect(unit).toContain(flag);
    expect(unit).toMatch(/^RestartPreventExitStatus=78$/m);
    for (const [, name = ''] of unit.matchAll(/^Environment=([A-Z_]+)=/gm))
      expect(settings.has(name) || name === 'NODE_ENV').toBe(true);
  });
});
