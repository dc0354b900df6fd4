import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode, operatorClient, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

const phone = { width: 360, height: 800 };
const emails = (value: string) => [{ type: 'work', primary: true, value }];
let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let english: Screen;
let german: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  await workspace.admin.patch('/api/user-provisioning/settings', { linkByEmail: false }).expect(200);
  english = await Screen.open(browser, service.url, 'en-GB');
  german = await Screen.open(browser, service.url, 'de-DE');
  for (const screen of [english, german]) {
    await screen.begin('properties', await newAdminCode(service, workspace.id));
  }
});

afterAll(async () => {
  await browser?.close();
});

/** Opens somebody's row in the preview. */
async function openRow(screen: Screen, name: string): Promise<void> {
  await screen.goto(`user-provisioning/synchronize?kind=conflict&search=${encodeURIComponent(name)}`);
  await screen.page.getByRole('button', { name, exact: true }).click();
}

const sidesOf = ({ page }: Screen): Locator => page.locator('.side');

/** What is highlighted of somebody in a conflict, by the name of the fact. */
async function highlighted(side: Locator): Promise<string[]> {
  return side.locator('div:has(> dd > mark) > dt').allInnerTexts();
}

describe('two people with one address', () => {
  it('stand beside each other before anybody is a member, and one of them is excluded', async () => {
    const { scim } = workspace;
    await givenPerson(scim, 'dora.double@example.com', { displayName: 'Dora Double', title: 'Clerk' });
    await givenPerson(scim, 'dora.two', {
      displayName: 'Dora Two',
      title: 'Clerk',
      emails: emails('DORA.double@example.com'),
    });
    await openRow(english, 'Dora Two');
    const [person, other] = [sidesOf(english).nth(0), sidesOf(english).nth(1)];
    await other.getByText('Dora Double').waitFor();
    expect(await person.locator('.side-title').innerText()).toMatch(/This person\s+Dora Two/);
    expect(await other.locator('.side-title').innerText()).toMatch(/The other person\s+Dora Double/);
    expect(await highlighted(other)).toEqual(['User name', 'External ID']);
    const places = async () => [await person.boundingBox(), await other.boundingBox()];
    await english.comesTo(async () => {
      const [left, right] = await places();
      return left?.y === right?.y;
    }, true);
    expect(await english.violations()).toEqual([]);
    expect(await english.overflowPx(phone)).toBe(0);
    await english.comesTo(async () => {
      const [above, below] = await places();
      return (below?.y ?? 0) >= (above?.y ?? 0) + (above?.height ?? 0);
    }, true);
    await other.getByRole('button', { name: 'Exclude this one: Dora Double' }).click();
    await english.sees('Dora Double is excluded');
    expect((await workspace.admin.get('/api/sync-preview').expect(200)).body.summary).toMatchObject({
      conflict: 0,
      create: 1,
    });
  });

  it('lead to both pages and to what was said about each, and offer nothing that is refused', async () => {
    const { scim, admin } = workspace;
    await english.begin('properties', await newAdminCode(service, workspace.id));
    const holder = await givenPerson(scim, 'otto@example.com', { displayName: 'Otto One' });
    await synchronize(admin);
    await givenPerson(scim, 'otto.two', { displayName: 'Otto Two', emails: emails('otto@example.com') });
    await synchronize(admin);
    await german.goto('user-provisioning/directory?search=otto.two');
    await german.page.getByRole('button', { name: /Otto Two/ }).click();
    const other = sidesOf(german).nth(1);
    await other.getByText('Bereitgestellt').waitFor();
    expect(await other.getByRole('button').count()).toBe(0);
    expect(await sidesOf(german).nth(0).getByRole('button').allInnerTexts()).toEqual(['Diese ausschließen']);
    expect(await german.violations()).toEqual([]);
    const requests = other.getByRole('link', { name: /^Anfragen des Identitätsanbieters/ });
    expect(await requests.getAttribute('href')).toContain(`/user-provisioning/log?resource=${holder}`);
    await other.getByRole('link', { name: 'Mitglied öffnen: Otto One' }).click();
    await german.page.getByRole('heading', { name: 'Otto One', level: 1 }).waitFor();
  });

  it('are shown on the page of a member, too', async () => {
    const { scim, admin } = workspace;
    await admin.post('/api/members', { email: 'hand@example.com', displayName: 'Hanna Hand' }).expect(201);
    const id = await givenPerson(scim, 'ida@example.com', { displayName: 'Ida Moves' });
    await synchronize(admin);
    await changePerson(scim, id, { emails: emails('hand@example.com') });
    await synchronize(admin);
    const member = (await allMembers(admin)).find(({ email }) => email === 'ida@example.com');
    await english.goto(`members/${member?.id}`);
    await english.page.getByRole('button', { name: /^Conflict/ }).click();
    await sidesOf(english).nth(1).getByText('Added manually').waitFor();
    expect(await sidesOf(english).nth(1).locator('.side-title').innerText()).toMatch(
      /The member\s+Hanna Hand/,
    );
    expect(await english.violations()).toEqual([]);
  });

  it('are seen by a viewer, who cannot decide', async () => {
    const path = `/operator/workspaces/${workspace.id}/admin-links` as const;
    const link = { email: 'viewer@example.com', role: 'viewer' };
    const { code } = (await operatorClient(service).post(path, link).expect(201)).body;
    await english.begin('properties', code);
    await openRow(english, 'Otto Two');
    const exclude = english.page.getByRole('button', { name: 'Exclude this one: Otto Two' });
    expect(await exclude.getAttribute('aria-disabled')).toBe('true');
    await english.begin('properties', await newAdminCode(service, workspace.id));
  });
});

describe('a person who may be a member', () => {
  it('is asked about with what the link changes, the address that follows later included', async () => {
    const { scim, admin } = workspace;
    const made = { email: 'grace@old.example', displayName: 'Grace Hopper', jobTitle: 'Captain' };
    const { id: memberId } = (await admin.post('/api/members', made).expect(201)).body;
    for (let n = 0; n < 9; n += 1) {
      await admin.post('/api/members', { email: `older-${n}@example.com`, displayName: `Older ${n}` });
    }
    const grace = { displayName: 'Grace Hopper', title: 'Admiral' };
    await givenPerson(scim, 'grace@example.com', grace);
    const { page } = english;
    await english.goto('user-provisioning/synchronize?search=grace');
    await page.getByRole('button', { name: 'Grace Hopper', exact: true }).click();
    await english.button('Link to a member').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Most likely').waitFor();
    await dialog.getByText('Same name').waitFor();
    expect(await dialog.getByText('Older').count()).toBe(0);
    expect(await english.violations()).toEqual([]);
    await dialog.getByRole('searchbox').fill('older-3');
    await dialog.getByText('older-3@example.com').waitFor();
    await dialog.getByRole('searchbox').fill('');
    await english.button('Choose Grace Hopper').click();
    await dialog.getByText('The next synchronization changes').waitFor();
    expect(await dialog.getByRole('row', { name: /Job title Captain Admiral/ }).count()).toBe(1);
    expect(
      await dialog.getByRole('row', { name: /E-mail grace@old.example grace@example.com/ }).count(),
    ).toBe(1);
    await english.sees(/Until then, the member keeps grace@old\.example/);
    expect(await english.violations()).toEqual([]);
    expect(await english.overflowPx(phone)).toBe(0);
    await english.button('Back').click();
    await english.button('Choose Grace Hopper').click();
    await english.button('Link').click();
    await english.sees('Grace Hopper is linked');
    expect((await synchronize(admin)).counts).toMatchObject({ link: 1 });
    const linked = (await admin.get(`/api/members/${memberId}`).expect(200)).body;
    expect(linked).toMatchObject({ email: 'grace@old.example', jobTitle: 'Admiral' });
  });

  it('is told, in German, that nobody clearly resembles them, and is asked before a press says who they are', async () => {
    const { scim, admin } = workspace;
    await givenPerson(scim, 'zoe@example.com', { displayName: 'Zoe Zander' });
    await german.goto('user-provisioning/synchronize?search=zoe');
    await german.page.getByRole('button', { name: 'Zoe Zander', exact: true }).click();
    await german.button('Mit einem Mitglied verknüpfen').click();
    await german.sees('Kein Mitglied gefunden, das dieser Person deutlich ähnelt.');
    await german.page.keyboard.press('Escape');
    await admin.post('/api/members', { email: 'zoe@example.com', displayName: 'Zoe Hand' }).expect(201);
    await openRow(german, 'Zoe Zander');
    await german.button('Das ist Zoe Hand').click();
    await german.sees('Ist Zoe Zander das Mitglied Zoe Hand?');
    await german.sees('Die nächste Synchronisierung ändert');
    expect(await german.violations()).toEqual([]);
    await german.button('Verknüpfen').click();
    await german.sees('Zoe Zander ist verknüpft');
  });
});

describe('people who are held', () => {
  it('are told apart: a deactivation, and somebody who waits for a seat', async () => {
    const full = await givenWorkspace(service, { name: 'Full' });
    const { admin, scim, operator } = full;
    const settings = { removalGuard: { percent: 0, atLeast: 0 }, leavers: 'next_sync' };
    await admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const ids = [];
    for (const n of [0, 1, 2])
      ids.push(await givenPerson(scim, `f${n}@example.com`, { displayName: `Full ${n}` }));
    await synchronize(admin);
    await operator
      .patch(`/operator/workspaces/${full.id}`, { seats: { limit: 3, beyond: 'hold' } })
      .expect(200);
    for (const id of ids.slice(1)) await changePerson(scim, id, { active: false });
    await givenPerson(scim, 'late@example.com', { displayName: 'Late Larry' });
    await synchronize(admin);
    await english.begin('user-provisioning', await newAdminCode(service, full.id));
    const numbers = english.page.locator('main a.filter-chip');
    await numbers.first().waitFor();
    expect((await numbers.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      'Deactivation held 2',
      'Waits for a seat 1',
    ]);
    await english.goto('user-provisioning/synchronize?kind=held');
    await english.sees('2 deactivations that are held · 1 person who waits for a seat');
    await english.sees('Late Larry');
    expect(await english.page.locator('main .row .badge').allInnerTexts()).toEqual(
      expect.arrayContaining(['Deactivation held', 'Waits for a seat']),
    );
    expect(await english.violations()).toEqual([]);
    await german.begin('user-provisioning/directory?state=held', await newAdminCode(service, full.id));
    await german.sees('Wartet auf Platz');
    expect(english.complaints.concat(german.complaints)).toEqual([]);
  });
});
