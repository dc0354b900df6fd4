import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { enterByLink } from './browser.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';

/** Where the pictures go unless another folder is named; the README shows some of them. */
const shownInDocs = join(import.meta.dirname, '../../docs/screenshots');
export const folder = process.env.SCREENSHOTS_DIR ?? shownInDocs;
const settleMs = 700;
const heightPx = 900;
/** Comes with Chromium. A server has one font of its own, which is wider than any that people look at. */
const useOpenSans = ['--mantine-font-family', '--mantine-font-family-headings']
  .map((name) => `document.documentElement.style.setProperty('${name}', '"Open Sans", sans-serif');`)
  .join('');
/** Of the dialog with some room around it, if there is one, else of the page. */
const contentHeightPx = `(() => {
  const dialog = document.querySelector('.mantine-Modal-content');
  return dialog === null ? document.documentElement.scrollHeight : dialog.scrollHeight + 120;
})()`;
const isLoaded = `document.querySelector('.mantine-Skeleton-root') === null`;
const loadsWithinMs = 10_000;
/** As far as a picture of a long page reaches. */
const wholeHeightMaxPx = 2_600;

/** The ways in which every screen is pictured. */
export const looks = [
  { name: 'light-en', widthPx: 1280, colorScheme: 'light', locale: 'en-GB' },
  { name: 'dark-en', widthPx: 1280, colorScheme: 'dark', locale: 'en-GB' },
  { name: 'light-de', widthPx: 1280, colorScheme: 'light', locale: 'de-DE' },
  { name: 'dark-de', widthPx: 1280, colorScheme: 'dark', locale: 'de-DE' },
  { name: 'phone-light-en', widthPx: 390, colorScheme: 'light', locale: 'en-GB' },
  { name: 'phone-dark-en', widthPx: 390, colorScheme: 'dark', locale: 'en-GB' },
  { name: 'phone-light-de', widthPx: 390, colorScheme: 'light', locale: 'de-DE' },
  { name: 'phone-dark-de', widthPx: 390, colorScheme: 'dark', locale: 'de-DE' },
] as const;

export type Look = (typeof looks)[number];
type TextKey = keyof typeof en;

/** The settings screen in one look. Buttons are found by the keys of their texts, whatever the language. */
export class View {
  readonly page: Page;
  private readonly url: string;
  private readonly look: Look;

  private constructor(page: Page, url: string, look: Look) {
    this.page = page;
    this.url = url;
    this.look = look;
  }

  /** A window of its own, signed in by an admin link’s code. */
  static async open(browser: Browser, url: string, look: Look, code: string): Promise<View> {
    const { widthPx, colorScheme, locale } = look;
    const context = await browser.newContext({
      viewport: { width: widthPx, height: heightPx },
      colorScheme,
      locale,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    const view = new View(await context.newPage(), url, look);
    await view.goto(`user-provisioning#code=${code}`);
    await view.page.waitForSelector('main h1');
    return view;
  }

  get isPhone(): boolean {
    return this.look.name.startsWith('phone');
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.url}/settings/${path}`);
    if (path.includes('#code=')) await enterByLink(this.page);
  }

  /** A text of the page in the language of this look. */
  text(key: TextKey): string {
    return (this.look.locale === 'de-DE' ? de : en)[key];
  }

  button(key: TextKey): Locator {
    return this.page.getByRole('button', { name: this.text(key), exact: true });
  }

  /** Takes the picture; all that is below the fold too if `whole`. Says so if the page is too wide. */
  async shoot(name: string, whole = false): Promise<void> {
    const { page, look } = this;
    await page.waitForSelector('main h1');
    // What still loads is pictured only where it stays so.
    await page.waitForFunction(isLoaded, undefined, { timeout: loadsWithinMs }).catch(() => undefined);
    await page.evaluate(useOpenSans);
    await page.waitForTimeout(settleMs);
    const overflowPx = await page.evaluate<number>(
      'document.documentElement.scrollWidth - window.innerWidth',
    );
    if (overflowPx > 0) process.stderr.write(`${name}-${look.name} is ${overflowPx} px too wide\n`);
    const contentPx = await page.evaluate<number>(contentHeightPx);
    if (whole && contentPx > heightPx) {
      await page.setViewportSize({ width: look.widthPx, height: Math.min(contentPx, wholeHeightMaxPx) });
      await page.waitForTimeout(settleMs);
    }
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) });
    if (whole) await page.setViewportSize({ width: look.widthPx, height: heightPx });
  }
}
