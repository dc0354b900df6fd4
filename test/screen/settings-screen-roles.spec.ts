import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { operationsOf } from '../../src/application/openapi/openapi-errors.ts';
import { SystemClock } from '../../src/database/clock.ts';
import type { AdminRole } from '../../src/http/request/admin-roles.ts';
import { neededRole as neededByService } from '../../src/workspaces/identity/needed-role.ts';
import { type Act, neededRole } from '../../web/src/parts/acts/needed-role.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { declareRoles } from '../harness/member-roles.ts';
import { ScreenWalk } from '../harness/screen-walk.ts';
import { type Service, startService } from '../harness/service.ts';
import { synchronize } from '../harness/synchronize.ts';
import { adminClient, givenWorkspace, operatorClient, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(300_000);

const order: readonly AdminRole[] = ['viewer', 'editor', 'owner'];
const settings = 'user-provisioning';
/** What the walk of an editor must have reached, so that it proves something. */
const pressed: Act[] = [
  'DELETE /api/notifications/channels/{id}',
  'PATCH /api/members/{id}',
  'PATCH /api/notifications/channels/{id}',
  'PATCH /api/properties/{id}',
  'PATCH /api/user-provisioning/settings',
  'POST /api/members',
  'POST /api/members/bulk',
  'POST /api/members/{id}/lift-suspension',
  'POST /api/members/{id}/suspend',
  'POST /api/notifications/channels',
  'POST /api/notifications/channels/{id}/test',
  'POST /api/properties',
  'POST /api/removal-guard/bring-back',
  'POST /api/sync-preview/bulk',
  'POST /api/sync-runs',
  'POST /api/sync-runs/{id}/undo',
  'POST /api/user-provisioning/automatic-sync/pause',
];
let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let pages: string[];

beforeAll(async () => {
  const config = {
    // Nobody listens there.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'no-reply@example.com',
    CHANNEL_ALLOW_PRIVATE: 'on',
  };
  service = await startService({ clock: new SystemClock(), config });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  pages = await givenSomethingToDo();
});

afterAll(async () => {
  await browser?.close();
});

/** A workspace in which there is something to press on every page. Answers with the addresses of the pages. */
async function givenSomethingToDo(): Promise<string[]> {
  const { admin, scim } = workspace;
  const ids = [];
  for (const name of ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'])
    ids.push(await givenPerson(scim, `${name}@example.com`));
  const group = { displayName: 'Staff', externalId: 'staff', members: [{ value: ids[0] }] };
  const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
  await scim.post('/Groups', { schemas: [groupSchema], ...group }).expect(201);
  await declareRoles(workspace.operator);
  const run = await synchronize(admin);
  await admin
    .patch('/api/user-provisioning/settings', {
      leavers: 'next_sync',
      linkByEmail: false,
      removalGuard: { percent: 1, atLeast: 1 },
    })
    .expect(200);
  for (const id of ids.slice(3)) await changePerson(scim, id, { active: false });
  await synchronize(admin);
  const manual = await admin.post('/api/members', { email: 'hand@example.com' }).expect(201);
  await givenPerson(scim, 'hand@example.com');
  await givenPerson(scim, 'new@example.com');
  await admin.post('/api/properties', { key: 'badge', name: 'Badge', type: 'text' }).expect(201);
  await admin.post('/api/oauth-clients', { name: 'Client' }).expect(201);
  const { body: members } = await admin.get('/api/members?search=ada').expect(200);
  const suspended = members.items[0]?.id ?? '';
  await admin.post(`/api/members/${suspended}/suspend`, {}).expect(200);
  const channel = { kind: 'webhook', name: 'Chat', url: 'http://127.0.0.1:9/x', causes: ['run_failed'] };
  await admin.post('/api/notifications/channels', { ...channel, language: 'en' }).expect(201);
  const { version, rules } = (await admin.get('/api/attribute-mapping').expect(200)).body;
  await admin.put('/api/attribute-mapping', { version, rules: rules.slice(0, -1) }).expect(200);
  return [
    settings,
    ...[
      'connect',
      'synchronize',
      'synchronize?kind=conflict',
      'synchronize?kind=held',
      'synchronize?tab=groups',
      'directory',
      'runs',
      `runs/${run.id}`,
      'attribute-mapping',
      'roles',
      'tokens',
      'log',
      'audit-log',
      'notifications',
      'settings',
    ].map((path) => `${settings}/${path}`),
    'members',
    `members/${manual.body.id}`,
    `members/${suspended}`,
    'properties',
    'groups',
    'sessions',
  ];
}

async function codeOf(role: AdminRole, workspaceId = workspace.id): Promise<string> {
  const path = `/operator/workspaces/${workspaceId}/admin-links` as const;
  const link = { email: `${role}@example.com`, role };
  return (await operatorClient(service).post(path, link).expect(201)).body.code;
}

function isAllowed(role: AdminRole) {
  return (method: string, path: string) =>
    order.indexOf(role) >= order.indexOf(neededByService(method, path));
}

/** Presses everything on every page, as an admin of this role. */
async function walked(role: AdminRole): Promise<ScreenWalk> {
  const walk = await ScreenWalk.begin(browser, service.url, await codeOf(role), isAllowed(role));
  for (const page of pages) await walk.press(page);
  await walk.end();
  return walk;
}

describe('what the screen offers', () => {
  it('needs the role that the service asks for, act by act', () => {
    const acts = operationsOf(service.openApiDocument().paths)
      .map(({ method, path }) => ({ method: method.toUpperCase(), path }))
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/') && path !== '/api/session');
    expect(acts.length).toBeGreaterThan(50);
    const told = acts.map(({ method, path }) => [path, neededRole(`${method} ${path}` as Act)]);
    expect(told).toEqual(acts.map(({ method, path }) => [path, neededByService(method, path)]));
  });

  it('an editor can press without being refused; what is for owners says so', async () => {
    const { sent, refused, reasons } = await walked('editor');
    expect([...refused]).toEqual([]);
    expect(pressed.filter((act) => !sent.has(act))).toEqual([]);
    expect([...reasons]).toEqual(['Only owners of the workspace can do this.']);
  });

  it('a viewer can press without being refused; everything else says who can', async () => {
    const { refused, reasons } = await walked('viewer');
    expect([...refused]).toEqual([]);
    expect([...reasons].sort()).toEqual([
      'Only editors and owners of the workspace can do this.',
      'Only owners of the workspace can do this.',
    ]);
  });

  it('is not activation where the admin is no owner', async () => {
    const entitled = await givenWorkspace(service, { active: false, entitled: true });
    const code = await codeOf('editor', entitled.id);
    const walk = await ScreenWalk.begin(browser, service.url, code, isAllowed('editor'));
    await walk.press(settings);
    await walk.end();
    expect({ sent: [...walk.sent], reasons: [...walk.reasons] }).toEqual({
      sent: [],
      reasons: ['Only owners of the workspace can do this.'],
    });
  });
});

it('whether messages name people is not for viewers to change', async () => {
  const opened = await service.http
    .post('/api/session')
    .send({ code: await codeOf('viewer') })
    .expect(201);
  const viewer = adminClient(service, opened.body.token);
  const { body } = await viewer.patch('/api/notifications', { names: true }).expect(403);
  expect(body.type).toMatch(/role$/);
  await viewer.patch('/api/notifications', { names: false }).expect(200);
});
