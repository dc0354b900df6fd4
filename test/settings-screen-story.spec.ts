import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../scripts/screenshots/browser.ts';
import { company } from '../simulator/company.ts';
import { EntraClient } from '../simulator/entra.ts';
import { nextDay } from '../simulator/next-day.ts';
import { SystemClock } from '../src/database/clock.ts';
import { type Service, startService } from './harness/service.ts';
import { type Client, newAdminCode, operatorClient } from './harness/workspace.ts';

jest.setTimeout(120_000);
const appearsWithinMs = 20_000;

const monday = company(7, 40, 3);
let service: Service<SystemClock>;
let operator: Client;
let browser: Browser;
let page: Page;
let workspaceId: string;
let secret: string;
let entra: EntraClient;
const complaints: string[] = [];

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  operator = operatorClient(service);
  const { body } = await operator.post('/operator/workspaces', { name: 'Nordlicht GmbH' }).expect(201);
  workspaceId = (body as { id: string }).id;
  browser = await openBrowser();
  page = await newPage('en-GB');
});

afterAll(async () => {
  await browser?.close();
});

async function newPage(locale: string): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(appearsWithinMs);
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('response', (response) => {
    // Requests of the ended session are refused.
    const refused = response.status() >= 400 && response.status() !== 401;
    // A manager's name is looked for among the members, then in the directory.
    const lookup = response.status() === 404 && /\/api\/members\/[^/]+$/.test(response.url());
    if (refused && !lookup) {
      const asked = `${response.status()} ${response.request().method()} ${response.url()}`;
      void response
        .text()
        .then((text) => complaints.push(`${asked} ${response.request().postData()} ${text}`));
    }
  });
  opened.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return opened;
}

function open(path: string): Promise<unknown> {
  return page.goto(`${service.url}/settings/${path}`);
}

function button(name: string | RegExp) {
  return page.getByRole('button', { name, exact: typeof name === 'string' });
}

async function sees(text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** What axe finds wrong, in both themes: WCAG 2.2 AA and best practice. */
async function violations(): Promise<string[]> {
  await page.waitForSelector('main h1');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // What still fades in has not its own contrast yet.
    await page.evaluate(
      `Promise.allSettled(document.getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity).map((each) => each.finished))`,
    );
    await page.evaluate(axe.source);
    const results = await page.evaluate<axe.AxeResults>('axe.run({ resultTypes: ["violations"] })');
    for (const { id, nodes } of results.violations) {
      found.push(`${colorScheme} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
    }
  }
  return found;
}

describe('an admin', () => {
  it('sees what user provisioning does while it is not in the plan', async () => {
    const code = await newAdminCode(service, workspaceId);
    await open(`user-provisioning#code=${code}`);
    await sees('User provisioning is not part of your plan yet');
    expect(page.url()).not.toContain(code);
    expect(await violations()).toEqual([]);
  });

  it('sees by itself when it is, activates it, and stores the token that is shown once', async () => {
    await operator.patch(`/operator/workspaces/${workspaceId}`, { entitled: true }).expect(200);
    await button('Activate user provisioning').click();
    const dialog = page.getByRole('dialog');
    secret = await dialog.locator('.secret').innerText();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await button('Continue').isDisabled()).toBe(true);
    await dialog.getByLabel('I have stored it').check();
    await button('Continue').click();
    await sees('Waiting for first contact');
    expect(await violations()).toEqual([]);
  });

  it('sees Test Connection ticked at once, and object ids recognized when people arrive', async () => {
    entra = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: secret });
    expect((await entra.testConnection()).ok).toBe(true);
    await page.locator('.guide-step', { hasText: 'press Test Connection' }).getByText('done').waitFor();
    await entra.initialCycle(monday, () => undefined);
    await sees('externalId looks like an object id');
  });

  it('reads in the log what a request meant, and opens by keyboard what was sent', async () => {
    await open('user-provisioning/log?kind=change');
    const row = page
      .getByRole('listitem')
      .filter({ hasText: / was created/ })
      .first();
    await row.getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    const sent = page.getByRole('region', { name: 'What was sent' });
    await sent.waitFor();
    expect(await sent.innerText()).toContain('"schemas": [');
    await row.getByRole('rowheader', { name: 'external id' }).waitFor();
    expect(await violations()).toEqual([]);
    await button('Export').click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV for a spreadsheet' }).click(),
    ]);
    expect(await readFile(await saved.path(), 'utf8')).toMatch(
      /^\ufeff"Time","What it meant",[^]* was created"/,
    );
    await open('user-provisioning/log?kind=read');
    await sees(/: (nobody there|no such group)/);
  });

  it('finds a person in the preview and reads each field and the reason', async () => {
    await page.getByRole('link', { name: 'Synchronize' }).click();
    await sees(/^\d+ users available to be synced$/);
    const person = monday.people[3];
    await page.getByRole('searchbox').fill(person?.surname ?? '');
    const row = page
      .getByRole('listitem')
      .filter({ hasText: person?.surname ?? '' })
      .first();
    await row.getByRole('button').first().click();
    await sees('New in the directory: a member is created.');
    await sees(/The identity provider sent/);
    expect(await violations()).toEqual([]);
    await page.getByRole('searchbox').fill('');
  });

  it('synchronizes by keyboard alone, with the numbers said before', async () => {
    await button('Synchronize').focus();
    await page.keyboard.press('Enter');
    await sees(/^\d+ members are created$/);
    await page.keyboard.press('Tab');
    await page.getByRole('dialog').getByRole('button', { name: 'Synchronize' }).focus();
    await page.keyboard.press('Enter');
    await sees('Synchronization finished');
  });

  it('finds everyone among the members, and a person’s timeline', async () => {
    await page.getByRole('link', { name: 'Members' }).click();
    const person = monday.people[5];
    await page.getByRole('searchbox').fill(person?.surname ?? '');
    await page
      .getByRole('link', { name: new RegExp(person?.surname ?? '') })
      .first()
      .click();
    await sees('Created in the directory');
    await sees('New in the directory: a member is created.');
    expect(await violations()).toEqual([]);
  });

  it('takes the run back', async () => {
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('link', { name: /By hand/ }).click();
    await button('Take back').click();
    await button(/^Take back \d+ changes$/).click();
    await sees('Run: Undo');
    await page.getByText('Succeeded').first().waitFor();
  });

  it('maps an attribute to a new property, step by step with real values', async () => {
    await open('properties');
    await button('Add property').click();
    await page.getByLabel('Name').fill('City');
    await button('Save').click();
    await sees('City');
    await open('user-provisioning/attribute-mapping');
    await button('Add rule').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Source attribute' }).fill('nickName');
    await dialog.getByLabel('Target').selectOption({ label: 'City' });
    await dialog.getByLabel('Where the value comes from').selectOption('firstOf');
    await dialog.getByRole('combobox', { name: 'Attribute 2' }).fill('addresses[type eq "work"].locality');
    await dialog.getByLabel('Add transform').selectOption('upper');
    const cities = new Set(monday.people.flatMap(({ city }) => (city === null ? [] : [city.toUpperCase()])));
    await dialog.locator('.step-results li').first().waitFor();
    expect(await violations()).toEqual([]);
    const anyCity = new RegExp(`^(${[...cities].join('|')})$`);
    await dialog.getByRole('cell', { name: anyCity }).first().waitFor();
    await button('Apply').click();
    await sees('You have changes that are not saved');
    await sees('Members by field that would change');
    await button('Save').click();
    await sees(/^Version 1/);
  });

  it('takes a suggestion up, puts its rule into place by keyboard, and restores what was before', async () => {
    await button('Accept: Worker type').click();
    await page.getByRole('button', { name: /^Move: .*workerType/ }).focus();
    await page.keyboard.press('Home');
    await sees(/^Now rule 1 of \d+$/);
    expect(await page.locator('.rule-list li').first().innerText()).toContain('workerType');
    await button('Save').click();
    await sees(/^Version 2/);
    await button('History').click();
    await sees('New: Worker type');
    expect(await violations()).toEqual([]);
    await button('Restore version 1').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
    await sees(/^Version 3/);
    expect(await page.locator('.rule-list').innerText()).not.toContain('workerType');
  });

  it('rotates the token while both work', async () => {
    await open('user-provisioning/tokens');
    await page.getByRole('button', { name: /^Rotate / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const rotated = await page.getByRole('dialog').locator('.secret').innerText();
    await page.getByLabel('I have stored it').check();
    await button('Continue').click();
    await entra.incrementalCycle(monday, nextDay(monday).company, () => undefined);
    const withNew = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: rotated });
    expect((await withNew.testConnection()).ok).toBe(true);
    expect(await page.getByRole('button', { name: /^Revoke / }).count()).toBe(2);
  });

  it('changes when it is synchronized', async () => {
    await open('user-provisioning/settings');
    await page.getByLabel('Time', { exact: true }).fill('04:30');
    await button('Save').click();
    await sees('Saved');
    await page.reload();
    expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('04:30');
  });

  it('tries it without an identity provider once the workspace is a sandbox', async () => {
    await operator.patch(`/operator/workspaces/${workspaceId}`, { sandbox: true }).expect(200);
    await open('user-provisioning');
    await page.getByLabel('Okta').check();
    await page.getByLabel('Number of people').fill('5');
    expect(await violations()).toEqual([]);
    await button('Start the simulation').click();
    await sees('The simulated company has arrived');
    expect(await violations()).toEqual([]);
    await open('user-provisioning/tokens');
    await sees('Simulated Okta');
  });
});

describe('every screen', () => {
  const screens = [
    'user-provisioning',
    'user-provisioning/connect',
    'user-provisioning/synchronize',
    'user-provisioning/runs',
    'user-provisioning/attribute-mapping',
    'user-provisioning/tokens',
    'user-provisioning/log',
    'user-provisioning/settings',
    'members',
    'properties',
    'groups',
    'no-such-screen/../user-provisioning/none',
  ];

  it.each(screens)('%s has nothing that axe objects to, light and dark', async (screen) => {
    await open(screen);
    expect(await violations()).toEqual([]);
  });

  it('is there in German too, and stays so', async () => {
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await sees('Benutzerbereitstellung');
    await open('user-provisioning/synchronize');
    await sees('Synchronisieren');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await violations()).toEqual([]);
  });

  it('keeps what was typed when the session ends, and goes on after a fresh link', async () => {
    await open('user-provisioning/settings');
    await page.getByLabel('Uhrzeit').fill('05:15');
    await page.context().clearCookies();
    await sees('Ihre Sitzung ist beendet');
    const other = await page.context().newPage();
    const code = await newAdminCode(service, workspaceId);
    await other.goto(`${service.url}/settings/user-provisioning#code=${code}`);
    await other.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Ihre Sitzung ist beendet').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Uhrzeit').inputValue()).toBe('05:15');
    await other.close();
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const screen of screens.slice(0, -1)) {
      await open(screen);
      await page.waitForSelector('main h1');
      const tooWide = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect({ screen, tooWide }).toEqual({ screen, tooWide: 0 });
    }
  });

  it('left no error in the browser’s console', () => {
    // Of a refused request the browser complains by itself, without its address.
    expect(complaints.filter((text) => !/^Failed to load resource/.test(text))).toEqual([]);
  });
});
