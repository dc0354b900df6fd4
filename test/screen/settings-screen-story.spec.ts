import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { enterByLink, openBrowser } from '../../scripts/screenshots/browser.ts';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { nextDay } from '../../simulator/next-day.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { useReceiver } from '../webhooks/receiver.ts';
import { type Client, newAdminCode, operatorClient, scimClient } from '../harness/workspace.ts';

jest.setTimeout(120_000);
const receiver = useReceiver();
const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
/** Lists whose first row lies over the round corner of its card: its colour under the pointer would be seen there. */
const rowsOverCorners = `[...document.querySelectorAll('.card-surface:has(.rows)')].filter((card) => {
  window.scrollBy(0, card.getBoundingClientRect().top - 150);
  const { left, top } = card.getBoundingClientRect();
  return document.elementFromPoint(left + 1.5, top + 1.5)?.closest('.row') != null;
}).length`;

const monday = company(7, 40, 3);
let service: Service<SystemClock>;
let operator: Client;
let browser: Browser;
let screen: Screen;
let workspaceId: string;
let secret: string;
let entra: EntraClient;

beforeAll(async () => {
  const config = {
    // Nobody listens there.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'no-reply@example.com',
    CHANNEL_ALLOW_PRIVATE: 'on',
  };
  service = await startService({ clock: new SystemClock(), config });
  operator = operatorClient(service);
  const { body } = await operator.post('/operator/workspaces', { name: 'Nordlicht GmbH' }).expect(201);
  workspaceId = (body as { id: string }).id;
  browser = await openBrowser();
  screen = await Screen.open(browser, service.url, 'en-GB');
});

afterAll(async () => {
  await browser?.close();
});

describe('an admin', () => {
  it('sees what user provisioning does while it is not in the plan', async () => {
    const code = await newAdminCode(service, workspaceId);
    await screen.goto(`user-provisioning#code=${code}`);
    await screen.sees('User provisioning is not part of your plan yet');
    expect(screen.page.url()).not.toContain(code);
    expect(await screen.violations()).toEqual([]);
  });

  it('sees by itself when it is, activates it, and stores the token that is shown once', async () => {
    await operator.patch(`/operator/workspaces/${workspaceId}`, { entitled: true }).expect(200);
    await screen.waitsForRefresh();
    await screen.press(screen.button('Activate user provisioning'));
    const dialog = screen.page.getByRole('dialog');
    secret = await dialog.locator('.secret').innerText();
    expect(await screen.violations()).toEqual([]);
    await screen.page.keyboard.press('Escape');
    expect(await screen.button('Continue').isDisabled()).toBe(true);
    await dialog.getByLabel('I have stored it').check();
    await screen.press(screen.button('Continue'));
    await screen.sees('Waiting for first contact');
    expect(await screen.violations()).toEqual([]);
  });

  it('reads in the guide that the token was not copied whole, and how to fix it', async () => {
    await scimClient(service, secret.slice(0, 40)).get('/Users').expect(401);
    await screen.waitsForRefresh();
    await screen.sees('The API token was not copied whole');
    await screen.press(screen.button(/^How to fix it.*: The API token was not copied whole$/));
    await screen.sees(/^Paste it where your identity provider asks/);
    await screen.press(screen.page.getByText('Did the connection test fail?'));
    await screen.sees(/Part of the token “Identity provider” \(mcs_.*40 of 53 characters/);
    expect(await screen.violations()).toEqual([]);
    const made = screen.page.locator('.guide-value .secret', { hasText: /^mcs_/ });
    await screen.press(screen.button('Create another token'));
    await made.waitFor();
    secret = await made.innerText();
  });

  it('sees Test Connection ticked at once, and object ids recognized when people arrive', async () => {
    entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: secret });
    expect((await entra.testConnection()).ok).toBe(true);
    await screen.waitsForRefresh();
    await screen.page
      .locator('.guide-step', { hasText: 'Connect: URL, token, Test Connection' })
      .getByText('done')
      .waitFor();
    const finding = screen.page.getByText('The API token was not copied whole', { exact: true });
    await finding.waitFor({ state: 'detached' });
    await entra.initialCycle(monday, () => undefined);
    await screen.waitsForRefresh();
    await screen.sees('externalId looks like an object ID');
  });

  it('reads in the log what a request meant, and opens by keyboard what was sent', async () => {
    await screen.goto('user-provisioning/log?kind=change');
    const row = screen.page
      .getByRole('listitem')
      .filter({ hasText: / was created/ })
      .first();
    await screen.press(row.getByRole('button').first());
    const sent = screen.page.getByRole('region', { name: 'What was sent' });
    await sent.waitFor();
    expect(await sent.innerText()).toContain('"schemas": [');
    await row.getByRole('rowheader', { name: 'external ID' }).waitFor();
    expect(await screen.violations()).toEqual([]);
    await screen.press(screen.button('Export'));
    const [saved] = await Promise.all([
      screen.page.waitForEvent('download'),
      screen.page.getByRole('menuitem', { name: 'As CSV for a spreadsheet' }).click(),
    ]);
    expect(await readFile(await saved.path(), 'utf8')).toMatch(
      /^\ufeff"Time","What it did",[^]* was created"/,
    );
    await screen.goto('user-provisioning/log?kind=read');
    await screen.sees(/: not found/);
  });

  it('finds in the log all that was asked about one person, at an address that lasts', async () => {
    const { page } = screen;
    const { displayName, surname } = monday.people[3]!;
    const about = screen.button(`Requests about ${displayName}: remove this filter`);
    const rows = page.getByRole('listitem');
    await screen.goto('user-provisioning/log');
    await rows.filter({ hasNotText: displayName }).first().waitFor();
    await page.getByRole('combobox', { name: 'Person or group' }).fill(surname);
    await page.getByRole('option', { name: displayName }).click();
    await rows.filter({ hasNotText: displayName }).first().waitFor({ state: 'detached' });
    await rows.filter({ hasText: `${displayName} was created` }).waitFor();
    const asked = page.waitForResponse(/provisioning-log\?.*&from=/);
    await page.getByLabel('Period').selectOption({ label: 'Last 24 hours' });
    const from = new URL((await asked).url()).searchParams.get('from');
    const hoursAgo = (Date.now() - new Date(from ?? '').getTime()) / 3_600_000;
    expect(Math.abs(hoursAgo - 24)).toBeLessThan(0.1);
    await page.getByLabel('Period').selectOption({ label: 'From … to …' });
    await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00');
    await screen.sees('No such requests');
    expect(await screen.violations()).toEqual([]);
    await page.goBack();
    await rows.filter({ hasText: `${displayName} was created` }).waitFor();
    await page.reload();
    await screen.press(about);
    await rows.filter({ hasNotText: displayName }).first().waitFor();
    expect(new URL(page.url()).search).toBe('?period=24h');
  });

  it('finds a person in the preview and reads each field and the reason', async () => {
    await screen.press(screen.page.getByRole('link', { name: 'Synchronize' }));
    await screen.sees(/^\d+ users available to be synced$/);
    await screen.hasFocus(screen.page.getByRole('heading', { level: 1, name: 'Synchronize' }));
    expect(await screen.page.title()).toMatch(/^Synchronize – Nordlicht GmbH – ./);
    await screen.announces(/^\d+ people$/);
    const person = monday.people[3];
    await screen.page.getByRole('searchbox').focus();
    await screen.page.keyboard.type(person?.surname ?? '');
    await screen.announces(/^\d+ of \d+ people$/);
    const row = screen.page
      .getByRole('row')
      .filter({ hasText: person?.surname ?? '' })
      .first();
    expect(await row.getAttribute('aria-rowindex')).not.toBeNull();
    await screen.press(row.getByRole('button', { expanded: false }));
    // The row says it, too: in a place for phones, which is hidden here, and in one for wide windows.
    await screen.page
      .locator('.pending-details')
      .getByText('New in the directory: a member is created.')
      .waitFor();
    await screen.sees(/The identity provider sent/);
    expect(await screen.violations()).toEqual([]);
    // What is synchronized is what was seen: the whole preview as it is now, not as it was first loaded.
    await screen.waitsForRefresh();
    const whole = screen.page.waitForResponse(/\/api\/sync-preview\?(?!.*search=)/);
    await screen.page.getByRole('searchbox').fill('');
    await whole;
  });

  it('synchronizes by keyboard alone, with the numbers said before', async () => {
    await screen.press(screen.button('Synchronize'));
    await screen.sees(/^\d+ members are created$/);
    await screen.hasFocus(screen.page.getByRole('dialog').getByRole('button', { name: 'Synchronize' }));
    await screen.page.keyboard.press('Enter');
    await screen.sees('Synchronization finished');
  });

  it('finds everyone among the members, and a person’s timeline', async () => {
    await screen.press(screen.page.getByRole('link', { name: 'Members' }));
    const person = monday.people[5];
    await screen.page.getByRole('searchbox').fill(person?.surname ?? '');
    await screen.press(screen.page.getByRole('link', { name: new RegExp(person?.surname ?? '') }).first());
    await screen.sees('Created in the directory');
    await screen.sees('New in the directory: a member is created.');
    // In words: neither paths nor JSON.
    expect(await screen.page.locator('.timeline').innerText()).not.toMatch(/[{}]|urn:|givenName/);
    expect(await screen.violations()).toEqual([]);
    await screen.press(screen.page.getByRole('link', { name: 'Requests of the identity provider' }));
    await screen.button(new RegExp(`^Requests about .*${person?.surname}`)).waitFor();
    await screen.page
      .getByRole('listitem')
      .filter({ hasText: / was created/ })
      .waitFor();
  });

  it('exports the whole run, however few of its people are on the page', async () => {
    const { page } = screen;
    await page.route('**/api/sync-runs/*/changes?*', (route) =>
      route.continue({
        url: route
          .request()
          .url()
          .replace(/limit=\d+/u, 'limit=10'),
      }),
    );
    await screen.goto('user-provisioning/runs');
    const created = Number(
      /\d+/u.exec(
        await page
          .getByText(/^\d+\screated/)
          .first()
          .innerText(),
      )?.[0],
    );
    expect(created).toBeGreaterThan(10);
    await screen.press(page.getByRole('link', { name: /Manual/ }));
    await screen.press(screen.button('Export'));
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV for a spreadsheet' }).click(),
    ]);
    const [head, ...rows] = (await readFile(await saved.path(), 'utf8')).split('\r\n');
    expect(head).toBe('\ufeff"Person","Kind","State","What changed","Reason","directoryUserId","memberId"');
    expect(rows.filter((row) => row.includes('"Created"'))).toHaveLength(created);
    await page.unrouteAll({ behavior: 'wait' });
    await screen.goto('members');
  });

  it('takes the run back', async () => {
    await screen.press(screen.page.getByRole('link', { name: 'Runs' }));
    await screen.sees(/^\d+\screated/);
    await screen.press(screen.page.getByRole('link', { name: /Manual/ }));
    await screen.press(screen.button('Undo'));
    await screen.hasFocus(screen.button('Cancel'));
    // How many it would be is counted first.
    await screen.sees(/^\d+ people are removed\.$/);
    await screen.page.keyboard.press('Tab');
    await screen.hasFocus(screen.button(/^Undo \d+ changes$/));
    await screen.page.keyboard.press('Enter');
    await screen.sees('Undo of a run');
    await screen.page.getByText('Succeeded').first().waitFor();
  });

  it('maps an attribute to a new property, step by step with real values', async () => {
    await screen.goto('properties');
    await screen.press(screen.button('Add property'));
    await screen.page.getByLabel('Name').fill('City');
    await screen.press(screen.button('Save'));
    await screen.sees('City');
    await screen.goto('user-provisioning/attribute-mapping');
    await screen.press(screen.button('Add rule'));
    const dialog = screen.page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Source attribute' }).fill('nickName');
    await dialog.getByLabel('Target').selectOption({ label: 'City' });
    await dialog.getByLabel('Where the value comes from').selectOption('firstOf');
    await dialog.getByRole('combobox', { name: 'Attribute 2' }).fill('addresses[type eq "work"].locality');
    await dialog.getByLabel('Add transform').selectOption('upper');
    const cities = new Set(monday.people.flatMap(({ city }) => (city === null ? [] : [city.toUpperCase()])));
    await dialog.locator('.step-results li').first().waitFor();
    expect(await screen.violations()).toEqual([]);
    const anyCity = new RegExp(`^(${[...cities].join('|')})$`);
    await dialog.getByRole('cell', { name: anyCity }).first().waitFor();
    await screen.press(screen.button('Apply'));
    await screen.sees('You have unsaved changes');
    // After the undo, nobody is a member who could change.
    const figures = screen.page.locator('.effect-figures');
    await figures.filter({ hasText: /Members who would change\s*0\D/ }).waitFor();
    await figures.filter({ hasText: /Not members yet\s*[1-9]/ }).waitFor();
    await screen.saves();
    await screen.sees(/^Version 1/);
  });

  it('takes a suggestion up, puts its rule into place by keyboard, and restores what was before', async () => {
    await screen.press(screen.page.getByRole('link', { name: 'Properties' }));
    await screen.press(screen.page.getByRole('link', { name: 'Attribute Mapping' }));
    await screen.press(screen.button('Accept: Worker type'));
    await screen.sees('You have unsaved changes');
    // Left without saving, its property goes, too.
    await screen.page.goBack();
    await screen.sees('The property “Worker type” was created for it and is deleted again.');
    await screen.hasFocus(screen.button('Keep editing'));
    await screen.page.keyboard.press('Enter');
    await screen.press(screen.page.getByRole('link', { name: 'Properties' }));
    await screen.press(screen.page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }));
    await screen.sees('Member fields that this workspace defines.');
    await screen.page.locator('.rule-card', { hasText: 'Worker type' }).waitFor({ state: 'detached' });
    await screen.press(screen.page.getByRole('link', { name: 'Attribute Mapping' }));
    await screen.press(screen.button('Accept: Worker type'));
    await screen.page.getByRole('button', { name: /^Move: .*workerType/ }).focus();
    await screen.page.keyboard.press('Home');
    await screen.sees(/^Now rule 1 of \d+$/);
    expect(await screen.page.locator('.rule-list li').first().innerText()).toContain('workerType');
    await screen.saves();
    await screen.sees(/^Version 2/);
    await screen.press(screen.button('History'));
    await screen.sees('New: Worker type');
    expect(await screen.violations()).toEqual([]);
    await screen.press(screen.button('Restore version 1'));
    await screen.press(screen.page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }));
    await screen.sees(/^Version 3/);
    expect(await screen.page.locator('.rule-list').innerText()).not.toContain('workerType');
  });

  it('rotates the token while both work', async () => {
    await screen.goto('user-provisioning/tokens');
    await screen.press(screen.page.getByRole('button', { name: /^Rotate / }).first());
    await screen.press(screen.page.getByRole('dialog').getByRole('button', { name: 'Rotate' }));
    const rotated = await screen.page.getByRole('dialog').locator('.secret').innerText();
    await screen.page.getByLabel('I have stored it').check();
    await screen.press(screen.button('Continue'));
    await entra.incrementalCycle(monday, nextDay(monday).company, () => undefined);
    const withNew = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: rotated });
    expect((await withNew.testConnection()).ok).toBe(true);
    await screen.comesTo(() => screen.page.getByRole('button', { name: /^Revoke / }).count(), 3);
  });

  it('changes when it is synchronized', async () => {
    await screen.goto('user-provisioning/settings');
    await screen.page.getByLabel('Time', { exact: true }).fill('04:30');
    await screen.press(screen.page.getByRole('link', { name: 'Members' }));
    await screen.sees('Leave without saving?');
    await screen.page.keyboard.press('Escape');
    await screen.page.getByText('Leave without saving?').waitFor({ state: 'detached' });
    const asked = screen.page.waitForEvent('dialog');
    const reloaded = screen.page.reload({ timeout: 1_000 }).catch(() => null);
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await reloaded;
    expect(await screen.page.getByLabel('Time', { exact: true }).inputValue()).toBe('04:30');
    await screen.saves();
    await screen.sees(/^Saved$/);
    await screen.page.reload();
    expect(await screen.page.getByLabel('Time', { exact: true }).inputValue()).toBe('04:30');
  });

  it('chooses what to be notified of, by e-mail and in Slack, and tries both', async () => {
    await screen.goto('user-provisioning/notifications');
    await screen.press(screen.button('Select all'));
    await screen.saves();
    await screen.sees(/^Saved$/);
    await screen.press(screen.page.getByRole('button', { name: 'Send a test message to admin@example.com' }));
    await screen.sees('The test message did not arrive.');
    await screen.sees('The mail server could not be reached.');
    await screen.press(screen.button('Add a channel'));
    const dialog = screen.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('#it-alerts');
    await dialog.getByRole('textbox', { name: 'Webhook address' }).fill(receiver.url);
    expect(await screen.violations()).toEqual([]);
    await screen.press(dialog.getByRole('button', { name: 'Add a channel' }));
    await screen.press(screen.page.getByRole('button', { name: 'Send a test message to #it-alerts' }));
    await screen.sees('The test message was accepted for #it-alerts.');
    expect(JSON.parse((await receiver.has(1))[0]?.text ?? '')).toMatchObject({ text: 'A test message' });
    await screen.sees('Undeliverable');
    expect(await screen.violations()).toEqual([]);
    await screen.page.reload();
    expect(await screen.page.getByLabel('Requests that were refused').isChecked()).toBe(true);
  });

  it('tries it without an identity provider once the workspace is a sandbox', async () => {
    await operator.patch(`/operator/workspaces/${workspaceId}`, { sandbox: true }).expect(200);
    await screen.goto('user-provisioning');
    await screen.page.getByLabel('Okta').check();
    await screen.page.getByLabel('Number of people').fill('5');
    expect(await screen.violations()).toEqual([]);
    await screen.press(screen.button('Start the simulation'));
    await screen.sees('The simulated company has arrived');
    expect(await screen.violations()).toEqual([]);
    await screen.press(screen.button('Simulate the next day'));
    await screen.sees('Day 2 of the simulated company has arrived');
    await screen.goto('user-provisioning/log');
    await screen.sees('user-provisioning simulator (Okta)');
    await screen.goto('user-provisioning/tokens');
    await screen.sees('Simulated Okta');
  });
});

describe('every screen', () => {
  it('is there in German too, and stays so', async () => {
    await screen.press(screen.page.getByRole('button', { name: /^Account:/ }));
    await screen.press(screen.page.getByRole('menuitemradio', { name: 'Deutsch', checked: false }));
    await screen.sees('Benutzerbereitstellung');
    await screen.goto('user-provisioning/synchronize');
    await screen.sees('Synchronisieren');
    await screen.comesTo(() => screen.page.locator('html').getAttribute('lang'), 'de');
  });

  // In German, whose words are longer.
  it.each([
    'user-provisioning',
    'user-provisioning/connect',
    'user-provisioning/synchronize',
    'user-provisioning/directory',
    'user-provisioning/runs',
    'user-provisioning/attribute-mapping',
    'user-provisioning/tokens',
    'user-provisioning/log',
    'user-provisioning/audit-log',
    'user-provisioning/notifications',
    'user-provisioning/settings',
    'members',
    'properties',
    'groups',
    'no-such-screen/../user-provisioning/none',
  ])('%s has nothing that axe objects to, light and dark, and fits a phone', async (path) => {
    await screen.page.setViewportSize(desktop);
    await screen.goto(path);
    expect(await screen.violations()).toEqual([]);
    expect(await screen.overflowPx(phone)).toBe(0);
    expect(await screen.page.evaluate(rowsOverCorners)).toBe(0);
  });

  it('keeps what was typed when the session ends, and goes on after a fresh link', async () => {
    await screen.page.setViewportSize(desktop);
    await screen.goto('user-provisioning/settings');
    await screen.page.getByLabel('Uhrzeit').fill('05:15');
    await screen.page.context().clearCookies();
    await screen.waitsForRefresh();
    await screen.sees('Ihre Sitzung ist beendet');
    // Meanwhile it asks for nothing but whether somebody has signed in again: the rest would be refused.
    const asked = new Set<string>();
    screen.page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    for (let again = 0; again < 2; again += 1) await screen.waitsForRefresh();
    expect([...asked]).toEqual(['/api/session']);
    const other = await screen.page.context().newPage();
    const code = await newAdminCode(service, workspaceId);
    await other.goto(`${service.url}/settings/user-provisioning#code=${code}`);
    await enterByLink(other);
    await other.getByRole('heading', { level: 1 }).waitFor();
    await screen.waitsForRefresh();
    await screen.page.getByText('Ihre Sitzung ist beendet').waitFor({ state: 'detached' });
    expect(await screen.page.getByLabel('Uhrzeit').inputValue()).toBe('05:15');
    await other.close();
  });

  it('that a link led to is there after the sign-in', async () => {
    await screen.page.context().clearCookies();
    await screen.load('user-provisioning/synchronize?kind=held');
    await screen.sees('Bitte fordern Sie einen neuen Link an');
    const code = await newAdminCode(service, workspaceId);
    await screen.goto(`user-provisioning#code=${code}`);
    await screen.isLoaded();
    await screen.page.waitForURL('**/settings/user-provisioning/synchronize?kind=held');
  });

  it('left no error in the browser’s console', () => {
    expect(screen.complaints).toEqual([]);
  });
});
