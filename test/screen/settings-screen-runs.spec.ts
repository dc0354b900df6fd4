import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, eventually, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let english: Screen;
let german: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  english = await Screen.open(browser, service.url, 'en-GB');
  german = await Screen.open(browser, service.url, 'de-DE');
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  workspace = await givenWorkspace(service);
  const names = ['Ada One', 'Bob Two', 'Cara Three', 'Dan Four'];
  const ids: string[] = [];
  for (const displayName of names) {
    ids.push(await givenPerson(workspace.scim, `${displayName.split(' ')[0]}@example.com`, { displayName }));
  }
  const members = ids.slice(1, 3).map((value) => ({ value }));
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  await workspace.scim.post('/Groups', { schemas, displayName: 'Sales', members }).expect(201);
});

afterEach(async () => {
  for (const screen of [english, german]) await screen.forget();
});

/** Comes to a page of the workspace of this test. */
async function signedIn(screen: Screen, path: string): Promise<void> {
  await screen.begin(path, await newAdminCode(service, workspace.id));
}

describe('a run of chosen people', () => {
  it('is chosen by person and group, says what it does and what it does not, and leaves the rest', async () => {
    await signedIn(english, 'user-provisioning/synchronize');
    const { page } = english;
    await english.button('Only some people …').click();
    await english.sees('Choose people or a group to see what would happen.');
    await english.sees(/^This does not start automatic synchronization\./);
    await page.getByRole('searchbox', { name: 'People', exact: true }).fill('ada');
    await english.button('Add Ada One').click();
    await english.sees('1 member is created');
    await english.button('Add Sales').click();
    await english.sees('3 members are created');
    await english.sees('Chosen: 3 people');
    expect(await english.violations()).toEqual([]);
    await english.button('Remove Ada One').click();
    await english.sees('2 members are created');
    await english.button('Synchronize 2 people').click();
    await english.sees('The chosen people are synchronized');
    await english.sees('Only for 2 chosen people (from Sales)');
    await page.getByRole('link', { name: '1 group created' }).waitFor();
    expect(await english.violations()).toEqual([]);
    const addresses = (await allMembers(workspace.admin)).map(({ email }) => email).sort();
    expect(addresses).toEqual(['Bob@example.com', 'Cara@example.com']);
    await english.goto('user-provisioning');
    await english.sees('Nothing is synchronized automatically until you have synchronized everyone once.');
    await english.sees(/^2 users /);
    expect(english.complaints).toEqual([]);
  });

  it('is chosen in German too, and the page of the run says who its people were', async () => {
    await signedIn(german, 'user-provisioning/synchronize');
    await german.button('Nur einige Personen …').click();
    await german.button('Sales hinzufügen').click();
    await german.sees('Ausgewählt: 2 Personen');
    await german.sees(/^Die automatische Synchronisierung beginnt dadurch nicht\./);
    expect(await german.violations()).toEqual([]);
    // The dialog is higher than the window of a phone that lies on its side.
    await german.page.setViewportSize({ width: 844, height: 390 });
    const { y, height } = (await german.button('2 Personen synchronisieren').boundingBox()) ?? {
      y: 0,
      height: 0,
    };
    expect([height > 0, y > 0, y + height < 390]).toEqual([true, true, true]);
    await german.button('2 Personen synchronisieren').click();
    await german.sees('Die ausgewählten Personen sind synchronisiert');
    await german.page.getByRole('link', { name: 'Nur anzeigen: Angelegt, 2' }).click();
    await german.sees('Nur für 2 ausgewählte Personen (aus Sales)');
    await german.sees('Dauer');
    expect(await german.violations()).toEqual([]);
  });
});

describe('the page of a run', () => {
  it('finds people by search and kind, keeps both over Back and reload, and leads to each', async () => {
    const { admin, scim } = workspace;
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await synchronize(admin);
    const [ada, bob] = (await allMembers(admin)).map(({ id }) => id);
    const { body } = await admin.get('/api/directory/users?limit=50').expect(200);
    const [first, second] = body.items.map(({ directoryUserId }) => directoryUserId);
    await changePerson(scim, first ?? '', { title: 'Countess' });
    await changePerson(scim, second ?? '', { active: false });
    const run = await synchronize(admin);
    await signedIn(english, `user-provisioning/runs/${run.id}`);
    const { page } = english;
    const row = (name: string) => page.getByRole('link', { name, exact: true });
    await row('Ada One').waitFor();
    await page.getByRole('link', { name: 'Show only: Deactivated, 1' }).click();
    await row('Ada One').waitFor({ state: 'detached' });
    await row('Bob Two').waitFor();
    await page.getByRole('searchbox').fill('ada@');
    await english.sees('No change of this run matches.');
    await page.reload();
    await english.sees('No change of this run matches.');
    await english.button('All').click();
    await english.button(/^Ada One: /).click();
    await english.sees('Countess');
    expect(await english.violations()).toEqual([]);
    await row('Ada One').click();
    await page.waitForURL(`**/members/${ada}`);
    await page.goBack();
    expect(await page.getByRole('searchbox').inputValue()).toBe('ada@');
    expect(bob).toBeDefined();
    expect(english.complaints).toEqual([]);
  });

  it('has the run that goes on, also after a reload, until its result is there', async () => {
    const { admin } = workspace;
    await service.dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, total, done, requested_by, created_at, started_at, lease_until)
       VALUES ($1, $1, 'manual', 'running', 4, 1, 'x', now(), now(), 'infinity')`,
      [workspace.id],
    );
    await signedIn(english, 'user-provisioning/synchronize');
    await english.sees('1 of 4 people checked');
    for (const name of ['Synchronize', 'Only some people …'])
      expect(await english.button(name).isDisabled()).toBe(true);
    await english.page.reload();
    await english.sees('1 of 4 people checked');
    await service.dataSource.query('UPDATE sync_run SET lease_until = NULL WHERE workspace_id = $1', [
      workspace.id,
    ]);
    await english.sees('Synchronization finished');
    await english.page.getByRole('link', { name: 'Show only: Created, 4' }).waitFor();
    expect((await admin.get(`/api/sync-runs/${workspace.id}`).expect(200)).body.state).toBe('succeeded');
  });
});

describe('the list of runs', () => {
  it('shows many small runs as one row that opens, keeps it open over Back, and hides none', async () => {
    const { admin, scim } = workspace;
    const guard = { removalGuard: { percent: 100, atLeast: 50 } };
    await admin.patch('/api/user-provisioning/settings', guard).expect(200);
    await synchronize(admin);
    const { body } = await admin.get('/api/directory/users?limit=50').expect(200);
    const left = body.items.map(({ directoryUserId }) => directoryUserId);
    for (const [at, id] of left.entries()) {
      await changePerson(scim, id, { active: false });
      await eventually(async () =>
        (await allMembers(admin)).filter(({ status }) => status !== 'active').length > at ? true : null,
      );
    }
    await signedIn(english, 'user-provisioning/runs');
    const { page } = english;
    const row = page.getByRole('button', { name: /^Leavers\s*4 runs/ });
    const runsOfLeavers = page.getByRole('link', { name: /^Leavers/ });
    await english.sees(/^4\sdeactivated/);
    await english.comesTo(() => runsOfLeavers.count(), 0);
    await page.getByRole('link', { name: /^Manual/ }).waitFor();
    await english.press(row);
    await english.comesTo(() => runsOfLeavers.count(), 4);
    expect(await english.violations()).toEqual([]);
    await english.press(runsOfLeavers.last());
    await english.sees('Run for leavers');
    await page.goBack();
    await english.sees(/^4\sdeactivated/);
    await english.comesTo(() => runsOfLeavers.count(), 4);
    await english.press(row);
    await english.comesTo(() => runsOfLeavers.count(), 0);
    await signedIn(german, 'user-provisioning/runs');
    await german.page.getByRole('button', { name: /^Austritte\s*4 Synchronisierungen/ }).waitFor();
    expect([...english.complaints, ...german.complaints]).toEqual([]);
  });
});

describe('the page of a group', () => {
  it('has members and timeline each in a tab, also after a reload', async () => {
    await synchronize(workspace.admin);
    await signedIn(english, 'groups');
    const { page } = english;
    await english.press(page.getByRole('link', { name: /^Sales/ }));
    await page.getByRole('tab', { name: 'Members (2)' }).waitFor();
    await english.sees('Bob Two');
    await english.press(page.getByRole('tab', { name: 'Timeline' }));
    await page.getByRole('link', { name: 'See the changes' }).waitFor();
    expect(await english.violations()).toEqual([]);
    await page.reload();
    await page.getByRole('link', { name: 'See the changes' }).waitFor();
    await english.press(page.getByRole('tab', { name: 'Members (2)' }));
    await english.sees('Cara Three');
    expect(english.complaints).toEqual([]);
  });
});

describe('a member suspended by an admin', () => {
  it('is suspended at once where the identity provider has the status, and shown so until it is lifted', async () => {
    await synchronize(workspace.admin);
    const [member] = await allMembers(workspace.admin);
    await signedIn(english, `members/${member?.id}`);
    const { page } = english;
    await english.sees(/^Your identity provider manages the status\./);
    expect(await english.button('Deactivate').count()).toBe(0);
    await english.button('Suspend now').click();
    await page.getByLabel('Reason (optional)').fill('Laptop stolen');
    await english.sees(/^Ada One loses access within seconds and stays a member\./);
    expect(await english.violations()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend now' }).click();
    await english.sees('admin@example.com suspended this member');
    await english.sees('Reason: Laptop stolen');
    await english.sees(/^Suspended since .* by admin@example\.com/);
    await page.locator('.timeline').getByText('Suspended', { exact: true }).waitFor();
    expect(await english.violations()).toEqual([]);
    await signedIn(german, 'members?status=suspended');
    await german.page.locator('.badge.red', { hasText: 'Gesperrt' }).waitFor();
    await german.page.getByRole('link', { name: /Ada One/ }).click();
    await german.sees('Grund: Laptop stolen');
    expect(await german.violations()).toEqual([]);
    await german.button('Sperre aufheben').click();
    await german.sees('Ada One hat sofort wieder Zugang.');
    await german.page.getByRole('dialog').getByRole('button', { name: 'Sperre aufheben' }).click();
    await german.sees('Die Sperre von Ada One ist aufgehoben');
    await german.button('Sofort sperren').waitFor();
    await german.page.locator('.timeline').getByText('Sperre aufgehoben').waitFor();
    expect(german.complaints).toEqual([]);
  });

  it('can be deactivated by hand as ever where nobody provisions them', async () => {
    const { body } = await workspace.admin.post('/api/members', { email: 'hand@example.com' }).expect(201);
    await signedIn(english, `members/${body.id}`);
    await english.button('Deactivate').waitFor();
    await english.button('Suspend now').waitFor();
  });
});

/** The schedule, once it is of this kind. */
function scheduleWhich(which: string) {
  return eventually(async () => {
    const { body } = await workspace.admin.get('/api/user-provisioning/settings').expect(200);
    return body.schedule.which === which ? body.schedule : null;
  });
}

describe('the schedule', () => {
  it('is set to several times a day and to every few hours, and the overview says when it is next', async () => {
    await synchronize(workspace.admin);
    await signedIn(english, 'user-provisioning/settings');
    const { page } = english;
    await page.getByLabel('Several times a day').check();
    await page.getByLabel('Time 1').fill('08:30');
    await english.button('Remove 12:00').click();
    await english.button('Add a time').click();
    expect(await page.getByLabel('Time 3').inputValue()).toBe('19:00');
    expect(await english.violations()).toEqual([]);
    await english.button('Save').click();
    await english.sees(/^Saved$/);
    expect(await scheduleWhich('times')).toEqual({
      which: 'times',
      times: ['08:30', '18:00', '19:00'],
      everyHours: 4,
    });
    await page.getByLabel('Time 1').fill('25:00');
    await english.button('Save').click();
    expect(
      await page
        .getByLabel('Time 1')
        .evaluate((input: { validity: { valid: boolean } }) => input.validity.valid),
    ).toBe(false);
    await signedIn(german, 'user-provisioning/settings');
    await german.page.getByLabel('Alle paar Stunden').check();
    await german.page.getByLabel('Abstand').selectOption({ label: 'alle 6 Stunden' });
    expect(await german.violations()).toEqual([]);
    await german.button('Speichern').click();
    await german.sees(/^Gespeichert$/);
    expect(await scheduleWhich('hours')).toMatchObject({ which: 'hours', everyHours: 6 });
    await german.goto('user-provisioning');
    await german.sees(/^Nächste automatische Synchronisierung:/);
  });
});
