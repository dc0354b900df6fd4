import type { Browser, Page, Route } from 'playwright-core';
import { enterByLink } from '../../scripts/screenshots/browser.ts';
import { arriveAt, leave } from './screen-move.ts';

const appearsWithinMs = 60_000;
const settlesMs = 60;
/** What is typed where something is missing; else the name of the workspace, which is asked for before the worst. */
const texts: Readonly<Record<string, string>> = {
  url: 'https://example.com/',
  email: 'somebody@example.com',
};
const clickWithinMs = 3_000;
const id = /[0-9a-f-]{36}|(?<=versions\/)\d+/g;
/** What each row of a list is called: what it is about makes no difference. */
const row = 'row ';

/** Marks everything that can be pressed now, and answers with the words on it; people's rows are all called row. */
const markPressable = `(() => {
  const dialogs = [...document.querySelectorAll('[role=dialog]')].filter((each) => each.checkVisibility());
  const scopes = dialogs.length > 0 ? dialogs.slice(-1) : [...document.querySelectorAll('main, [role=menu]')];
  const inside = dialogs.length > 0 && dialogs.at(-1).querySelector('button[type=submit]');
  const found = scopes.flatMap((scope) => [...scope.querySelectorAll(
    inside ? 'button[type=submit]' : 'button:not(.filter-chip), [role=menuitem], input[type=checkbox], input[type=radio]')]);
  document.querySelectorAll('[data-walk]').forEach((each) => each.removeAttribute('data-walk'));
  return found
    .filter((each) => each.checkVisibility() && !each.matches(':disabled, [aria-disabled=true], [data-disabled]'))
    .map((each, at) => {
      each.setAttribute('data-walk', String(at));
      const isRow = each.matches('.row-open, .row-cells, .row-tick *');
      const label = (each.getAttribute('aria-label') ?? '').split(' ').slice(0, 2).join(' ');
      const words = each.labels?.[0]?.innerText || each.innerText || each.className;
      return (isRow ? '${row}' + each.type : words + '|' + label).replaceAll(/\\d+/g, '#').trim();
    });
})()`;
const refusedInWords = `[...document.querySelectorAll('main [aria-disabled=true][title], main fieldset:disabled[title]')]
  .map((each) => each.getAttribute('title'))`;
const fillEmpty = `[...document.querySelectorAll('[role=dialog] input:is([type=text], [type=url], [type=email], :not([type])), [role=dialog] textarea')]
  .filter((each) => each.value === '' && !each.disabled && !each.readOnly).length`;

/**
 * An admin who presses everything that a page offers, and everything in the windows that open, once for each wording. What
 * a page sends does not reach the service, unless the service is expected to refuse it.
 */
export class ScreenWalk {
  /** The writes that were sent, as method and path; ids are `{id}`. */
  readonly sent = new Set<string>();
  /** The writes that the service refused. */
  readonly refused = new Set<string>();
  /** Why what can not be pressed cannot, as far as it says so. */
  readonly reasons = new Set<string>();
  private readonly page: Page;
  /** What was pressed on a screen already: addresses of the same one offer the same acts in the same words. */
  private readonly pressed = new Map<string, Set<string>>();

  private constructor(page: Page) {
    this.page = page;
  }

  /**
   * @param code of an admin link
   * @param isAllowed whether the service is expected to take a write
   */
  static async begin(
    browser: Browser,
    url: string,
    code: string,
    isAllowed: (method: string, path: string) => boolean,
  ): Promise<ScreenWalk> {
    const context = await browser.newContext({
      locale: 'en-GB',
      deviceScaleFactor: 0.5,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(appearsWithinMs);
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    const walk = new ScreenWalk(page);
    await page.goto(`${url}/settings/user-provisioning#code=${code}`);
    await enterByLink(page);
    await page.locator('main h1').waitFor();
    await page.route('**/api/**', (route) => walk.pass(route, isAllowed));
    return walk;
  }

  /** Presses everything on a page that was not pressed on another page of the same screen. */
  async press(path: string): Promise<void> {
    await this.open(path);
    const tick = this.page.locator('main .row-tick input').first();
    if ((await tick.count()) > 0) await tick.click();
    const screen = path.replace(/\?.*/, '').replaceAll(id, '{id}');
    const seen = this.pressed.get(screen) ?? new Set();
    this.pressed.set(screen, seen);
    for (const words of seen) if (words.startsWith(row)) seen.delete(words);
    const address = () => new URL(this.page.url()).pathname;
    const here = address();
    for (;;) {
      for (const reason of await this.page.evaluate<string[]>(refusedInWords)) this.reasons.add(reason);
      const next = await this.pressNext(seen);
      if (next === null) return;
      if ((await this.page.locator('[role=dialog]:visible').count()) > 0) {
        await this.pressInside(seen, next);
        await this.close(path);
      } else if (address() !== here) await this.open(path);
    }
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }

  private async pressInside(seen: Set<string>, opener: string): Promise<void> {
    const inside = new Set<string>();
    // Some windows ask what would happen before they let anybody confirm it.
    await this.page
      .locator('[role=dialog] [role=status]', { hasText: 'Checking what this does' })
      .waitFor({ state: 'detached', timeout: clickWithinMs })
      .catch(() => undefined);
    for (;;) {
      await this.fill();
      const next = await this.pressNext(inside, /^(?:Cancel|Close|Keep|Continue|Discard)/);
      if (next === null || (await this.page.locator('[role=dialog]:visible').count()) === 0) break;
    }
    seen.add(opener);
  }

  /** Presses what has not been pressed; null: there is nothing more. */
  private async pressNext(seen: Set<string>, except = /^$/): Promise<string | null> {
    const offered = await this.page.evaluate<string[]>(markPressable);
    const at = offered.findIndex((words) => !seen.has(words) && !except.test(words));
    const words = offered[at];
    if (words === undefined) return null;
    seen.add(words);
    // What is covered by something else cannot be pressed by anybody.
    await this.page
      .locator(`[data-walk="${at}"]`)
      .click({ timeout: clickWithinMs })
      .catch(() => undefined);
    await this.page.waitForTimeout(settlesMs);
    return words;
  }

  /** Closes the window that is open; what was typed is given up. */
  private async close(path: string): Promise<void> {
    await this.page.keyboard.press('Escape');
    const discard = this.page.getByRole('button', { name: 'Discard changes' });
    if ((await discard.count()) > 0) await discard.click();
    await this.page.waitForTimeout(settlesMs);
    if ((await this.page.locator('[role=dialog]:visible').count()) > 0) await this.open(path);
  }

  private async fill(): Promise<void> {
    if ((await this.page.evaluate<number>(fillEmpty)) === 0) return;
    const inputs = this.page.locator('[role=dialog] input:visible, [role=dialog] textarea:visible');
    for (const input of await inputs.all()) {
      const type = (await input.getAttribute('type')) ?? 'text';
      if (!['text', 'email', 'url'].includes(type) || !(await input.isEditable().catch(() => false)))
        continue;
      if ((await input.inputValue()) !== '') continue;
      await input.fill(texts[type] ?? 'Example AG');
    }
  }

  private async open(path: string): Promise<void> {
    await this.page.evaluate(leave);
    await this.page.evaluate(arriveAt(path));
    await this.page.locator('main h1').waitFor();
    await this.page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    await this.page.waitForTimeout(settlesMs);
  }

  private async pass(route: Route, isAllowed: (method: string, path: string) => boolean): Promise<void> {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    if (request.method() === 'GET') return route.continue();
    const write = `${request.method()} ${path.replaceAll(id, '{id}')}`;
    this.sent.add(write);
    if (isAllowed(request.method(), path)) {
      return route.fulfill({
        status: 409,
        json: { type: 'conflict', title: 'Not in this walk', status: 409 },
      });
    }
    const response = await route.fetch();
    this.refused.add(`${response.status()} ${write}`);
    return route.fulfill({ response });
  }
}
