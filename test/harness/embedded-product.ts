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

/** A page of the product, and what it complained about and asked for. */
export interface ProductPage {
  page: Page;
  complaints: string[];
  asked: string[];
}

interface Parts {
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
  private opened: BrowserContext | null = null;

  private constructor(parts: Parts) {
    this.service = parts.service;
    this.workspace = parts.workspace;
    this.pages = parts.pages;
    this.keys = parts.keys;
    this.browser = parts.browser;
  }

  /** The product signs its admins in, and may show the screen. */
  static async start(): Promise<EmbeddedProduct> {
    const service = await startService({ clock: new SystemClock() });
    const workspace = await givenWorkspace(service);
    const keys = await KeyHost.start();
    keys.keys = [key];
    const pages = await HostPages.start(service.url);
    const identity = { issuer, jwksUri: keys.uri, audience: 'provisioning' };
    await workspace.operator.put('/operator/identity', identity).expect(200);
    const browser = await openBrowser({}, ['--test-third-party-cookie-phaseout']);
    return new EmbeddedProduct({ service, workspace, pages, keys, browser });
  }

  /**
   * Begins with a browser that knows nothing yet, an admin who is signed in to the product, and a product that may show the
   * screen.
   */
  async reset(options: BrowserContextOptions = {}): Promise<void> {
    // A page that is still open would begin another session when its own is ended.
    await this.opened?.close();
    const { operator } = this.workspace;
    await operator
      .put('/operator/embedding', { origins: [this.pages.url, this.pages.sameSiteUrl] })
      .expect(200);
    await operator.delete(`/operator/workspaces/${this.workspace.id}/sessions`).expect(200);
    this.pages.admin = this.adminOf('ada@example.com', 'owner');
    this.pages.asked = 0;
    this.pages.body = '<user-provisioning></user-provisioning>';
    const given: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' };
    this.opened = await this.browser.newContext({ ...given, ...options });
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
    const page = await this.context.newPage();
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
