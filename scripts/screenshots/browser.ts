import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { takeProcessLock } from '../../src/database/embedded/process-lock.ts';

/** In a single process, what pages fetch carries the cookies of the browser's first window: one session for all of them. */
const mixesSessions = '--single-process';
const root = join(import.meta.dirname, '../..');
const checkLockEveryMs = 100;

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
 * Where the font lies that comes with the Chromium of the packages, as `XDG_DATA_HOME` names such a folder. Elsewhere the fonts
 * of the machine are used.
 */
export async function fontsOfBrowser(): Promise<NodeJS.ProcessEnv> {
  const { executablePath } = await program();
  return executablePath === undefined ? {} : { XDG_DATA_HOME: dirname(executablePath) };
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
  return { executablePath: await unpacked(), args: [...args, '--disable-gpu'] };
}

/**
 * The Chromium of the packages, unpacked once per version and machine. Its package unpacks it to a place of its own, and who
 * asks meanwhile gets a file that is not whole yet and cannot be started.
 */
async function unpacked(): Promise<string> {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = join(tmpdir(), `user-provisioning-chromium-${version}`);
  const file = join(folder, 'chromium');
  while (!existsSync(file)) {
    const unlock = await takeProcessLock(`unpack ${folder}`);
    if (unlock === null) {
      await sleep(checkLockEveryMs);
      continue;
    }
    try {
      if (!existsSync(file)) await unpackTo(folder);
    } finally {
      unlock();
    }
  }
  return file;
}

async function unpackTo(folder: string): Promise<void> {
  const unfinished = await mkdtemp(`${folder}-`);
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, TMPDIR: unfinished },
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}
