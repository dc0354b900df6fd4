import type { Page } from 'playwright-core';
import type { View } from './view.ts';

/** One picture: its name, the screen's address, whether it reaches below the fold, what is done there first. */
export interface Scene {
  name: string;
  path: string;
  whole?: boolean;
  act?: (view: View) => Promise<void>;
}

/** Opens the first row of a table by its name. */
const openFirst = (view: View) => view.page.locator('main .row-open').first().click();

const firstRow = (view: View, kind: 'a' | 'button') => view.page.locator(`main ${kind}.row-cells`).first();

/** The screens before the identity provider has sent anything. */
export const waitingScenes: readonly Scene[] = [
  { name: 'waiting', path: 'user-provisioning' },
  { name: 'empty', path: 'user-provisioning/synchronize' },
];

const firstFix = (view: View) => view.page.locator('.notice button[aria-expanded]').first();

/** When the test of the connection failed: what was seen, and how it is fixed. */
export const failedScenes: readonly Scene[] = [
  { name: 'overview-finding', path: 'user-provisioning', act: (view) => firstFix(view).click() },
  {
    name: 'guide-failed',
    path: 'user-provisioning/connect',
    act: async (view) => {
      await firstFix(view).waitFor();
      await view.page.locator('.connection-help summary').click();
    },
  },
];

/** The screens on the morning after the first synchronization. */
export const morningScenes: readonly Scene[] = [
  { name: 'overview', path: 'user-provisioning', whole: true },
  { name: 'connect', path: 'user-provisioning/connect' },
  { name: 'guide', path: 'user-provisioning/connect', whole: true },
  {
    name: 'guide-okta',
    path: 'user-provisioning/connect',
    whole: true,
    act: async ({ page }) => {
      await pretendTokens(page);
      await page.getByRole('button', { name: 'Okta', exact: true }).click();
      await page.locator('.guide-value button').nth(1).click();
      await page.getByText('Bearer mcs_').waitFor();
    },
  },
  { name: 'synchronize', path: 'user-provisioning/synchronize' },
  {
    name: 'synchronize-open',
    path: 'user-provisioning/synchronize?kind=update&search=Jonas%20Smith',
    act: openFirst,
  },
  {
    name: 'synchronize-chosen',
    path: 'user-provisioning/synchronize?sort=department',
    act: (view) => chooseRows(view, 3),
  },
  {
    name: 'synchronize-bulk',
    path: 'user-provisioning/synchronize?sort=name',
    act: async (view) => {
      await chooseRows(view, 3);
      await view.button('bulk.action.exclude').click();
      await view.page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'synchronize-groups',
    path: 'user-provisioning/synchronize?tab=groups',
    act: (view) => view.page.locator('button.moved').first().click(),
  },
  {
    name: 'synchronize-conflict',
    path: 'user-provisioning/synchronize?kind=conflict',
    act: openFirst,
  },
  {
    name: 'synchronize-confirm',
    path: 'user-provisioning/synchronize',
    act: (view) => view.button('synchronize.action').click(),
  },
  {
    name: 'synchronize-some',
    path: 'user-provisioning/synchronize',
    act: async (view) => {
      await view.button('chosen.action').click();
      await view.page.locator('.chosen-found button').first().click();
      await view.page.locator('.choice-effect').waitFor();
    },
  },
  { name: 'progress', path: 'user-provisioning/synchronize', act: (view) => showRunning(view) },
  { name: 'directory', path: 'user-provisioning/directory' },
  {
    name: 'directory-open',
    path: 'user-provisioning/directory?state=conflict',
    act: (view) => firstRow(view, 'button').click(),
  },
  { name: 'mapping', path: 'user-provisioning/attribute-mapping', whole: true },
  {
    name: 'rule',
    path: 'user-provisioning/attribute-mapping',
    whole: true,
    act: async ({ page }) => {
      const rule = page.locator('.rule-card').filter({ has: page.getByText('title', { exact: true }) });
      await rule.getByRole('button').nth(1).click();
      await page.locator('.rule-result').waitFor();
    },
  },
  {
    name: 'mapping-history',
    path: 'user-provisioning/attribute-mapping',
    act: (view) => view.button('history.title').click(),
  },
  { name: 'tokens', path: 'user-provisioning/tokens' },
  { name: 'log', path: 'user-provisioning/log' },
  {
    name: 'log-open',
    path: 'user-provisioning/log',
    whole: true,
    act: (view) => firstRow(view, 'button').click(),
  },
  { name: 'audit', path: 'user-provisioning/audit-log', act: (view) => firstRow(view, 'button').click() },
  { name: 'notifications', path: 'user-provisioning/notifications', whole: true },
  { name: 'settings', path: 'user-provisioning/settings', whole: true },
  { name: 'members', path: 'members' },
  { name: 'members-chosen', path: 'members', act: (view) => chooseRows(view, 2) },
  {
    name: 'import',
    path: 'members',
    act: async (view) => {
      await view.button('members.import').click();
      await view.page.locator('input[type=file]').setInputFiles({
        name: 'members.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          'email,firstName\r\nada@nordlicht.example,Ada\r\ngrace@nordlicht.example,Grace\r\n',
        ),
      });
    },
  },
  {
    name: 'member',
    path: 'members',
    whole: true,
    act: ({ page }) => page.locator('main a.row-open').nth(3).click(),
  },
  { name: 'member-suspended', path: 'members', whole: true, act: (view) => suspendOne(view) },
  { name: 'properties', path: 'properties' },
  {
    name: 'property',
    path: 'properties',
    act: (view) => view.button('properties.add').click(),
  },
  { name: 'groups', path: 'groups' },
  { name: 'group', path: 'groups', act: (view) => firstRow(view, 'a').click() },
  { name: 'menu', path: 'user-provisioning', act: (view) => openMenu(view) },
];

/** After the second synchronization, which holds removals back. */
export const heldScenes: readonly Scene[] = [
  { name: 'overview-held', path: 'user-provisioning' },
  { name: 'runs', path: 'user-provisioning/runs' },
  {
    name: 'held',
    path: 'user-provisioning/synchronize?kind=held',
    act: openFirst,
  },
  { name: 'run-held', path: 'user-provisioning/runs', act: (view) => firstRow(view, 'a').click() },
  { name: 'run', path: 'user-provisioning/runs', act: (view) => openOldestRun(view) },
  {
    name: 'run-undo',
    path: 'user-provisioning/runs',
    act: async (view) => {
      await openOldestRun(view);
      await view.button('undo.action').click();
    },
  },
  {
    name: 'secret',
    path: 'user-provisioning/tokens',
    act: async (view) => {
      await pretendTokens(view.page);
      await view.button('token.create').click();
      await view.page
        .getByRole('dialog')
        .getByRole('button', { name: view.text('token.create') })
        .click();
      await view.page.locator('.secret').waitFor();
    },
  },
];

/** Eight looks would make more tokens than a workspace may have: none is made, and the page shows one all the same. */
async function pretendTokens(page: Page): Promise<void> {
  await page.route('**/api/tokens', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 201, json: { secret: `mcs_${'7fYxQ2mKd9'.repeat(5).slice(1)}` } })
      : route.continue(),
  );
}

/** Ticks rows: the first, and with the shift key all up to the last of so many. */
async function chooseRows({ page }: View, count: number): Promise<void> {
  const boxes = page.locator('main .row-tick input');
  await boxes.first().click();
  await boxes.nth(count - 1).click({ modifiers: ['Shift'] });
}

async function openOldestRun({ page }: View): Promise<void> {
  await page.locator('main a.row-cells').last().click();
  await page.locator('main .run-change button').first().click();
}

/** Runs of so few people are over before a picture is taken: the last one is shown as half done. */
async function showRunning({ page }: View): Promise<void> {
  const address = page.url();
  await page.goto('about:blank');
  const halfDone = (run: object) => ({ ...run, state: 'running', total: 300, done: 187 });
  await page.route('**/api/user-provisioning', async (route) => {
    const response = await route.fetch();
    const overview = (await response.json()) as { lastRun: object };
    await route.fulfill({ response, json: { ...overview, lastRun: halfDone(overview.lastRun) } });
  });
  await page.route('**/api/sync-runs/*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: halfDone((await response.json()) as object) });
  });
  await page.goto(address);
}

/** The member is suspended by the first look, and pictured so by all. */
async function suspendOne(view: View): Promise<void> {
  const { page } = view;
  await page.locator('main a.row-open').nth(5).click();
  await page.locator('.timeline').waitFor();
  if ((await view.button('suspend.action').count()) > 0) {
    await view.button('suspend.action').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(view.text('suspend.reason')).fill('Laptop stolen');
    await dialog.getByRole('button', { name: view.text('suspend.action') }).click();
  }
  await view.button('suspend.lift').waitFor();
}

/** The navigation on a phone, the account's menu elsewhere. */
async function openMenu(view: View): Promise<void> {
  if (view.isPhone) await view.button('nav.toggle').click();
  else await view.page.locator('header button[aria-haspopup]').click();
}
