import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { enterByLink, openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';
import { actionsOf, type Decision } from '../../web/src/sync/preview/preview-words.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { allMembers, runEnded, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace, newAdminCode, signIn, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let english: Screen;
let german: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  english = await Screen.open(browser, service.url, 'en-GB');
  german = await Screen.open(browser, service.url, 'de-DE');
  for (const screen of [english, german]) await signedIn(screen);
});

afterAll(async () => {
  await browser?.close();
});

/** Has a window forget what it showed, and opens a workspace in it. */
async function signedIn(screen: Screen, id = workspace.id): Promise<void> {
  await screen.begin('properties', await newAdminCode(service, id));
}

/** The page's next question at an address waits for its answer until what this answers with is called. */
async function keepWaiting({ page }: Screen, path: string): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(path, (route) => promise.then(() => route.continue()), { times: 1 });
  return async () => {
    const answered = page.waitForResponse(path);
    resolve();
    await answered;
  };
}

describe('a property', () => {
  it('is made with its duties, which the list and the dialog of a member show', async () => {
    await english.button('Add property').click();
    const { page } = english;
    await page.getByLabel('Name').fill('Badge');
    await page.getByLabel('How it is filled').selectOption({ label: 'By user provisioning only' });
    await english.sees(/^The preview reports a missing value\.$/);
    await english.button('Save').click();
    await english.button('Add property').click();
    await page.getByLabel('Name').fill('Site');
    await page.getByLabel('How it is filled').selectOption({ label: 'Manually only' });
    await page.getByLabel('Required').check();
    expect(await english.violations()).toEqual([]);
    await english.button('Save').click();
    await page.locator('.rule-card', { hasText: 'Site' }).getByText('Required · Manually only').waitFor();
    for (const name of ['Name and key', 'Type and values'])
      await page.getByText(name, { exact: true }).waitFor();
    await english.goto('members');
    await english.button('Add member').click();
    expect(await page.getByLabel('Badge').getAttribute('readonly')).not.toBeNull();
    await english.sees('Only user provisioning can fill this.');
  });

  it('shows and changes its duties in German too', async () => {
    await german.goto('properties');
    await german.page
      .locator('.rule-card', { hasText: 'Site' })
      .getByText('Pflichtfeld · Nur manuell')
      .waitFor();
    await german.button('Site bearbeiten').click();
    expect(await german.page.getByLabel('Pflichtfeld').isChecked()).toBe(true);
    await german.page.getByLabel('Wie sie ausgefüllt wird').selectOption('both');
    // Escape asks before what was changed is lost, and answers the question with no.
    await german.page.keyboard.press('Escape');
    await german.button(de['unsaved.stay']).waitFor();
    await german.page.keyboard.press('Escape');
    await german.button(de['unsaved.stay']).waitFor({ state: 'detached' });
    await german.button('Speichern').click();
    await german.page
      .locator('.rule-card', { hasText: 'Site' })
      .getByText('Pflichtfeld', { exact: true })
      .waitFor();
  });
});

describe('a refusal in German', () => {
  it('names the field that is missing, and the address that is taken', async () => {
    await workspace.admin
      .post('/api/members', { email: 'taken@example.com', properties: { site: 'Rome' } })
      .expect(201);
    await german.goto('members');
    await german.button('Mitglied hinzufügen').click();
    await german.page.getByRole('dialog').getByLabel('E-Mail').fill('taken@example.com');
    await german.button('Speichern').click();
    await german.sees('Einige Angaben sind ungültig.');
    await german.sees(/^ist ein Pflichtfeld$/);
    await german.hasFocus(german.page.getByLabel('Site'));
    await german.page.getByLabel('Site').fill('Rom');
    await german.button('Speichern').click();
    await german.sees('Ein anderes Mitglied hat diese E-Mail-Adresse.');
  });

  it('says of an option that members hold it, and of a deleted property that it is gone', async () => {
    const { admin } = workspace;
    const made = await admin
      .post('/api/properties', { name: 'Stufe', type: 'select', options: ['Junior', 'Senior'] })
      .expect(201);
    const { id } = made.body as { id: string };
    const properties = { site: 'Rome', stufe: 'Senior' };
    await admin.post('/api/members', { email: 'senior@example.com', properties }).expect(201);
    await german.goto('properties');
    await german.button('Stufe bearbeiten').click();
    await german.page.getByLabel('Optionen').fill('Junior');
    await german.button('Speichern').click();
    await german.sees('Mitglieder haben noch Optionen von „Stufe“, die wegfallen würden: Senior (1).');
    await admin.delete(`/api/properties/${id}`).expect(204);
    await german.button('Speichern').click();
    await german.sees('Das gibt es nicht mehr.');
  });
});

describe('held removals', () => {
  let ids: string[];
  let runPath: string;

  /** Six members. The guard lets one leave within 24 hours; four leave, so three are held. */
  beforeAll(async () => {
    const settings = { removalGuard: { percent: 1, atLeast: 1 }, leavers: 'next_sync' };
    await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
    ids = [];
    for (let n = 0; n < 6; n += 1) ids.push(await givenPerson(workspace.scim, `held${n}@example.com`));
    await synchronize(workspace.admin);
    for (const id of ids.slice(2)) await changePerson(workspace.scim, id, { active: false });
    await english.goto('user-provisioning/synchronize');
    await english.sees('3 deactivations will be held');
    await english.sees('The next synchronization carries out 1 deactivation.');
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { deactivate: 1, held: 3 } });
    runPath = `user-provisioning/runs/${run.id}`;
    await english.goto(runPath);
    await english.sees('3 deactivations are waiting for your approval');
  });

  async function active(): Promise<string[]> {
    const members = await allMembers(workspace.admin, '&status=active');
    return members.map(({ email }) => email).filter((email) => email.startsWith('held'));
  }

  /** Opens the first person that nobody has decided about yet, once there are so many. */
  async function openHeld(undecided: number): Promise<void> {
    const badge = english.page.locator('.badge.gray', { hasText: /^Held$/ });
    await badge.nth(undecided).waitFor({ state: 'detached' });
    const row = english.page.getByRole('listitem').filter({ has: badge }).first();
    await row.getByRole('button').first().click();
  }

  it('are told of in numbers, and each member who is held says so', async () => {
    await english.goto('user-provisioning');
    await english.sees(
      '1 person lost access before the safeguard stepped in. 3 people are held: their access is suspended until you decide.',
    );
    await english.sees('Time until access ends');
    await english.sees('4 people in the last 30 days');
    await german.goto('members?status=held');
    await german.page.locator('.badge.amber', { hasText: 'Zurückgestellt' }).nth(2).waitFor();
    await german.page.getByRole('link', { name: /held/ }).first().click();
    await german.sees('Deaktivierung zurückgestellt seit');
    const { body } = await workspace.admin.get('/api/sync-runs?limit=1').expect(200);
    const [run] = (body as { items: { id: string }[] }).items;
    await english.goto(`user-provisioning/runs/${run?.id}`);
    await english.sees('This run carried out 1 deactivation. 3 people are held');
  });

  it('are approved one by one: this person alone loses access', async () => {
    const before = await active();
    await openHeld(3);
    expect(await english.violations()).toEqual([]);
    await english.button('Approve this one').click();
    await english.sees(/^Approve the deactivation of held\d\?$/);
    await english.sees(
      /^The suspended access of this person ends immediately\. If they are removed, they also leave/,
    );
    // What takes something away is not what Enter does first.
    await english.hasFocus(english.button('Cancel'));
    await english.page.getByRole('dialog').getByRole('button', { name: 'Approve the deactivation' }).click();
    await english.sees('2 deactivations are waiting for your approval');
    await english.sees('1 deactivation was carried out');
    await english.hasFocus(english.page.getByRole('group', { name: '1 deactivation was carried out' }));
    const after = await active();
    expect(before).toHaveLength(5);
    expect(after).toHaveLength(4);
  });

  it('have a timeline, which says when access was suspended, and what the product did about it', async () => {
    const { operator, id } = workspace;
    const query = `workspaceId=${id}&types=member.suspended` as const;
    const { body } = await operator.get(`/operator/events?${query}`).expect(200);
    const event = body.items.at(-1);
    const receipt = { sessionsEnded: 3, tokensRevoked: 1 };
    await operator.post(`/operator/events/${event?.id ?? ''}/receipt`, receipt).expect(200);
    await english.goto(`members/${event?.subject.id}`);
    await english.sees('Access suspended');
    await english.sees('3 sessions ended · 1 token revoked');
    await english.sees(
      /^Suspended since .+, because the person left in your identity provider, and your safeguard/,
    );
    await english.page.getByRole('row', { name: /^Access Granted Suspended$/ }).waitFor();
    await english.sees(/^Identity provider [\d:]+ → access suspended [\d:]+ → product [\d:]+$/);
    await german.goto(`members/${event?.subject.id}`);
    await german.sees('3 Sitzungen beendet · 1 Token widerrufen');
    await german.sees(/^Ausgesetzt seit .+, weil die Person in Ihrem Identitätsanbieter ausgeschieden ist/);
    await german.sees(/^Identitätsanbieter [\d:]+ → Zugang ausgesetzt [\d:]+ → Produkt [\d:]+$/);
    expect(await german.violations()).toEqual([]);
    await german.goto('user-provisioning/settings');
    await german.page.getByLabel('Zugang von Personen, die zurückgestellt sind').selectOption('keep');
    await german.button('Speichern').click();
    await english.goto('user-provisioning');
    await english.sees(/2 people are held and keep access until you decide\.$/);
    await english.goto(runPath);
  });

  it('are rejected one by one: this person keeps access, and the last decision ends the waiting', async () => {
    for (const undecided of [2, 1]) {
      await openHeld(undecided);
      await english.button('Reject this one').click();
      await english.page.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    }
    await english.page
      .getByText(/waits? for your approval/)
      .first()
      .waitFor({ state: 'detached' });
    await english.page.getByText('Rejected').nth(1).waitFor();
    expect(await active()).toHaveLength(4);
  });

  it('are not decided twice: the second admin is told so', async () => {
    const id = await givenPerson(workspace.scim, 'late@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { active: false });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { held: 1 } });
    await german.goto(`user-provisioning/runs/${run.id}`);
    await german.button('Ablehnen').click();
    await workspace.admin.post(`/api/sync-runs/${run.id}/approve`, {}).expect(200);
    await german.page.getByRole('dialog').getByRole('button', { name: 'Ablehnen' }).click();
    await german.sees('Hier ist nichts mehr zurückgestellt; jemand anderes hat entschieden.');
  });

  it('leave nothing in the way of who has decided: the notice is put aside, in this browser, until more leave', async () => {
    const title = 'Es sind mehr Personen auf einmal ausgeschieden, als Ihr Schutz erlaubt';
    await german.goto('user-provisioning');
    await german.sees(title);
    await german.button('Ausblenden').click();
    await german.page.getByText(title).waitFor({ state: 'detached' });
    await german.page.reload();
    await german.sees('Verbindung');
    expect(await german.page.getByText(title).count()).toBe(0);
    await english.goto('user-provisioning');
    await english.sees('More people left at once than your safeguard allows');
  });

  it('leave a way back for who went through: named beforehand, in one act', async () => {
    const before = await active();
    await english.goto('user-provisioning');
    await english.sees('More people left at once than your safeguard allows');
    await english.button('Bring 1 person back').click();
    const dialog = english.page.getByRole('dialog');
    await dialog.getByRole('listitem').filter({ hasText: /^held/ }).waitFor();
    expect(await english.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Bring them back' }).click();
    await english.sees('People brought back');
    expect(await active()).toHaveLength(before.length + 1);
  });
});

describe('suppressed people', () => {
  it('are ticked and allowed again together, and the others stay suppressed, in English and German', async () => {
    const { admin, scim } = workspace;
    const names = ['Sup One', 'Sup Two', 'Sup Three', 'Sup Four'];
    for (const displayName of names) {
      await givenPerson(scim, `${displayName.replace(' ', '.').toLowerCase()}@example.com`, { displayName });
    }
    const run = await synchronize(admin);
    const undo = await admin.post(`/api/sync-runs/${run.id}/undo`).expect(202);
    await runEnded(admin, undo.body.id);
    const path = 'user-provisioning/synchronize?kind=suppressed&search=Sup';
    await english.goto(path);
    const tick = async (screen: Screen, label: string) => {
      const box = screen.page.getByRole('checkbox', { name: label, exact: true });
      await box.check();
      expect(await box.isChecked()).toBe(true);
    };
    for (const name of names.slice(0, 3)) await tick(english, `Choose ${name}`);
    await english.page.getByRole('checkbox', { name: 'Choose Sup Three', exact: true }).uncheck();
    await english.button('Allow all results again').waitFor();
    expect(await english.violations()).toEqual([]);
    const bar = english.page.getByRole('region', { name: 'Chosen people' });
    await bar.getByText('2 people chosen').waitFor();
    await bar.getByRole('button', { name: 'Allow again' }).click();
    const dialog = english.page.getByRole('dialog');
    await dialog.getByText('Allow the changes to 2 people again?').waitFor();
    await dialog.getByText('Sup One').waitFor();
    expect(await english.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Allow again' }).click();
    await english.sees('2 people are allowed again');
    await english.page.getByRole('checkbox', { name: 'Choose Sup One' }).waitFor({ state: 'detached' });
    await english.comesTo(() => bar.count(), 0);
    expect(await suppressed()).toEqual(names.slice(2).toSorted());
    await german.goto(path);
    await tick(german, 'Sup Three auswählen');
    await german.button('Wieder zulassen').click();
    await german.page.getByRole('dialog').getByRole('button', { name: 'Wieder zulassen' }).click();
    await german.page.getByRole('checkbox', { name: /Sup Three/ }).waitFor({ state: 'detached' });
    expect(await suppressed()).toEqual(['Sup Four']);
  });

  async function suppressed(): Promise<string[]> {
    const { body } = await workspace.admin.get('/api/sync-preview?kind=suppressed&search=Sup').expect(200);
    return body.items.map(({ name }) => name).toSorted();
  }
});

describe('the buttons about a person', () => {
  it('are those that the service offers, and no others, and the focus stays with the person', async () => {
    const { admin, scim } = workspace;
    await givenPerson(scim, 'btn-conflict', { displayName: 'Btn Conflict', emails: [] });
    const excluded = await givenPerson(scim, 'btn.out@example.com', { displayName: 'Btn Excluded' });
    await givenPerson(scim, 'btn.new@example.com', { displayName: 'Btn New' });
    await admin.post(`/api/sync-preview/${excluded}/exclude`).expect(200);
    const search = async (text: string) =>
      (await admin.get(`/api/directory/users?search=${text}`).expect(200)).body.items;
    const shown: Record<string, string[]> = {};
    const offered: Record<string, string[]> = {};
    for (const text of ['btn', 'sup']) {
      await english.goto(`user-provisioning/directory?search=${text}`);
      for (const { name, directoryUserId } of await search(text)) {
        const row = english.page.getByRole('listitem').filter({ hasText: name });
        await row.getByRole('button', { expanded: false }).click();
        const buttons = row.locator('.directory-details').getByRole('button');
        await buttons.first().waitFor();
        shown[name] = await buttons.allInnerTexts();
        const change = (await admin.get(`/api/sync-preview/${directoryUserId}`).expect(200)).body;
        offered[name] = actionsOf(change).map((action) => en[`decision.${action as Decision | 'link'}`]);
      }
    }
    expect(Object.keys(shown).length).toBeGreaterThan(2);
    expect(shown).toEqual(offered);
    await english.goto('user-provisioning/directory?search=btn+new');
    const row = english.page.getByRole('listitem').filter({ hasText: 'Btn New' });
    await row
      .getByRole('button', { name: /^Btn New ?, .*, Status: ?To be synced ?, Why: ?New in the directory/ })
      .click();
    await row.getByRole('button', { name: 'Exclude from synchronization' }).focus();
    await english.page.keyboard.press('Enter');
    await english.sees('Btn New is excluded');
    await english.hasFocus(row.getByRole('button', { expanded: true }));
  });
});

describe('many people at once', () => {
  let crowd: TestWorkspace;
  let screen: Screen;
  const names = ['Adam Ant', 'Bea Bee', 'Cleo Cat', 'Dan Dog', 'Eve Eel'];

  beforeAll(async () => {
    crowd = await givenWorkspace(service, { name: 'Crowd' });
    const settings = { removalGuard: { percent: 0, atLeast: 0 }, leavers: 'next_sync' };
    await crowd.admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const ids = [];
    for (const name of names) {
      const address = `${name.replace(' ', '.').toLowerCase()}@example.com`;
      ids.push(await givenPerson(crowd.scim, address, { displayName: name, title: `Keeper of ${name}` }));
    }
    const members = ids.map((value) => ({ value }));
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    await crowd.scim.post('/Groups', { schemas, displayName: 'Zoo', members }).expect(201);
    screen = english;
    await signedIn(screen, crowd.id);
  });

  const table = () => screen.page.getByRole('table', { name: 'Pending changes' });
  const bar = () => screen.page.getByRole('region', { name: 'Chosen people' });
  const dialog = () => screen.page.getByRole('dialog');
  const focused = () =>
    screen.page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""');

  async function kinds(): Promise<Record<string, number>> {
    const { body } = await crowd.admin.get('/api/sync-preview').expect(200);
    return Object.fromEntries(Object.entries(body.summary ?? {}).filter(([, count]) => count > 0));
  }

  it('is a table whose named columns sort it, and whose file has what is shown', async () => {
    await screen.goto('user-provisioning/synchronize');
    const head = table().getByRole('columnheader', { name: 'Person' });
    await head.getByRole('button').click();
    await screen.comesTo(() => head.getAttribute('aria-sort'), 'ascending');
    await head.getByRole('button').click();
    await table().getByRole('row').nth(1).getByRole('button', { name: 'Eve Eel' }).waitFor();
    await screen.comesTo(() => head.getAttribute('aria-sort'), 'descending');
    await table().getByRole('cell', { name: 'Keeper of Eve Eel' }).waitFor();
    await screen.page.getByRole('searchbox').fill('cleo');
    await screen.sees(/^1 of \d+ people$/);
    const href = await screen.page.getByRole('link', { name: 'Export' }).getAttribute('href');
    expect(href).toContain('/api/sync-preview/export?search=cleo&sort=name&order=desc&separator=comma');
    expect(await screen.violations()).toEqual([]);
  });

  it('shows who joins the groups, in a tab of their own', async () => {
    await screen.page.getByRole('tab', { name: /^Groups/ }).click();
    await screen.page.getByRole('button', { name: '5 join: who joins or leaves Zoo' }).click();
    await screen.page
      .getByRole('listitem')
      .filter({ hasText: 'Dan Dog' })
      .filter({ hasText: 'joins' })
      .last()
      .waitFor();
    expect(await screen.violations()).toEqual([]);
    await screen.button('Show their changes').click();
    await screen.sees('Group: Zoo');
    await screen.sees(/^5 people$/);
  });

  it('is chosen by keyboard, named before it is done, told after it, and undone', async () => {
    await screen.goto('user-provisioning/synchronize?sort=name');
    await screen.page.getByRole('checkbox', { name: 'Choose Adam Ant' }).focus();
    await screen.page.keyboard.press('Space');
    await screen.page.getByRole('checkbox', { name: 'Choose Cleo Cat' }).focus();
    await screen.page.keyboard.press('Shift+Space');
    await bar().getByText('3 people chosen').waitFor();
    expect(await screen.page.getByRole('checkbox', { name: 'Choose Bea Bee' }).isChecked()).toBe(true);
    await bar().getByRole('button', { name: en['chosen.only'] }).press('Enter');
    await dialog().getByRole('button', { name: 'Remove Bea Bee' }).waitFor();
    await dialog().getByText('3 members are created').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await bar().getByRole('button', { name: 'Exclude' }).press('Enter');
    await dialog().getByText('Exclude 3 people from synchronization?').waitFor();
    expect(await dialog().getByRole('listitem').allInnerTexts()).toEqual(names.slice(0, 3));
    await dialog().getByRole('button', { name: 'Cancel' }).press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await bar().getByRole('button', { name: 'Exclude' }).and(screen.page.locator(':focus')).waitFor();
    await bar().getByRole('button', { name: 'Exclude' }).press('Enter');
    await dialog().getByText('Exclude 3 people from synchronization?').waitFor();
    await dialog().getByRole('button', { name: 'Exclude' }).press('Enter');
    await screen.sees('3 people are excluded');
    expect(await focused()).toBe('3 people are excluded');
    expect(await bar().count()).toBe(0);
    expect(await kinds()).toEqual({ create: 2, excluded: 3 });
    expect(await screen.violations()).toEqual([]);
    await screen.button('Undo').press('Enter');
    await screen.sees('3 people are included again');
    expect(await focused()).toBe('3 people are included again');
    expect(await kinds()).toEqual({ create: 5 });
  });

  it('approves what the search shows and no other, by name', async () => {
    await synchronize(crowd.admin);
    const { body } = await crowd.scim.get('/Users?count=10').expect(200);
    for (const { id } of body.Resources as { id: string }[])
      await changePerson(crowd.scim, id, { active: false });
    await synchronize(crowd.admin);
    await screen.goto('user-provisioning/synchronize?search=dan');
    await screen.button('Approve deactivations').click();
    await dialog().getByText('Approve the deactivation of Dan Dog?').waitFor();
    // Nobody is named twice.
    expect(await dialog().getByRole('listitem').count()).toBe(0);
    await dialog().getByRole('button', { name: 'Approve the deactivation' }).click();
    await screen.sees('1 deactivation was carried out');
    expect(await kinds()).toEqual({ held: 4 });
  });

  it('finds the group that members are listed of by a part of its name', async () => {
    await screen.goto('members');
    const group = screen.page.getByRole('combobox', { name: 'Group' });
    await group.fill('zo');
    await screen.page.getByRole('option', { name: 'Zoo' }).click();
    await screen.sees('5 people found');
    await screen.comesTo(() => group.inputValue(), 'Zoo');
    expect(screen.page.url()).toContain('group=');
    expect(await screen.violations()).toEqual([]);
  });

  it('deactivates the members that match, and says who is left out and why', async () => {
    // The title has this name by chance, and does not stand for the list of names.
    const member = { email: 'guest@example.com', displayName: 'member' };
    await crowd.admin.post('/api/members', member).expect(201);
    await screen.goto('members?status=active');
    await screen.sees('5 people found');
    await screen.page.getByRole('checkbox', { name: 'Choose everyone who is loaded' }).check();
    await bar().getByRole('button', { name: 'Deactivate' }).click();
    await dialog().getByText('Deactivate 1 member?').waitFor();
    await dialog()
      .getByRole('listitem')
      .filter({ hasText: /^member$/ })
      .waitFor();
    await dialog().getByText('4: their status comes from your identity provider').waitFor();
    expect(await screen.violations()).toEqual([]);
    await dialog().getByRole('button', { name: 'Deactivate' }).click();
    await screen.sees('1 member is deactivated');
    await screen.sees('4 people are left out:');
    await screen.button('Undo').click();
    await screen.sees('1 member is active again');
  });
});

describe('automatic synchronization', () => {
  it('has not begun before the first synchronization, and can be started without one', async () => {
    const fresh = await givenWorkspace(service, { name: 'Fresh' });
    await givenPerson(fresh.scim, 'ada@example.com');
    await english.begin('user-provisioning', await newAdminCode(service, fresh.id));
    await english.sees('Nothing is synchronized automatically until you have synchronized everyone once.');
    await english.button('Start automatic synchronization').click();
    await english.sees('Next automatic synchronization:');
  });

  it('is paused and resumed in the settings, and the overview says so', async () => {
    await english.begin('user-provisioning/settings', await newAdminCode(service, workspace.id));
    await english.button('Pause automatic synchronization').click();
    await english.sees('Paused. Nothing is synchronized automatically');
    expect(await english.violations()).toEqual([]);
    await german.goto('user-provisioning');
    await german.sees('Die automatische Synchronisierung ist pausiert');
    await german.button('Automatische Synchronisierung fortsetzen').click();
    await german.sees('Nächste automatische Synchronisierung');
  });
});

describe('a member who was added by hand', () => {
  it('is said to be taken over where the next synchronization does so, and to come from nowhere otherwise', async () => {
    const { id, admin, scim } = await givenWorkspace(service);
    const [taken, alone] = await Promise.all(
      ['hand@example.com', 'other.hand@example.com'].map((email) =>
        admin.post('/api/members', { email }).expect(201),
      ),
    );
    await givenPerson(scim, 'hand@example.com');
    await signedIn(english, id);
    await english.goto(`members/${taken?.body.id}`);
    await english.page
      .locator('main .badge', { hasText: /^Link$/ })
      .first()
      .waitFor();
    await english.goto(`members/${alone?.body.id}`);
    await english.sees('Nothing to do: this member was added manually');
    await signedIn(english);
  });
});

describe('people who came back under new accounts', () => {
  const emails = (value: string) => [{ type: 'work', primary: true, value }];

  it('are linked to their members by one press: two as pairs, in English, and one alone, in German', async () => {
    const { admin, scim } = workspace;
    await admin
      .patch('/api/user-provisioning/settings', {
        leavers: 'next_sync',
        removalGuard: { percent: 100, atLeast: 50 },
      })
      .expect(200);
    const names = ['Rehire One', 'Rehire Two', 'Rehire Three'];
    const addresses = names.map((name) => `${name.replace(' ', '.').toLowerCase()}@example.com`);
    const old = await Promise.all(
      addresses.map((address, at) => givenPerson(scim, address, { displayName: names[at] })),
    );
    await synchronize(admin);
    const before = (await allMembers(admin)).filter(({ email }) => addresses.includes(email));
    for (const id of old) await changePerson(scim, id, { active: false });
    await synchronize(admin);
    const newAccount = (at: number) =>
      givenPerson(scim, `again-${at}`, { displayName: `Again ${at}`, emails: emails(addresses[at] ?? '') });
    await newAccount(0);
    await newAccount(1);
    await english.goto('user-provisioning/synchronize');
    await english.sees('2 people may already be members');
    await english.button('Review the pairs').click();
    await english.sees('Again 0 is Rehire One');
    expect(await english.violations()).toEqual([]);
    await english.button('Link 2 people').click();
    await english.sees('2 people are linked.');
    await newAccount(2);
    await german.goto('user-provisioning/synchronize?kind=conflict');
    await german.page.getByRole('button', { name: /Again 2/ }).click();
    await german.button('Das ist Rehire Three').click();
    await german.sees('Ist Again 2 das Mitglied Rehire Three?');
    await german.button('Verknüpfen').click();
    await german.sees('Again 2 ist verknüpft');
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ link: 3, create: 0 });
    const after = await allMembers(admin);
    for (const { id } of before) expect(after.find((member) => member.id === id)?.status).toBe('active');
  });
});

describe('OAuth clients', () => {
  it('are created with what is to be pasted, get a second secret, and are revoked by their name', async () => {
    const { page } = english;
    const dialog = page.getByRole('dialog');
    await english.goto('user-provisioning/tokens');
    await english.button('New OAuth client').click();
    await dialog.getByLabel('Name').fill('Entra ID');
    await dialog.getByRole('button', { name: 'New OAuth client' }).click();
    await english.sees('Your OAuth client');
    await english.sees(`${service.config.publicUrl}/oauth/token`);
    await english.sees(/^mcc_/);
    expect(await english.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await english.button('Continue').isDisabled()).toBe(true);
    await dialog.getByLabel('I have stored it').check();
    await english.button('Continue').click();
    await english.button('New secret for Entra ID').click();
    await dialog.getByRole('button', { name: 'New secret' }).click();
    await english.sees('Your OAuth client');
    await dialog.getByLabel('I have stored it').check();
    await english.button('Continue').click();
    await english.sees('Until');
    await english.button('Revoke the OAuth client Entra ID').click();
    await dialog.getByRole('textbox').fill('Entra ID');
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
    await english.sees('The OAuth client is revoked');
    await english.sees('No OAuth client yet.');
  });

  it('can be made in the guide for Entra, where they are needed', async () => {
    await german.goto('user-provisioning/connect');
    await german.button('OAuth-Client erstellen').click();
    await german.sees('Token-Endpunkt');
    await german.sees(
      'Das Geheimnis wird nur jetzt angezeigt. Kopieren Sie es, bevor Sie diese Seite verlassen.',
    );
    expect(await german.violations()).toEqual([]);
  });
});

describe('a quota that is reached', () => {
  it('is said on the overview, with what it means, and listed in the settings', async () => {
    const { quotas } = service.config;
    const path = '**/api/user-provisioning/quotas';
    const items = [
      { name: 'users', used: quotas.users, max: quotas.users },
      { name: 'groups', used: 1, max: quotas.groups },
    ];
    await english.page.route(path, (route) => route.fulfill({ json: { items } }));
    await english.goto('user-provisioning');
    await english.sees('A limit of this workspace is reached');
    await english.sees(/new people from your identity provider are refused/);
    await english.page.getByRole('link', { name: 'See the limits' }).click();
    await english.sees('Limits of this workspace');
    await english.sees('500,000 of 500,000');
    expect(await english.violations()).toEqual([]);
    await english.page.unroute(path);
  });
});

describe('a workspace that lost its entitlement', () => {
  it('says until when everything is kept, on every screen, and on each button why nothing can be changed', async () => {
    const { operator, id } = workspace;
    await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
    // Nobody stays signed in; a new link leads to what is left to see.
    await english.load('user-provisioning');
    await english.sees('Please ask for a new link');
    await english.goto(`user-provisioning#code=${await newAdminCode(service, id)}`);
    await english.sees(/^User provisioning is suspended until /);
    await english.sees(/^API tokens, OAuth clients, settings, mapping, directory and members are kept\./);
    expect(await english.violations()).toEqual([]);
    await german.goto(`properties#code=${await newAdminCode(service, id)}`);
    await german.sees(/^Die Benutzerbereitstellung ist bis .* ausgesetzt$/);
    const refused = async (name: string) => {
      const button = german.button(name);
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      expect(await button.getAttribute('title')).toMatch(
        /^Die Benutzerbereitstellung ist bis .* ausgesetzt\. /,
      );
    };
    await refused('Site bearbeiten');
    await german.goto('members');
    await refused('Mitglied hinzufügen');
    await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    await english.waitsForRefresh();
    await english.page
      .getByText(/suspended until/)
      .first()
      .waitFor({ state: 'detached' });
  });
});

describe('sessions', () => {
  it('are listed from the menu, ended one by one, and all of them by signing out everywhere', async () => {
    const screen = english;
    await signIn(service, workspace.id, 'eve@example.com');
    await screen.button(/^Account: /).click();
    await screen.page.getByRole('menuitem', { name: 'Sessions' }).click();
    await screen.sees('This session');
    expect(await screen.violations()).toEqual([]);
    await screen.button(/^End the session of eve@example\.com/).click();
    await screen.page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await screen.sees('The session has ended');
    await screen.page.getByText('eve@example.com').first().waitFor({ state: 'detached' });
    await screen.button('Sign out everywhere').click();
    await screen.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await screen.sees('You are signed out');
    await german.load('user-provisioning');
    await german.sees('Bitte fordern Sie einen neuen Link an');
  });

  it('of somebody else are not replaced by a link before the person at the browser has said so', async () => {
    const other = await givenWorkspace(service, { name: 'Fremde AG' });
    const screen = german;
    await signedIn(screen);
    const link = async () => `properties#code=${await newAdminCode(service, other.id, 'bob@example.com')}`;
    await screen.goto(await link());
    await screen.sees('Sie sind mit einem anderen Konto angemeldet');
    await screen.sees(/bob@example\.com im Arbeitsbereich Fremde AG/);
    expect(await screen.violations()).toEqual([]);
    await screen.button('Angemeldet bleiben').click();
    await screen.page.getByText('Sie sind mit einem anderen Konto angemeldet').waitFor({ state: 'detached' });
    await screen.sees('Example AG');
    await screen.goto(await link());
    await screen.sees('Sie sind mit einem anderen Konto angemeldet');
    // The next link is opened before the page has heard that it stays signed in, which must not put the link aside.
    const arrives = await keepWaiting(screen, '**/api/session');
    await screen.button('Angemeldet bleiben').click();
    await screen.page.goto(`${service.url}/settings/${await link()}`);
    await screen.page.locator('.enter').waitFor();
    await arrives();
    await screen.enter();
    await screen.button('Als bob@example.com anmelden').click();
    await screen.sees('Fremde AG');
  });

  it('that goes on again does not put a link aside that was opened meanwhile', async () => {
    const { id } = await givenWorkspace(service);
    const screen = english;
    await signedIn(screen, id);
    const { page } = screen;
    await service.dataSource.query('DELETE FROM admin_session WHERE workspace_id = $1', [id]);
    await screen.goto('members');
    await screen.sees('Your session has ended');
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route('**/api/session', (route) => promise.then(() => route.continue()));
    const tab = await page.context().newPage();
    await tab.goto(`${service.url}/settings/properties#code=${await newAdminCode(service, id)}`);
    await enterByLink(tab);
    const asked = page.waitForRequest('**/api/session');
    await page.clock.fastForward(10_000);
    await asked;
    await page.goto(`${service.url}/settings/members#code=${await newAdminCode(service, id)}`);
    await page.locator('.enter').waitFor();
    const answered = page.waitForResponse('**/api/session');
    resolve();
    await answered;
    await page.waitForTimeout(200);
    expect(await page.locator('.enter').count()).toBe(1);
    await page.unroute('**/api/session');
    await screen.enter();
    await screen.isLoaded();
  });
});
