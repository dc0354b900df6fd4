import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { enterByLink, openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { type Service, startService } from '../harness/service.ts';
import { eventually } from '../harness/synchronize.ts';
import { newAdminCode, operatorClient } from '../harness/workspace.ts';

/** `npm run test:screen-load` seeds 100,000; among the other spec files a few must do, and no time is asserted. */
const people = Number(process.env.SCREEN_LOAD_PEOPLE ?? 2_000);
const longTaskMaxMs = process.env.SCREEN_LOAD_PEOPLE === undefined ? Infinity : 200;
const scrolls = process.env.SCREEN_LOAD_PEOPLE === undefined ? 20 : 150;
const scrollPx = 1_500;
const rowsInPageMax = 80;

jest.setTimeout(300_000);

let service: Service<SystemClock>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  const operator = operatorClient(service);
  const { body } = await operator.post('/operator/workspaces', { name: 'Nordlicht AG' }).expect(201);
  const workspaceId = (body as { id: string }).id;
  await seedMembers(workspaceId);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  page = await context.newPage();
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
    }).observe({ type: 'longtask' });`);
  const code = await newAdminCode(service, workspaceId);
  await page.goto(`${service.url}/settings/members#code=${code}`);
  await enterByLink(page);
  await page.locator('a.row-open').first().waitFor();
  await page.evaluate('window.longTasks.length = 0');
});

afterAll(async () => {
  await browser?.close();
});

/** People with different names, the same each time. */
async function seedMembers(workspaceId: string): Promise<void> {
  await service.dataSource.query(
    `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, status,
       source, created_at, updated_at)
     SELECT $1, md5('member ' || n)::uuid, email, email, first, last, first || ' ' || last, 'Engineer', 'active',
       'import', $3, $3
     FROM (SELECT n, 'person' || n || '@nordlicht.example' AS email,
         (ARRAY['Anna','Ben','Chloé','Dimitri','Emma','Fatima','Günther','Hana'])[1 + n % 8] AS first,
         'Nr' || n AS last
       FROM generate_series(1, $2::integer) n) p`,
    [workspaceId, people, new Date()],
  );
  await service.dataSource.query('ANALYZE member');
}

async function rows(): Promise<number> {
  return page.locator('a.row-open').count();
}

async function longTasks(): Promise<number[]> {
  return page.evaluate<number[]>('window.longTasks.splice(0)');
}

it(`scrolls through ${people} members with few rows at a time`, async () => {
  await page.mouse.move(700, 600);
  for (let scroll = 0; scroll < scrolls; scroll += 1) {
    await page.mouse.wheel(0, scrollPx);
    await page.waitForTimeout(50);
    if (scroll % 10 === 0) expect(await rows()).toBeLessThan(rowsInPageMax);
  }
  const far = (scrolls * scrollPx) / 10;
  await eventually(async () => ((await page.evaluate<number>('window.scrollY')) > far ? true : null));
  await page.locator('a.row-open').first().waitFor();
  expect(Math.max(0, ...(await longTasks()))).toBeLessThanOrEqual(longTaskMaxMs);
});

it('searches and orders them', async () => {
  await page.evaluate('window.scrollTo(0, 0)');
  await page.getByRole('searchbox').pressSequentially(`nr${people - 1}`, { delay: 60 });
  await page.getByRole('link', { name: new RegExp(`Nr${people - 1}\\b`) }).waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByLabel('Sort by').selectOption('name');
  await page
    .getByRole('link', { name: /^Anna Nr/ })
    .first()
    .waitFor();
  expect(Math.max(0, ...(await longTasks()))).toBeLessThanOrEqual(longTaskMaxMs);
});
