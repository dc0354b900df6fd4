import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type axe from 'axe-core';
import { Webhook } from 'standardwebhooks';
import type { Browser, Page } from 'playwright-core';
import { createClient } from '../../clients/node/src/index.ts';
import { openDatabase, readSetting } from '../../examples/host-product/database.ts';
import { type Product, startProduct } from '../../examples/host-product/start.ts';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { closeBeforeDrop } from '../harness/database.ts';
import { operatorToken, type Service, startService } from '../harness/service.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { axeSource } from '../harness/screen.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';
import { collected } from './copies.ts';

const before = company(3, 8, 2);
const leaver = before.people.filter(({ accountEnabled }) => accountEnabled).at(-1);
const after = {
  ...before,
  people: before.people.map((person) => ({
    ...person,
    accountEnabled: person.accountEnabled && person.objectId !== leaver?.objectId,
  })),
};

const colleague = before.people.find((person) => person.accountEnabled && person !== leaver);
let webhookSecret: string;

let service: Service<SystemClock>;
let workspace: TestWorkspace;
let folder: string;
let product: Product;
let browser: Browser;
let page: Page;
let entra: EntraClient;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock(), config: { WEBHOOK_ALLOW_PRIVATE: 'on' } });
  workspace = await givenWorkspace(service, { name: 'Nordlicht GmbH' });
  entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: workspace.token });
  await entra.initialCycle(before, () => undefined);
  await synchronize(workspace.admin);
  folder = await mkdtemp(join(tmpdir(), 'example-product-'));
  product = await startProduct({
    port: await findFreePort(),
    databaseFile: join(folder, 'product.sqlite'),
    serviceUrl: service.url,
    operatorToken,
    workspace: workspace.id,
    adminEmail: 'admin@example.com',
  });
  closeBeforeDrop(() => product.stop());
  const database = openDatabase(join(folder, 'product.sqlite'));
  webhookSecret = readSetting(database, 'webhook') ?? '';
  database.close();
  browser = await openBrowser();
  // Nobody looks at the picture, which is painted by a processor.
  const context = await browser.newContext({ locale: 'en-GB', deviceScaleFactor: 0.5 });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Signs somebody in in a browser that has forgotten who was signed in before. */
async function signIn(email: string): Promise<void> {
  page.removeAllListeners();
  // What the page still asks for is of no account any more.
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function violations(): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate<axe.AxeResults>(
    'axe.run({ resultTypes: ["violations"], selectors: false, iframes: false })',
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('the example product', () => {
  it('throws a leaver of the identity provider out of the page that is open, and lets them in no more', async () => {
    await signIn(leaver?.mail ?? '');
    await page.getByRole('heading', { name: 'Members' }).waitFor();
    expect(await violations()).toEqual([]);
    await entra.incrementalCycle(before, after, () => undefined);
    await page.getByRole('heading', { name: 'You have been signed out' }).waitFor();
    expect(await violations()).toEqual([]);
    // The customer's admin reads in the timeline of the person what the product did.
    const query = `email=${encodeURIComponent(leaver?.mail ?? '')}` as const;
    const found = await workspace.operator
      .get(`/operator/workspaces/${workspace.id}/members?${query}`)
      .expect(200);
    const timeline = `/api/members/${found.body.items[0]?.id ?? ''}/timeline` as const;
    const receipt = await eventually(async () => {
      const { body } = await workspace.admin.get(timeline).expect(200);
      return body.items.find(({ kind }) => kind === 'receipt') ?? null;
    });
    expect(receipt).toMatchObject({
      by: 'product',
      changes: { event: { type: 'member.deactivated', by: 'leaver' }, sessionsEnded: 1 },
    });
    await page.goto(`${product.url}/members`);
    expect(page.url()).toBe(`${product.url}/sign-in`);
    await page.getByLabel('E-mail address').fill(leaver?.mail ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('opens our settings screen for the admin, and for nobody else', async () => {
    await signIn('admin@example.com');
    await page.getByRole('link', { name: 'Settings' }).click();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Open user provisioning in a window' }).click();
    await page.waitForURL(/\/settings\/user-provisioning#code=/);
    await page.locator('.enter').click();
    const back = page.getByRole('link', { name: 'Back to Fernweh' });
    await back.waitFor({ state: 'attached' });
    expect(await back.getAttribute('href')).toBe(`${product.url}/settings`);
    await signIn(colleague?.mail ?? '');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Only administrators').waitFor();
  });

  it('shows our settings screen inside its own, in its colours, signed in by itself', async () => {
    await signIn('admin@example.com');
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'User provisioning' }).click();
    const screen = page.frameLocator('user-provisioning iframe');
    await screen.getByRole('heading', { name: 'User Provisioning' }).waitFor();
    const colour = `getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-accent-7')`;
    const frame = page.frames().find((each) => each.url().startsWith(service.url));
    expect(await frame?.evaluate(colour)).toBe('#1f5fbf');
    expect(await screen.locator('header').count()).toBe(0);
    // The only cookie is that of the product.
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['session']);
    expect(complaints).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('has the people of the group that its admin maps to the role of administrators open its settings', async () => {
    const path = '/Groups';
    const { body: people } = await workspace.scim.get(
      `/Users?filter=${encodeURIComponent(`userName eq "${colleague?.userPrincipalName}"`)}`,
    );
    const value = (people as { Resources: { id: string }[] }).Resources[0]?.id;
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await workspace.scim
      .post(path, { schemas, displayName: 'Fernweh admins', members: [{ value }] })
      .expect(201);
    await signIn('admin@example.com');
    await page.goto(`${product.url}/settings/user-provisioning`);
    const screen = page.frameLocator('user-provisioning iframe');
    await screen.getByRole('link', { name: 'Roles', exact: true }).click();
    await screen.getByRole('button', { name: 'Add group' }).click();
    const rule = screen.getByRole('listitem', { name: 'Rule 1' });
    await rule.getByLabel('Group', { exact: true }).first().click();
    await screen.getByRole('option', { name: 'Fernweh admins', exact: true }).click();
    await rule.getByLabel('Role').selectOption({ label: 'Administrator' });
    await screen.getByText('1 person gains a role').first().waitFor();
    await screen.getByRole('button', { name: 'Save' }).click();
    await screen.getByText('Saved; applies from the next synchronization').waitFor();
    await signIn(colleague?.mail ?? '');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Only administrators').waitFor();
    await synchronize(workspace.admin);
    await eventually(async () => {
      const shown = await page.context().request.get(page.url());
      return (await shown.text()).includes('Only administrators') ? null : true;
    });
    await page.reload();
    await page.getByRole('link', { name: 'User provisioning' }).waitFor();
  });

  it('runs out of seats and buys more: who waited becomes a member', async () => {
    const path = `/operator/workspaces/${workspace.id}` as const;
    const seats = async () => (await workspace.operator.get(`${path}/seats`).expect(200)).body.seats;
    await workspace.operator.patch(path, { seats: { limit: 100 } }).expect(200);
    const { used = 0 } = (await seats()) ?? {};
    await workspace.operator.patch(path, { seats: { limit: used } }).expect(200);
    await signIn('admin@example.com');
    await page.goto(`${product.url}/settings/user-provisioning`);
    await page.getByText(`${used} of ${used} seats are taken.`).waitFor();
    await givenPerson(workspace.scim, 'newcomer@example.com');
    const screen = page.frameLocator('user-provisioning iframe');
    await screen.getByRole('link', { name: 'Synchronize', exact: true }).click();
    await screen.getByText('1 person is waiting for a seat').first().waitFor();
    await synchronize(workspace.admin);
    await page.reload();
    await page.getByText(/1 person waits for one/).waitFor();
    await page.getByRole('button', { name: 'Buy 5 more seats' }).click();
    await page.getByText(`of ${used + 5} seats are taken.`).waitFor();
    await eventually(async () => {
      const found = await workspace.admin.get('/api/members?search=newcomer').expect(200);
      return found.body.items.find(({ status }) => status === 'active') ?? null;
    });
    await workspace.operator.patch(path, { seats: null }).expect(200);
  });

  it('ends the session that a signed webhook tells of, and no other', async () => {
    await signIn(colleague?.mail ?? '');
    await page.getByRole('heading', { name: 'Members' }).waitFor();
    const client = createClient({ url: service.url, key: operatorToken });
    const [member] = await collected(client.members.find(workspace.id, { email: colleague?.mail ?? '' }));
    const subject = { kind: 'member', id: member?.id, externalId: null, version: (member?.version ?? 0) + 1 };
    const event = { id: 'evt_1', type: 'member.suspended', workspaceId: workspace.id, subject };
    const body = JSON.stringify({ ...event, data: { ...member, access: 'suspended' } });
    const old = { ...event, subject: { ...subject, version: (member?.version ?? 0) - 1 } };
    const oldBody = JSON.stringify({ ...old, data: { ...member, access: 'suspended' } });
    expect(await deliver(body, `whsec_${Buffer.from('not the secret').toString('base64')}`)).toBe(400);
    expect(await deliver(oldBody, webhookSecret)).toBe(204);
    expect((await page.goto(`${product.url}/members`))?.status()).toBe(200);
    expect(page.url()).toBe(`${product.url}/members`);
    expect(await deliver(body, webhookSecret)).toBe(204);
    await page.getByRole('heading', { name: 'You have been signed out' }).waitFor();
    expect(await deliver(body, webhookSecret)).toBe(204);
  });
});

async function deliver(body: string, secret: string): Promise<number> {
  const at = new Date();
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  };
  return (await fetch(`${product.url}/webhooks`, { method: 'POST', headers, body })).status;
}
