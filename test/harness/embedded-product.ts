import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { HostPages, type ProductAdmin } from './host-pages.ts';
import { type Service, startService } from './service.ts';
import { eventually } from './synchronize.ts';
import { KeyHost, newSignInKey } from './vendor-sign-in.ts';
import { givenWorkspace, type TestWorkspace } from './workspace.ts';

const key = newSignInKey('EdDSA');
const issuer = 'https://product.example';
const usual = { locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 720 } } as const;

/** A page of the product, and what it complained about and asked for. */
export interface ProductPage {
  page: Page;
  complaints: string[];
  asked: string[];
}

/** What the browser is that a product is looked at in. */
export interface ProductBrowser extends BrowserContextOptions {
  /** Runs first in every page and frame. */
  script?: string;
}

interface Parts {
  options: ProductBrowser;
  service: Service<SystemClock>;
  workspace: TestWorkspace;
  pages: HostPages;
  keys: KeyHost;
  browser: Browser;
}

/** A workspace whose settings screen is shown in a page of the product, in a browser that keeps nothing of other sites. */
export class EmbeddedProduct {
  readonly service: Service<SystemClock>;
  readonly workspace: TestWorkspace;
  readonly pages: HostPages;
  private readonly keys: KeyHost;
  private readonly browser: Browser;
  private readonly options: ProductBrowser;
  private opened: BrowserContext | null = null;
  /** Stays open from test to test: a new one compiles again what its pages run. */
  private window: Page | null = null;

  private constructor(parts: Parts) {
    this.options = parts.options;
    this.service = parts.service;
    this.workspace = parts.workspace;
    this.pages = parts.pages;
    this.keys = parts.keys;
    this.browser = parts.browser;
  }

  /** The product signs its admins in, and may show the screen. */
  static async start(options: ProductBrowser = {}): Promise<EmbeddedProduct> {
    const service = await startService({ clock: new SystemClock() });
    const workspace = await givenWorkspace(service);
    const keys = await KeyHost.start();
    keys.keys = [key];
    const pages = await HostPages.start(service.url);
    const identity = { issuer, jwksUri: keys.uri, audience: 'provisioning' };
    await workspace.operator.put('/operator/identity', identity).expect(200);
    const browser = await openBrowser({}, ['--test-third-party-cookie-phaseout']);
    return new EmbeddedProduct({ options, service, workspace, pages, keys, browser });
  }

  /**
   * Begins with a browser that knows nothing yet, an admin who is signed in to the product, and a product that may show the
   * screen.
   */
  async reset(): Promise<void> {
    // A page that is still open would begin another session when its own is ended.
    await (this.window === null ? this.begin() : this.forget(this.window));
    const { operator } = this.workspace;
    await operator
      .put('/operator/embedding', { origins: [this.pages.url, this.pages.sameSiteUrl] })
      .expect(200);
    await operator.delete(`/operator/workspaces/${this.workspace.id}/sessions`).expect(200);
    this.pages.admin = this.adminOf('ada@example.com', 'owner');
    this.pages.asked = 0;
    this.pages.body = '<user-provisioning></user-provisioning>';
  }

  /** Begins with a new browser. */
  private async begin(): Promise<BrowserContext> {
    await this.opened?.close();
    const { script, ...options } = this.options;
    const context = await this.browser.newContext({ ...usual, ...options });
    if (script !== undefined) await context.addInitScript(script);
    this.opened = context;
    this.window = await context.newPage();
    return context;
  }

  /** Leaves one window that shows nothing, and nothing that a site had the browser keep. */
  private async forget(window: Page): Promise<void> {
    for (const page of this.context.pages()) if (page !== window) await page.close();
    window.removeAllListeners();
    await window.goto('about:blank');
    await window.setViewportSize(this.options.viewport ?? usual.viewport);
    await this.context.clearCookies();
    const session = await this.context.newCDPSession(window);
    for (const origin of [this.service.url, this.pages.url, this.pages.sameSiteUrl])
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await session.detach();
  }

  /** The browser as {@link reset} left it. */
  get context(): BrowserContext {
    if (this.opened === null) throw new Error('No browser is open');
    return this.opened;
  }

  /** An admin of the product. */
  adminOf(email: string, role: string): ProductAdmin {
    return { key, email, role, workspace: this.workspace.id };
  }

  /** Opens the page of the product. */
  async open(url = this.pages.url): Promise<ProductPage> {
    const page = this.window ?? (await this.context.newPage());
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    return { page, complaints, asked };
  }

  /** Opens the page of the product in a browser of its own, whose clock the test turns. */
  async openWithClock(): Promise<Page> {
    const context = await this.begin();
    await context.clock.install();
    const { page } = await this.open();
    // Nobody can turn it back.
    this.window = null;
    return page;
  }

  /** The frame with the screen, as soon as it is there. */
  screenIn(page: Page): Promise<Frame> {
    const isScreen = (frame: Frame) => frame.url().startsWith(`${this.service.url}/settings/`);
    return eventually(() => Promise.resolve(page.frames().find(isScreen) ?? null));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.pages.stop();
    this.keys.stop();
  }
}
