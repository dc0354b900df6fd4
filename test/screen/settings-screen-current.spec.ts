import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, eventually, runEnded, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let english: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  english = await Screen.open(browser, service.url, 'en-GB');
  await english.begin('members', await newAdminCode(service, workspace.id));
});

afterAll(async () => {
  await browser?.close();
});

/** The member with this address. */
async function memberOf(email: string) {
  const [member] = await allMembers(workspace.admin, `&search=${encodeURIComponent(email)}`);
  if (member === undefined) throw new Error(`Nobody has the address ${email}`);
  return member;
}

describe('a page that stays open', () => {
  it('of somebody who leaves says so by itself, with what hangs on them, and so does a list', async () => {
    const person = await givenPerson(workspace.scim, 'leaver@example.com');
    await givenPerson(workspace.scim, 'stayer@example.com');
    await synchronize(workspace.admin);
    const { id } = await memberOf('leaver@example.com');
    await english.goto(`members/${id}`);
    await english.sees('Granted');
    const list = await Screen.open(browser, service.url, 'en-GB');
    await list.begin('members?status=active', await newAdminCode(service, workspace.id));
    await list.sees('2 people found');
    await changePerson(workspace.scim, person, { active: false });
    await eventually(async () => {
      const { status } = await memberOf('leaver@example.com');
      return status === 'deactivated' ? status : null;
    });
    await english.waitsForRefresh();
    await english.sees('Ended');
    await english.sees(/Deactivated in the directory: the member is deactivated/);
    await list.waitsForRefresh();
    await list.sees('1 person found');
    await list.close();
  });

  it('of somebody who is suspended by another admin says so by itself', async () => {
    const { id } = await memberOf('stayer@example.com');
    await english.goto(`members/${id}`);
    await english.sees('Granted');
    await workspace.admin.post(`/api/members/${id}/suspend`, { reason: 'Laptop stolen' }).expect(200);
    await english.waitsForRefresh();
    await english.sees('Reason: Laptop stolen');
    await workspace.admin.post(`/api/members/${id}/lift-suspension`, {}).expect(200);
  });

  it('is not empty when the frame around it fails', async () => {
    const broken = await Screen.open(browser, service.url, 'en-GB');
    await broken.begin('members', await newAdminCode(service, workspace.id));
    await broken.page.route('**/api/user-provisioning', (route) => route.fulfill({ json: null }));
    await broken.load('members');
    await broken.sees('This part of the page has a problem');
    await broken.close();
  });
});

describe('the page of a member', () => {
  it('removes them, as the list does, also who left in the identity provider', async () => {
    await workspace.admin
      .post('/api/members', { email: 'by.hand@example.com', displayName: 'Hanna' })
      .expect(201);
    for (const email of ['by.hand@example.com', 'leaver@example.com']) {
      const { id } = await memberOf(email);
      await english.goto(`members/${id}`);
      await english.button('Remove').click();
      const dialog = english.page.getByRole('dialog');
      await dialog.getByText('This cannot be undone.').waitFor();
      await dialog.getByRole('button', { name: 'Remove' }).click();
      // What was said of the one before may still be there.
      await dialog.waitFor({ state: 'detached' });
      await english.sees(/ is removed$/);
      await english.isLoaded();
      expect(await english.button('Remove').count()).toBe(0);
      const { body } = await workspace.admin.get(`/api/members/${id}`).expect(200);
      expect(body.status).toBe('removed');
    }
  });

  it('does not offer to remove somebody who is active in the identity provider', async () => {
    await english.goto(`members/${(await memberOf('stayer@example.com')).id}`);
    await english.sees('Granted');
    expect(await english.button('Remove').count()).toBe(0);
  });
});

describe('the page of somebody who was deleted by the identity provider', () => {
  it('says so, and sends nobody there to change them', async () => {
    const person = await givenPerson(workspace.scim, 'deleted@example.com', { title: 'Clerk' });
    await synchronize(workspace.admin);
    const { id } = await memberOf('deleted@example.com');
    await english.goto(`members/${id}`);
    await english.sees('Your identity provider manages every field of this member. Make changes there.');
    await workspace.scim.delete(`/Users/${person}`).expect(204);
    await eventually(async () => {
      const { status } = await memberOf('deleted@example.com');
      return status === 'deactivated' ? status : null;
    });
    await english.waitsForRefresh();
    await english.sees('Ended');
    await english.sees(/^Your identity provider has deleted this person/);
    expect(await english.page.getByText(/Make changes there/).count()).toBe(0);
    expect(await english.button('Suspend now').count()).toBe(1);
  });
});

describe('the overview while the first people arrive', () => {
  it('has one number of them, and advises nobody to synchronize before it knows whether they are all', async () => {
    const other = await givenWorkspace(service, { name: 'Newcomers' });
    const screen = await Screen.open(browser, service.url, 'en-GB');
    const newcomers = async (from: number, to: number) => {
      for (let at = from; at <= to; at += 1) await givenPerson(other.scim, `new${at}@example.com`);
    };
    await newcomers(1, 11);
    const { promise, resolve } = Promise.withResolvers<void>();
    const findings = '**/api/user-provisioning/findings*';
    await screen.page.route(findings, (route) => promise.then(() => route.continue()));
    await screen.begin('user-provisioning', await newAdminCode(service, other.id));
    await screen.sees('People may still be arriving');
    expect(await screen.page.getByText(/available to be synced/).count()).toBe(0);
    resolve();
    await screen.sees('The first people have arrived: 11 so far');
    await screen.page.unrouteAll({ behavior: 'wait' });
    await newcomers(12, 14);
    await screen.waitsForRefresh();
    await screen.sees('The first people have arrived: 14 so far');
    const { body } = await other.admin.get('/api/user-provisioning').expect(200);
    expect(body).toMatchObject({ directory: { users: 14 }, pending: { create: 14 } });
    const numbers = (await screen.page.locator('main').innerText()).match(/\b1\d\b(?= so far|\s+users)/g);
    // The notice names its number for its buttons, too.
    expect(new Set(numbers)).toEqual(new Set(['14']));
    expect(numbers?.length).toBeGreaterThanOrEqual(2);
    expect(await screen.page.getByText(/available to be synced/).count()).toBe(0);
    await screen.close();
  });
});

describe('the history of the attribute mapping', () => {
  it('leads back to the rules that came with the product', async () => {
    const { admin } = workspace;
    const builtIn = (await admin.get('/api/attribute-mapping').expect(200)).body;
    const rule = { source: 'userName', target: { field: 'email' } };
    await admin.put('/api/attribute-mapping', { version: builtIn.version, rules: [rule] }).expect(200);
    await english.goto('user-provisioning/attribute-mapping');
    await english.button('History').click();
    await english.sees('Version 1');
    await english.button('Restore the built-in rules').click();
    await english.button('Restore').click();
    await english.sees('The built-in rules are restored');
    const now = (await admin.get('/api/attribute-mapping').expect(200)).body;
    expect(now).toEqual({ ...builtIn, version: 2 });
  });
});

describe('the page of the synchronization', () => {
  it('offers no other run from the moment that one is started', async () => {
    await givenPerson(workspace.scim, 'first@example.com');
    await english.goto('user-provisioning/synchronize');
    await english.sees('1 user available to be synced');
    const { promise, resolve } = Promise.withResolvers<void>();
    // Until the run and the overview are known, nothing but its start is.
    for (const path of ['**/api/sync-runs/*', '**/api/user-provisioning']) {
      await english.page.route(path, (route) => promise.then(() => route.continue()));
    }
    await english.button('Synchronize').click();
    await english.page.getByRole('dialog').getByRole('button', { name: 'Synchronize' }).click();
    await english.sees('Starting …');
    expect(await english.button('Synchronize').isDisabled()).toBe(true);
    expect(await english.page.getByText('available to be synced').count()).toBe(0);
    resolve();
    await english.sees('Synchronization finished');
    await english.page.unrouteAll({ behavior: 'wait' });
  });

  it('shows the run that another admin started a moment before, and says that no second one was', async () => {
    await givenPerson(workspace.scim, 'raced@example.com');
    await english.goto('user-provisioning/synchronize');
    await english.sees('1 user available to be synced');
    const underWay = randomUUID();
    await english.page.route('**/api/sync-runs', async (route) => {
      // Another admin was quicker: the run is queued, has brought somebody already, and goes on in some seconds.
      await givenPerson(workspace.scim, 'raced.too@example.com');
      await service.dataSource.query(
        `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
         VALUES ($1, $2, 'manual', 'queued', 'quick@example.com', now(), now() + interval '4 seconds')`,
        [workspace.id, underWay],
      );
      await route.continue();
    });
    await english.button('Synchronize').click();
    await english.page.getByRole('dialog').getByRole('button', { name: 'Synchronize' }).click();
    await english.sees('Another synchronization is already under way. No second one was started');
    expect(await english.page.getByRole('dialog').count()).toBe(0);
    await english.page.unrouteAll({ behavior: 'wait' });
    await english.sees('Synchronization finished');
    expect((await runEnded(workspace.admin, underWay)).state).toBe('succeeded');
    // It is asked again as if nothing had been refused.
    await givenPerson(workspace.scim, 'after.race@example.com');
    await english.waitsForRefresh();
    // What the list shows is what a run is asked for; a list from before it would be refused.
    await english.sees('after.race@example.com');
    await english.button('Synchronize').click();
    const dialog = english.page.getByRole('dialog');
    await dialog.getByText('created').first().waitFor();
    expect(await dialog.getByText(/already queued or running/).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Synchronize' }).click();
    await dialog.waitFor({ state: 'detached' });
    await english.sees('Synchronization finished');
  });

  it('offers no second run where another admin has carried out everything meanwhile', async () => {
    await givenPerson(workspace.scim, 'done@example.com');
    await english.goto('user-provisioning/synchronize');
    await english.sees('1 user available to be synced');
    await english.page.route('**/api/sync-runs', async (route) => {
      await synchronize(workspace.admin);
      await route.continue();
    });
    await english.button('Synchronize').click();
    const dialog = english.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Synchronize' }).click();
    await dialog.getByText(/Nothing is left to synchronize/).waitFor();
    await dialog.getByRole('heading', { name: 'Nothing left to synchronize' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Synchronize' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await english.page.unrouteAll({ behavior: 'wait' });
  });

  it('counts in its heading and kinds those of its list, although the overview is older', async () => {
    await givenPerson(workspace.scim, 'early@example.com');
    await english.page.route('**/api/user-provisioning', async (route) => {
      const response = await route.fetch();
      const overview = (await response.json()) as { pending: object };
      const pending = { ...overview.pending, create: 7 };
      await route.fulfill({ response, json: { ...overview, pending } });
    });
    await english.goto('user-provisioning/synchronize');
    await english.sees(/^1 person$/);
    await english.sees('1 user available to be synced');
    await english.page.unrouteAll({ behavior: 'wait' });
  });
});

describe('a workspace that is new', () => {
  it('has no column of a property that it does not have, and asks for no second token before it knows of the first', async () => {
    const { id, admin } = await givenWorkspace(service, { active: false });
    await admin.post('/api/members', { email: 'ada@example.com' }).expect(201);
    await english.begin('members', await newAdminCode(service, id));
    await english.sees('ada@example.com');
    const heads = async () => (await english.page.getByRole('columnheader').allInnerTexts()).filter(Boolean);
    expect(await heads()).toEqual(['Name', 'Status', 'Job title']);
    await admin.post('/api/user-provisioning/activate').expect(201);
    await english.load('members');
    await english.sees('Department');
    expect(await heads()).toEqual(['Name', 'Status', 'Job title', 'Department']);

    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await english.page.route(/\/api\/tokens/, async (route) => {
      await held;
      await route.continue();
    });
    await english.load('user-provisioning/connect');
    await english.sees('Paste the token, alone.');
    expect(await english.button('Create a token').count()).toBe(0);
    answer();
    await english.sees('Create another token');
    await english.page.unrouteAll({ behavior: 'wait' });
  });
});
