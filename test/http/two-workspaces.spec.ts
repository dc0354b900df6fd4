import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import { operationsOf } from '../../src/application/openapi/openapi-errors.ts';
import type { AnyAsked, Method } from '../harness/answers.ts';
import { countDirectory } from '../harness/counted-directory.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenProductKey, givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';
import { type Ids, type Kind, verdicts, type Way } from './two-workspaces-cases.ts';

const service = useService();
const ours = useSharedWorkspace(service, { name: 'Ours' });
let theirs: TestWorkspace;
let theirIds: Ids;
let ourKey: string;
let digestBefore: unknown;

const ways = Object.entries(verdicts).filter((entry): entry is [string, Way] => typeof entry[1] === 'object');
const owns = Object.keys(verdicts).filter((route) => verdicts[route] === 'own' && route.startsWith('get '));

beforeAll(async () => {
  theirs = await givenWorkspace(service, { name: 'Zebulonia', adminEmail: 'zebulon@zebulonia.example' });
  const entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: theirs.token });
  await entra.initialCycle(company(3, 5, 1));
  await countDirectory(service, theirs);
  const run = await synchronize(theirs.admin);
  ourKey = (await givenProductKey(service, { workspaceIds: [ours.id] })).secret;
  const { admin, scim, operator } = theirs;
  const rules = [{ source: 'userName', target: { field: 'email' } }];
  const mapping = await admin.put('/api/attribute-mapping', { rules }).expect(200);
  const events = await operator.get(`/operator/events?workspaceId=${theirs.id}&limit=1`).expect(200);
  const channel = {
    kind: 'slack',
    name: 'x',
    url: 'https://hooks.example.com/x',
    causes: [],
    language: 'en',
  };
  theirIds = {
    user: await firstId(scim.send('get', '/Users')),
    group: await firstId(scim.send('get', '/Groups')),
    token: await firstId(admin.send('get', '/api/tokens')),
    client: (await admin.post('/api/oauth-clients', {}).expect(201)).body.id,
    session: await firstId(admin.send('get', '/api/sessions')),
    member: await firstId(admin.send('get', '/api/members')),
    property: await firstId(admin.send('get', '/api/properties')),
    memberGroup: await firstId(admin.send('get', '/api/groups')),
    mapping: String(mapping.body.version),
    run: run.id,
    channel: (await admin.post('/api/notifications/channels', channel).expect(201)).body.id,
    entry: await firstId(admin.send('get', '/api/provisioning-log')),
    workspace: theirs.id,
    event: events.body.items[0]?.id ?? '',
  };
  // Reading the feed of the audit log gives its records their places.
  await theirs.operator.get('/operator/audit').expect(200);
  digestBefore = await digest();
});

async function firstId(asked: AnyAsked): Promise<string> {
  const { body } = await asked.expect(200);
  const { items, Resources } = body as { items?: { id: string }[]; Resources?: { id: string }[] };
  return (items ?? Resources)?.[0]?.id ?? '';
}

/** Of every table, all rows of the other workspace. */
async function digest(): Promise<unknown> {
  const parts = ['workspace', ...workspaceTables].map(
    (table) =>
      `SELECT '${table}' AS name, count(*)::int AS rows, md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS md5
       FROM ${table} t WHERE ${table === 'workspace' ? 'id' : 'workspace_id'} = $1`,
  );
  return service.dataSource.query(parts.join(' UNION ALL '), [theirs.id]);
}

/** Ids of nothing. */
function nowhere(): Ids {
  const ids = Object.keys(theirIds).map((kind) => [kind, kind === 'mapping' ? '99' : randomUUID()]);
  return Object.fromEntries(ids) as Ids;
}

/** Calls a route with our credentials and these ids. @returns the answer, with a word in place of ids and times */
async function call(route: string, way: Way, ids: Ids): Promise<{ status: number; body: string }> {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[way.path?.[name] ?? 'user']);
  const query = Object.entries(way.query ?? {}).map(
    ([name, kind]) => `${name}=${encodeURIComponent(asked(name, ids[kind]))}`,
  );
  const url = query.length === 0 ? path : `${path}?${query.join('&')}`;
  const body = way.body?.(ids);
  const type = path.endsWith('/batch')
    ? 'application/x-ndjson'
    : path.startsWith('/scim')
      ? 'application/scim+json'
      : 'application/json';
  const request = service.http[method as Method](url).set('Authorization', `Bearer ${credentials(path)}`);
  const answer = await (body === undefined
    ? request
    : request.set('Content-Type', type).send(typeof body === 'string' ? body : JSON.stringify(body)));
  expectNothingOfTheirs(answer.text, ids);
  return { status: answer.status, body: plain(answer.text ?? '', ids) };
}

function asked(name: string, id: string): string {
  return name === 'filter' ? `id eq "${id}"` : id;
}

function credentials(path: string): string {
  if (path.startsWith('/operator')) return ourKey;
  return path.startsWith('/scim') ? ours.token : ours.adminToken;
}

/** What was asked for may be named in the answer; nothing else of theirs. */
function expectNothingOfTheirs(text: string | undefined, asked: Ids): void {
  expect(text ?? '').not.toMatch(/zebulon/i);
  for (const [kind, id] of Object.entries(theirIds))
    if (kind !== 'mapping' && asked[kind as Kind] !== id) expect(text ?? '').not.toContain(id);
}

function plain(text: string, ids: Ids): string {
  let changed = text;
  for (const id of Object.values(ids)) if (id.length > 5) changed = changed.replaceAll(id, 'ID');
  return changed
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/mallory-\w+@/g, 'mallory@')
    .replaceAll(/"selection":"[^"]*"/g, '"selection":"S"')
    .replaceAll(/"version":"[^"]*"/g, '"version":"V"')
    .replaceAll(/\b(?:2|99)\b/g, 'N');
}

describe('somebody of one workspace', () => {
  it('has a verdict for every route of the contract', () => {
    const operations = operationsOf(service.openApiDocument().paths).map(
      ({ method, path }) => `${method} ${path}`,
    );
    expect(Object.keys(verdicts).sort()).toEqual(operations.sort());
    for (const [route, way] of ways)
      expect(Object.keys(way.path ?? {})).toEqual([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  });

  it.each(owns)('sees nothing of another: %s', async (route) => {
    const { status } = await call(route, {}, nowhere());
    expect(status).toBeLessThan(500);
  });

  it.each(ways)('is told of another’s ids what they are told of nobody’s: %s', async (route, way) => {
    for (const id of Object.values(theirIds)) expect(id).not.toBe('');
    const [ofNobody, ofOthers] = [await call(route, way, nowhere()), await call(route, way, theirIds)];
    expect(ofOthers).toEqual(ofNobody);
    expect(ofOthers.status).toBeLessThan(500);
    // An id in a path is what the request is about.
    if (way.path !== undefined && route.startsWith('get ')) expect([403, 404]).toContain(ofOthers.status);
    if (way.path !== undefined) expect([400, 403, 404]).toContain(ofOthers.status);
  });

  it('has changed nothing of another by all of that', async () => {
    expect(await digest()).toEqual(digestBefore);
  });
});
