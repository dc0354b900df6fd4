import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type axe from 'axe-core';
import type { Browser, Locator, Page, Response } from 'playwright-core';
import { enterByLink } from '../../scripts/screenshots/browser.ts';
import { arriveAt, leave } from './screen-move.ts';

const appearsWithinMs = 60_000;
const settlesWithinMs = 2_000;
const checkEveryMs = 25;
const windowSize = { width: 1280, height: 900 };
/** In its short form: every page that is loaded reads it again. */
export const axeSource = readFileSync(
  join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
);
/** Of what axe knows, what depends on colours. */
const colours = ', runOnly: ["color-contrast"]';
/** Resolves when something on the page changes, or after a while: most of what a test waits for is a change. */
const nextChange = `new Promise((resolve) => {
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
    resolve();
  };
  const observer = new MutationObserver(end);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const timer = setTimeout(end, 250);
})`;

/** A preview is asked for by POST, which saves nothing. */
function isOfWrite(response: Response): boolean {
  return ['PATCH', 'PUT'].includes(response.request().method());
}

/** Longer than the page waits before it asks again for anything that changes by itself. */
const refreshedAfterMs = 6_000;
/** Longer than the page takes an answer for new. */
const staleAfterMs = 3_000;

/** The settings screen in a browser, as an admin meets it. */
export class Screen {
  readonly page: Page;
  /** What the page, its console and refused requests complained about. */
  readonly complaints: string[] = [];
  private readonly url: string;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    this.listen();
  }

  /** A window of its own on the service at this address; nothing moves in it, so that nothing is looked at half faded in. */
  static async open(browser: Browser, url: string, locale: string): Promise<Screen> {
    const context = await browser.newContext({
      locale,
      viewport: windowSize,
      // Nobody looks at the picture, which is painted by a processor.
      deviceScaleFactor: 0.5,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(appearsWithinMs);
    const page = await context.newPage();
    await page.clock.install();
    return new Screen(page, url);
  }

  /** Comes to a page by its address: within the loaded page, unless a link is to sign somebody in. */
  async goto(path: string): Promise<void> {
    const isWithin = this.page.url().startsWith(`${this.url}/settings/`) && !path.includes('#code=');
    if (!isWithin) return this.load(path);
    await this.page.evaluate(leave);
    // What the page knows is old by then, and it asks again.
    await this.page.clock.fastForward(staleAfterMs);
    await this.page.evaluate(arriveAt(path));
  }

  /** Loads the page with an address, as a browser does that was just opened. */
  async load(path: string): Promise<void> {
    await this.page.goto(`${this.url}/settings/${path}`);
    if (path.includes('#code=')) await this.enter();
  }

  /** Makes the window what a new one is, which would cost twice as much: nobody is signed in, nothing is kept. */
  async forget(): Promise<void> {
    if (this.page.url().startsWith(this.url)) await this.page.evaluate('localStorage.clear()');
    // What the page still asks for is of no account any more.
    await this.page.goto('about:blank');
    await this.page.context().clearCookies();
    await this.page.setViewportSize(windowSize);
    await this.page.emulateMedia({ colorScheme: 'light' });
    this.complaints.length = 0;
  }

  /**
   * Opens a page in a window that has forgotten everything else, signed in with the code of an admin link. The page that such
   * a link leads to is left out.
   */
  async begin(path: string, code: string): Promise<void> {
    await this.forget();
    const opened = await this.page.context().request.post(`${this.url}/api/session`, { data: { code } });
    if (!opened.ok()) throw new Error(`Nobody is signed in: ${await opened.text()}`);
    await this.load(path);
    await this.isLoaded();
  }

  /** Signs in on the page that an admin link leads to. */
  async enter(): Promise<void> {
    await enterByLink(this.page);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Waits until the text is there. A locator that waits soon looks twice a second only. */
  async sees(text: string | RegExp): Promise<void> {
    const place = this.page.getByText(text).first();
    const deadline = performance.now() + appearsWithinMs;
    while (performance.now() < deadline) {
      if (await place.isVisible()) return;
      await this.changes();
    }
    throw new Error(`The screen does not show ${text}; it shows ${await this.shown()}`);
  }

  /** The beginning of what can be read on the page, for the message of a failure. */
  private shown(): Promise<string> {
    return this.page.evaluate<string>(
      `(document.querySelector('main') ?? document.body).innerText.replaceAll(/\\s+/g, ' ').slice(0, 400)`,
    );
  }

  /** Does by keyboard what a button, a link or an entry of a menu is for. */
  async press(place: Locator): Promise<void> {
    await this.eventually(
      async () => (await place.count()) === 1 && (await place.isEnabled()),
      String(place),
    );
    // A page that has just opened may take the focus to its heading meanwhile.
    await this.eventually(
      async () => {
        await place.focus();
        return this.isFocused(place);
      },
      `focus at ${String(place)}`,
    );
    await this.page.keyboard.press('Enter');
  }

  /**
   * Saves by keyboard, and waits until the service has answered: words such as "saved" may stand on the page before, and a page
   * that is left meanwhile takes its request with it.
   */
  async saves(): Promise<void> {
    const [answer] = await Promise.all([
      this.page.waitForResponse(isOfWrite, { timeout: appearsWithinMs }),
      this.press(this.button('Save')),
    ]);
    if (!answer.ok()) throw new Error(`Nothing is saved: ${answer.status()} ${await answer.text()}`);
  }

  /** Waits until the focus is there. */
  async hasFocus(place: Locator): Promise<void> {
    await this.eventually(
      async () => (await place.count()) === 1 && (await this.isFocused(place)),
      `focus at ${String(place)}`,
    );
  }

  private isFocused(place: Locator): Promise<boolean> {
    return place.evaluate((element: unknown) => {
      const { ownerDocument } = element as { ownerDocument: { activeElement: unknown } };
      return ownerDocument.activeElement === element;
    });
  }

  /** Waits until what is read of the page is this. */
  async comesTo<T>(read: () => Promise<T>, wanted: T): Promise<void> {
    const is = await this.settled(read, wanted, appearsWithinMs);
    if (is !== wanted) throw new Error(`${String(wanted)} is expected of the page, which has ${String(is)}`);
  }

  /** Waits until a screen reader would have said it without being asked. */
  async announces(text: RegExp): Promise<void> {
    const region = this.page.locator('.announcer');
    await this.eventually(
      async () => text.test((await region.textContent()) ?? ''),
      `announcement of ${text}`,
    );
  }

  /** Looking all the time would cost more than what it looks at. */
  private async changes(): Promise<void> {
    // The page may go elsewhere meanwhile.
    await Promise.all([this.page.evaluate(nextChange).catch(() => undefined), sleep(checkEveryMs)]);
  }

  private async eventually(isSo: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + appearsWithinMs;
    while (performance.now() < deadline) {
      if (await isSo()) return;
      await this.changes();
    }
    const focused = await this.page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200) ?? ""');
    throw new Error(`There is no ${what}; the focus is at ${focused}`);
  }

  /** Lets so much time pass for the page that it asks again by itself. */
  async waitsForRefresh(): Promise<void> {
    await this.page.clock.fastForward(refreshedAfterMs);
  }

  /** Until the screen shows what it was opened for. */
  async isLoaded(): Promise<void> {
    const loaded = `document.querySelector('main h1') !== null
      && document.querySelector('.mantine-Skeleton-root') === null`;
    if (!(await this.settled(() => this.page.evaluate<boolean>(loaded), true, appearsWithinMs)))
      throw new Error(`The screen does not load; it shows ${await this.shown()}`);
  }

  /** How far the content sticks out of a window of this size, in pixels, once it has settled. */
  async overflowPx(size: { width: number; height: number }): Promise<number> {
    await this.page.setViewportSize(size);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    return this.settled(() => this.page.evaluate<number>(overflow), 0, settlesWithinMs);
  }

  /** What is read of the page, as soon as that is what is wanted, else what it was at last. */
  private async settled<T>(read: () => Promise<T>, wanted: T, withinMs: number): Promise<T> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const value = await read();
      if (value === wanted || performance.now() > deadline) return value;
      await this.changes();
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** What axe finds wrong: WCAG 2.2 AA and best practice, and in the dark theme what depends on colours. */
  async violations(): Promise<string[]> {
    await this.isLoaded();
    return [...(await this.axe('light', '')), ...(await this.axe('dark', colours))];
  }

  /** The same of colours alone, for a screen that was looked at in others. */
  async colourViolations(): Promise<string[]> {
    await this.isLoaded();
    return [...(await this.axe('light', colours)), ...(await this.axe('dark', colours))];
  }

  private async axe(colorScheme: 'light' | 'dark', options: string): Promise<string[]> {
    await this.page.emulateMedia({ colorScheme });
    if (!(await this.page.evaluate<boolean>('"axe" in window'))) await this.page.evaluate(axeSource);
    const results = await this.page.evaluate<axe.AxeResults>(
      `axe.run({ resultTypes: ["violations"], selectors: false, iframes: false${options} })`,
    );
    return results.violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
  }

  private listen(): void {
    this.page.on('pageerror', (error) => this.complaints.push(error.message));
    this.page.on('response', (response) => {
      // Requests of the ended session are refused.
      const refused = response.status() >= 400 && response.status() !== 401;
      // A manager's name is looked for among the members, then in the directory.
      const lookup = response.status() === 404 && /\/api\/members\/[^/]+$/.test(response.url());
      if (!refused || lookup) return;
      const asked = `${response.status()} ${response.request().method()} ${response.url()}`;
      const complaint = this.complaints.push(asked) - 1;
      response.text().then(
        (text) => (this.complaints[complaint] = `${asked} ${response.request().postData()} ${text}`),
        // The page went elsewhere before its body was read; that it was refused is told already.
        () => undefined,
      );
    });
    this.page.on('console', (message) => {
      // Of a refused request the browser complains by itself, without its address.
      const known = message.text().startsWith('Failed to load resource');
      if (!known && ['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
  }
}
