import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** In a single process, what pages fetch carries the cookies of the browser's first window: one session for all of them. */
const mixesSessions = '--single-process';

/**
 * Starts the Chromium that comes with the packages. It paints without a graphics card: the one it would imitate takes
 * several times as long, and the page waits for it.
 * @param env what its environment has beyond that of this process
 */
export async function openBrowser(env: NodeJS.ProcessEnv = {}): Promise<Browser> {
  chromium.setGraphicsMode = false;
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((each) => each !== mixesSessions), '--disable-gpu'],
    headless: true,
    env: { ...process.env, ...env },
  });
}
