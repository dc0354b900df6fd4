import { enterByLink } from '../../scripts/screenshots/browser.ts';
import type { Page } from 'playwright-core';
import type { ScreenFigure, ScreenPlace } from './screen-figure.ts';

/** A poor mobile connection, as Chromium plays it: each request waits, and all share the throughput. */
const slow = {
  offline: false,
  latency: 400,
  downloadThroughput: 200_000,
  uploadThroughput: 200_000,
};
const firstContentMaxMs = 4_000;
const reactionMaxMs = 100;
const patienceMs = 60_000;

/** Hears when a click on the navigation is answered: the entry that was pressed is the current one. */
const listen = `
  window.reactions = [];
  document.addEventListener('click', (event) => {
    const item = event.target.closest('.nav-item');
    if (item === null) return;
    const at = performance.now();
    const look = () => {
      if (item.getAttribute('aria-current') !== 'page') return requestAnimationFrame(look);
      window.reactions.push(performance.now() - at);
    };
    requestAnimationFrame(look);
  }, true);`;

/** From an empty cache, again from a full one, and from page to page. */
export async function measureSlowNetwork({ browser, url, newCode }: ScreenPlace): Promise<ScreenFigure[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  // The session begins before: what is measured is what an admin opens from a bookmark.
  await page.goto(`${url}/settings/user-provisioning#code=${await newCode()}`);
  await enterByLink(page);
  await page.locator('main h1').waitFor();
  await network.send('Network.enable');
  await network.send('Network.clearBrowserCache');
  await network.send('Network.emulateNetworkConditions', slow);
  await page.goto('about:blank');
  const coldMs = await firstContent(page, () =>
    page.goto(`${url}/settings/user-provisioning`, { waitUntil: 'commit' }),
  );
  await page.waitForLoadState('networkidle');
  const warmMs = await firstContent(page, () => page.reload({ waitUntil: 'commit' }));
  await page.waitForLoadState('networkidle');
  await page.evaluate(listen);
  for (const name of ['Members', 'Attribute Mapping', 'Provisioning log', 'Synchronize']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }
  const reactions = await page.evaluate<number[]>('window.reactions');
  if (reactions.length !== 4) throw new Error(`${reactions.length} of 4 clicks were answered`);
  await context.close();
  const network400 = 'at 400 ms and 200 kB/s';
  return [
    { label: `first content, ${network400}`, ms: coldMs, atMostMs: firstContentMaxMs },
    { label: `first content again, ${network400}`, ms: warmMs, atMostMs: firstContentMaxMs },
    {
      label: `slowest reaction of the navigation, ${network400}`,
      ms: Math.max(...reactions),
      atMostMs: reactionMaxMs,
    },
  ];
}

/** Until the page says what it is: its own heading is there, not only its frame. */
async function firstContent(page: Page, open: () => Promise<unknown>): Promise<number> {
  await open();
  await page.locator('main h1').waitFor();
  // Asked right after: it is late by the time of one question at most, never early.
  return page.evaluate<number>('performance.now()');
}
