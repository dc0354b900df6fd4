import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
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
  english = await signedIn('en-GB');
  german = await signedIn('de-DE');
});

afterAll(async () => {
  await browser?.close();
});

async function signedIn(locale: string, id = workspace.id): Promise<Screen> {
  const screen = await Screen.open(browser, service.url, locale);
  await screen.goto(`properties#code=${await newAdminCode(service, id)}`);
  await screen.isLoaded();
  return screen;
}

describe('a property', () => {
  it('is made with its duties, which the list and the dialog of a member show', async () => {
    await english.button('Add property').click();
    const { page } = english;
    await page.getByLabel('Name').fill('Badge');
    await page.getByLabel('Who fills it').selectOption({ label: 'User provisioning only' });
    await english.sees(/^The preview reports a missing value\.$/);
    await english.button('Save').click();
    await english.button('Add property').click();
    await page.getByLabel('Name').fill('Site');
    await page.getByLabel('Who fills it').selectOption({ label: 'Manually only' });
    await page.getByLabel('Required').check();
    expect(await english.violations()).toEqual([]);
    await english.button('Save').click();
    await page.locator('.rule-card', { hasText: 'Site' }).getByText('Required · Manually only').waitFor();
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
    await german.page.getByLabel('Wer sie ausfüllt').selectOption('both');
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
    await german.sees('Site: ist ein Pflichtfeld');
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
    await german.sees('Mitglieder haben Optionen von „Stufe“, die wegfallen würden: Senior (1).');
    await admin.delete(`/api/properties/${id}`).expect(204);
    await german.button('Speichern').click();
    await german.sees('Das gibt es nicht mehr.');
  });
});

describe('held removals', () => {
  let ids: string[];

  /** Six members. The guard lets one leave within 24 hours; four leave, so three are held. */
  beforeAll(async () => {
    const settings = { removalGuard: { percent: 1, atLeast: 1 }, leavers: 'next_sync' };
    await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
    ids = [];
    for (let n = 0; n < 6; n += 1) ids.push(await givenPerson(workspace.scim, `held${n}@example.com`));
    await synchronize(workspace.admin);
    for (const id of ids.slice(2)) await changePerson(workspace.scim, id, { active: false });
    await english.goto('user-provisioning/synchronize');
    await english.sees('3 removals will be held');
    await english.sees('The next synchronization carries out 1 removal.');
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { deactivate: 1, held: 3 } });
    await english.goto(`user-provisioning/runs/${run.id}`);
    await english.sees('3 removals are waiting for your approval');
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
      '1 person has lost access. 3 people are held: their access is suspended until you decide.',
    );
    await english.sees('Time until access ends');
    await english.sees('4 people in the last 30 days');
    await german.goto('members?status=held');
    await german.page.locator('.badge.amber', { hasText: 'Zurückgestellt' }).nth(2).waitFor();
    await german.page.getByRole('link', { name: /held/ }).first().click();
    await german.sees('Zurückgestellt seit');
    const { body } = await workspace.admin.get('/api/sync-runs?limit=1').expect(200);
    const [run] = (body as { items: { id: string }[] }).items;
    await english.goto(`user-provisioning/runs/${run?.id}`);
    await english.sees('This run carried out 1 removal. 3 people are held');
  });

  it('are approved one by one: this person alone loses access', async () => {
    const before = await active();
    await openHeld(3);
    expect(await english.violations()).toEqual([]);
    await english.button('Approve this one').click();
    await english.sees('The suspended access of 1 person ends immediately.');
    await english.page.getByRole('dialog').getByRole('button', { name: 'Approve removals' }).click();
    await english.sees('2 removals are waiting for your approval');
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
    const before = english.page.url();
    await operator.post(`/operator/events/${event?.id ?? ''}/receipt`, receipt).expect(200);
    await english.goto(`members/${event?.subject.id}`);
    await english.sees('Access suspended');
    await english.sees('3 sessions ended · 1 token revoked');
    await english.sees(
      /^Suspended since .+, because the person left in your identity provider, and your safeguard/,
    );
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
    await english.page.goto(before);
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
    await english.button('Allow 2 chosen people again').click();
    const dialog = english.page.getByRole('dialog');
    await dialog.getByText('Allow these changes again?').waitFor();
    expect(await english.violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Allow 2 chosen people again' }).click();
    await english.sees('2 people are allowed again');
    await english.page.getByRole('checkbox', { name: 'Choose Sup One' }).waitFor({ state: 'detached' });
    expect(await english.button(/chosen/).count()).toBe(0);
    expect(await suppressed()).toEqual(names.slice(2).toSorted());
    await german.goto(path);
    await tick(german, 'Sup Three auswählen');
    await german.button(/^1 ausgewählte Person wieder zulassen$/).click();
    await german.page
      .getByRole('dialog')
      .getByRole('button', { name: /wieder zulassen/ })
      .click();
    await german.page.getByRole('checkbox', { name: /Sup Three/ }).waitFor({ state: 'detached' });
    expect(await suppressed()).toEqual(['Sup Four']);
  });

  async function suppressed(): Promise<string[]> {
    const { body } = await workspace.admin.get('/api/sync-preview?kind=suppressed&search=Sup').expect(200);
    return body.items.map(({ name }) => name).toSorted();
  }
});

describe('automatic synchronization', () => {
  it('is paused and resumed in the settings, and the overview says so', async () => {
    await english.goto('user-provisioning/settings');
    await english.button('Pause automatic synchronization').click();
    await english.sees('Paused. Nothing is synchronized automatically');
    expect(await english.violations()).toEqual([]);
    await german.goto('user-provisioning');
    await german.sees('Die automatische Synchronisierung ist pausiert');
    await german.button('Automatische Synchronisierung fortsetzen').click();
    await german.sees('Nächste automatische Synchronisierung');
  });

  it('has not begun before the first synchronization, and can be started without one', async () => {
    const fresh = await givenWorkspace(service, { name: 'Fresh' });
    await givenPerson(fresh.scim, 'ada@example.com');
    const screen = await signedIn('en-GB', fresh.id);
    await screen.goto('user-provisioning');
    await screen.sees('Nothing is synchronized automatically until you have synchronized everyone once.');
    await screen.button('Start automatic synchronization').click();
    await screen.sees('Next automatic synchronization:');
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
    await english.sees('There is no OAuth client.');
  });

  it('can be made in the guide for Entra, where they are needed', async () => {
    await german.goto('user-provisioning/connect');
    await german.button('OAuth-Client anlegen').click();
    await german.sees('Token-Endpunkt');
    await german.sees(
      'Das Geheimnis steht nur jetzt hier. Kopieren Sie es, bevor Sie diese Seite verlassen.',
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

describe('sessions', () => {
  it('are listed from the menu, ended one by one, and all of them by signing out everywhere', async () => {
    const screen = await signedIn('en-GB');
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
    await english.goto('user-provisioning');
    await english.sees('Please ask for a new link');
    for (const each of [english, german])
      await each.goto(`properties#code=${await newAdminCode(service, workspace.id)}`);
  });

  it('of somebody else are not replaced by a link before the person at the browser has said so', async () => {
    const other = await givenWorkspace(service, { name: 'Fremde AG' });
    const screen = await signedIn('de-DE');
    const link = async () => `properties#code=${await newAdminCode(service, other.id, 'bob@example.com')}`;
    await screen.goto(await link());
    await screen.sees('Sie sind mit einem anderen Konto angemeldet');
    await screen.sees(/bob@example\.com im Arbeitsbereich Fremde AG/);
    expect(await screen.violations()).toEqual([]);
    await screen.button('Angemeldet bleiben').click();
    await screen.sees('Example AG');
    await screen.goto(await link());
    await screen.button('Als bob@example.com anmelden').click();
    await screen.sees('Fremde AG');
  });
});

describe('a workspace that lost its entitlement', () => {
  it('says until when everything is kept, on every screen, and why a change is refused', async () => {
    const { operator, id } = workspace;
    await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
    // Nobody stays signed in; a new link leads to what is left to see.
    await english.goto('user-provisioning');
    await english.sees('Please ask for a new link');
    await english.goto(`user-provisioning#code=${await newAdminCode(service, id)}`);
    await english.sees(/^User provisioning is suspended until /);
    await english.sees(/^API tokens, settings, mapping, directory and members are kept\./);
    expect(await english.violations()).toEqual([]);
    await german.goto(`properties#code=${await newAdminCode(service, id)}`);
    await german.sees(/^Die Benutzerbereitstellung ist bis .* ausgesetzt$/);
    await german.button('Site bearbeiten').click();
    await german.page.getByLabel('Name').fill('Anderswo');
    await german.button('Speichern').click();
    await german.sees(/ausgesetzt: Sie ist nicht mehr Teil Ihres Tarifs/);
    await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    await english.waitsForRefresh();
    await english.page
      .getByText(/suspended until/)
      .first()
      .waitFor({ state: 'detached' });
  });
});
