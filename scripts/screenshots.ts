import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { company, type Company } from '../simulator/company.ts';
import { EntraClient } from '../simulator/entra.ts';
import { nextDay } from '../simulator/next-day.ts';
import { makeDataDir, readOperatorToken, startServiceProcess } from '../test/harness/process.ts';
import { ProductApi } from './demo/product-api.ts';
import { openBrowser } from './screenshots/browser.ts';

/** Where the pictures go; the README shows some of them. */
const folder = join(import.meta.dirname, '../docs/screenshots');
const settleMs = 700;
const looks = [
  { name: 'light-en', width: 1280, colorScheme: 'light', locale: 'en-GB' },
  { name: 'dark-de', width: 1280, colorScheme: 'dark', locale: 'de-DE' },
  { name: 'phone-light-de', width: 390, colorScheme: 'light', locale: 'de-DE' },
  { name: 'phone-dark-en', width: 390, colorScheme: 'dark', locale: 'en-GB' },
] as const;
const screens = [
  ['overview', 'user-provisioning'],
  ['connect', 'user-provisioning/connect'],
  ['synchronize', 'user-provisioning/synchronize'],
  ['runs', 'user-provisioning/runs'],
  ['mapping', 'user-provisioning/attribute-mapping'],
  ['tokens', 'user-provisioning/tokens'],
  ['log', 'user-provisioning/log'],
  ['settings', 'user-provisioning/settings'],
  ['members', 'members'],
  ['properties', 'properties'],
  ['groups', 'groups'],
] as const;

const people = 300;
const groups = 12;

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { dataDir, remove } = await makeDataDir();
  const service = await startServiceProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const browser = await openBrowser();
  try {
    const operator = new ProductApi(service.url, await readOperatorToken(dataDir));
    const { id } = await operator.createWorkspace('Nordlicht GmbH');
    const wanted = looks.filter(({ name }) => process.argv.length < 3 || process.argv.includes(name));
    const pages = await Promise.all(
      wanted.map(async ({ name, width, colorScheme, locale }) => {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale });
        const page = await context.newPage();
        const { code } = await operator.createAdminLink(id, 'admin@nordlicht.example');
        await page.goto(`${service.url}/settings/user-provisioning#code=${code}`);
        return { page, name, shoot: (shot: string) => shoot(page, `${shot}-${name}`) };
      }),
    );
    const each = async (work: (view: (typeof pages)[number]) => Promise<void>) => {
      for (const view of pages) await work(view);
    };
    await each(({ shoot: take }) => take('not-entitled'));
    await operator.entitle(id);
    await each(async ({ page, shoot: take }) => {
      await page.reload();
      await take('activate');
    });
    const { code } = await operator.createAdminLink(id, 'admin@nordlicht.example');
    const session = await new ProductApi(service.url, null).openSession(code);
    const admin = new ProductApi(service.url, session.token);
    const { secret } = await admin.activate();
    await each(async ({ page, shoot: take }) => {
      await page.goto(`${service.url}/settings/user-provisioning/connect`);
      await take('waiting');
    });
    await push(service.url, secret, admin);
    for (const [shot, path] of screens) {
      await each(async ({ page, shoot: take }) => {
        await page.goto(`${service.url}/settings/${path}`);
        await take(shot);
      });
    }
    await each(async ({ page, shoot: take }) => {
      await page.goto(`${service.url}/settings/user-provisioning/synchronize`);
      await page.locator('button.row-cells').first().click();
      await take('synchronize-open');
      await page.goto(`${service.url}/settings/members`);
      await page.locator('a.row-cells').nth(3).click();
      await take('member');
    });
  } finally {
    await browser.close();
    await service.stop();
    await remove();
  }
}

/** A first day that was synchronized, and the morning after, which waits. */
async function push(url: string, token: string, admin: ProductApi): Promise<void> {
  const entra = new EntraClient({ baseUrl: `${url}/scim/v2`, token });
  const monday: Company = company(1, people, groups);
  await entra.testConnection();
  await entra.initialCycle(monday, () => undefined);
  const { id } = await admin.synchronize(undefined);
  for (let state = 'queued'; state === 'queued' || state === 'running'; await sleep(settleMs)) {
    ({ state } = await admin.run(id));
  }
  await entra.incrementalCycle(monday, nextDay(monday).company, () => undefined);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForSelector('main h1');
  await sleep(settleMs);
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  if (overflow > 0) process.stderr.write(`${name} is ${overflow} px too wide\n`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

await main();
