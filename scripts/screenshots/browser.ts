import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';

/** In a single process, what pages fetch carries the cookies of the browser's first window: one session for all of them. */
const mixesSessions = '--single-process';

/**
 * Starts the Chromium that comes with the packages, or the Chrome of this machine. It paints without a graphics card: the
 * one it would imitate takes several times as long, and the page waits for it.
 * @param env what its environment has beyond that of this process
 * @param further switches of its command line
 */
export async function openBrowser(
  env: NodeJS.ProcessEnv = {},
  further: readonly string[] = [],
): Promise<Browser> {
  const { args, ...found } = await program();
  return playwright.launch({
    ...found,
    args: [...args, ...further],
    headless: true,
    env: { ...process.env, ...env },
  });
}

/** Signs in on the page that an admin link has led to: it has one button. Returns once that page is gone. */
export async function enterByLink(page: Page): Promise<void> {
  const button = page.locator('.enter');
  await button.click();
  await button.waitFor({ state: 'detached' });
}

/**
 * The Chromium of the packages runs on Linux x64. Elsewhere it is the Chrome of the machine, or what `CHROME_PATH` names.
 */
async function program(): Promise<{ executablePath?: string; channel?: string; args: string[] }> {
  const own = process.env.CHROME_PATH;
  if (own) return { executablePath: own, args: ['--disable-gpu'] };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { channel: 'chrome', args: ['--disable-gpu'] };
  chromium.setGraphicsMode = false;
  const args = chromium.args.filter((each) => each !== mixesSessions);
  return { executablePath: await chromium.executablePath(), args: [...args, '--disable-gpu'] };
}
