import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { SystemClock } from '../../src/database/clock.ts';
import { EmbeddedProduct } from '../harness/embedded-product.ts';
import { HostPages } from '../harness/host-pages.ts';
import type { Service } from '../harness/service.ts';
import { eventually } from '../harness/synchronize.ts';
import { newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

const away = 2 * 60_000;

let embedded: EmbeddedProduct;
let service: Service<SystemClock>;
let workspace: TestWorkspace;
let product: HostPages;
let context: BrowserContext;

interface Told {
  type: string;
  path?: string;
  px?: number;
  area?: string;
  detail?: string;
}

/** A browser that keeps nothing of other sites throws where a page so much as looks for its storage. */
const script = `if (window.parent !== window) for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError'); } });`;

beforeAll(async () => {
  // Nobody looks at the picture, which is painted by a processor.
  embedded = await EmbeddedProduct.start({ script, deviceScaleFactor: 0.5 });
  ({ service, workspace, pages: product } = embedded);
});

afterAll(() => embedded?.stop());

beforeEach(async () => {
  await embedded.reset();
  ({ context } = embedded);
});

const openProduct = (url?: string) => embedded.open(url);
const screenIn = (page: Page) => embedded.screenIn(page);
const told = (page: Page) => page.evaluate<Told[]>('window.told');
const toldOf = (page: Page, type: string) =>
  eventually(async () => (await told(page)).findLast((each) => each.type === type) ?? null);
const sessions = async () =>
  (await workspace.operator.get(`/operator/workspaces/${workspace.id}/sessions`).expect(200)).body.items;

describe('the settings screen in a page of the product', () => {
  it('is signed in by the product, with no cookie, no storage and no secret in an address', async () => {
    const { page, complaints, asked } = await openProduct();
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'User Provisioning' }).waitFor();
    await toldOf(page, 'ready');
    expect((await toldOf(page, 'navigated')).path).toBe('user-provisioning');
    expect((await toldOf(page, 'height')).px).toBeGreaterThan(300);
    expect(await context.cookies()).toEqual([]);
    expect(asked.filter((url) => /mca_|eyJ/.test(url))).toEqual([]);
    const [session] = await sessions();
    expect(session).toMatchObject({ email: 'ada@example.com' });
    expect(complaints).toEqual([]);
    // The browser of this test lets frames of other sites have no cookies.
    await frame.evaluate(`document.cookie = 'probe=1; SameSite=None; Secure'`);
    expect(await frame.evaluate('document.cookie')).toBe('');
  });

  it('tells where it is and what was changed, and goes where the product wants', async () => {
    product.body = '<user-provisioning path="members" locale="de" color-scheme="dark"></user-provisioning>';
    const { page, complaints } = await openProduct();
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'Mitglieder', exact: true }).waitFor();
    expect(await frame.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    expect(await frame.getByRole('menuitem', { name: 'Abmelden' }).count()).toBe(0);
    await frame.getByRole('button', { name: 'Mitglied hinzufügen' }).click();
    await frame.getByRole('dialog').getByLabel('E-Mail').fill('cara@example.com');
    await frame
      .getByRole('dialog')
      .getByRole('button', { name: /hinzufügen|Anlegen|Speichern/ })
      .click();
    expect((await toldOf(page, 'changed')).area).toBe('members');
    await eventually(async () =>
      (await toldOf(page, 'navigated')).path?.startsWith('members/') ? true : null,
    );
    await page.evaluate(`document.querySelector('user-provisioning').setAttribute('path', 'groups')`);
    await page.evaluate(`document.querySelector('user-provisioning').setAttribute('locale', 'en')`);
    await page.evaluate(`document.querySelector('user-provisioning').setAttribute('color-scheme', 'light')`);
    await frame.getByRole('heading', { name: 'Groups', exact: true }).waitFor();
    expect(await frame.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('light');
    expect(complaints).toEqual([]);
  });

  it('needs neither its head nor its navigation, which a window of its own has all the same', async () => {
    const hide = (...parts: string[]) =>
      workspace.operator.put('/operator/branding', { hide: parts }).expect(200);
    await hide('header', 'navigation');
    product.body = '<user-provisioning path="members"></user-provisioning>';
    const { page } = await openProduct();
    await (await screenIn(page)).getByText('Export CSV').waitFor();
    const counts = async () => {
      const frame = await screenIn(page);
      return [await frame.locator('header').count(), await frame.locator('nav').count()];
    };
    expect(await counts()).toEqual([0, 0]);
    await hide('header');
    await page.setViewportSize({ width: 375, height: 1000 });
    await page.reload();
    // Without the head the navigation can be reached on a phone.
    const frame = await screenIn(page);
    await frame.locator('main').getByRole('button', { name: 'Menu' }).click();
    await frame.getByRole('link', { name: 'Groups', exact: true }).click();
    await frame.getByRole('heading', { name: 'Groups', exact: true }).waitFor();
    await hide('header', 'navigation');
    const own = await context.newPage();
    await own.goto(`${service.url}/settings/members#code=${await newAdminCode(service, workspace.id)}`);
    await own.locator('.enter').click();
    await own.getByRole('button', { name: 'Account: admin@example.com' }).waitFor();
    await hide();
  });

  it('saves files, which a link could not ask for without a cookie', async () => {
    product.body = '<user-provisioning path="members"></user-provisioning>';
    const { page } = await openProduct();
    const frame = await screenIn(page);
    const downloaded = page.waitForEvent('download');
    await frame.getByText('Export CSV').click();
    const file = await downloaded;
    expect(file.suggestedFilename()).toBe('members.csv');
    expect(await readFile(await file.path(), 'utf8')).toContain('email');
  });

  it('is signed in again when its session ends while somebody is there, and they notice nothing', async () => {
    const { page } = await openProduct();
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'User Provisioning' }).waitFor();
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}/sessions`).expect(200);
    await frame.getByRole('link', { name: 'Members', exact: true }).click();
    await frame.getByText('Export CSV').waitFor();
    await frame.getByRole('link', { name: 'Groups', exact: true }).click();
    await eventually(async () => ((await sessions()).length === 1 ? true : null));
    expect(await frame.getByText('Your session has ended').count()).toBe(0);
    expect(product.asked).toBe(2);
  });

  it('is renewed before its end while somebody is there, and the one before ends', async () => {
    const page = await embedded.openWithClock();
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'User Provisioning' }).waitFor();
    const [first] = await sessions();
    await page.clock.fastForward(12 * 60 * 60_000 - 5 * 60_000 - 30_000);
    await frame.getByRole('link', { name: 'Members', exact: true }).click();
    await frame.getByText('Export CSV').waitFor();
    await page.clock.fastForward(40_000);
    expect(await toldOf(page, 'session-expiring')).toMatchObject({ expiresAt: first?.expiresAt });
    await eventually(async () => {
      const left = await sessions();
      return left.length === 1 && left[0]?.id !== first?.id ? true : null;
    });
    expect(product.asked).toBe(2);
  });

  it('waits for somebody who went away, and goes on when they are back', async () => {
    const page = await embedded.openWithClock();
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'User Provisioning' }).waitFor();
    await page.clock.fastForward(away);
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}/sessions`).expect(200);
    await page.clock.fastForward(away);
    await frame.getByText('Your session has ended').waitFor();
    expect([product.asked, (await sessions()).length]).toEqual([1, 0]);
    const { admin } = product;
    product.admin = null;
    await frame.getByRole('button', { name: 'Continue' }).click();
    await frame.getByText(/ has not signed you in again\. Sign in there, then try again\./).waitFor();
    product.admin = admin;
    await frame.getByRole('button', { name: 'Continue' }).click();
    await frame.getByText('Your session has ended').waitFor({ state: 'detached' });
    expect([product.asked, (await sessions()).length]).toEqual([3, 1]);
  });

  it('begins from the start when the product then says that it is somebody else', async () => {
    const { page } = await openProduct();
    const frame = await screenIn(page);
    await frame.getByRole('button', { name: 'Account: Ada (ada@example.com)' }).waitFor();
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}/sessions`).expect(200);
    product.admin = embedded.adminOf('bob@example.com', 'viewer');
    await frame.getByRole('link', { name: 'Members', exact: true }).click();
    await frame.getByText('You are signed in as a viewer').waitFor();
    await frame.getByRole('button', { name: 'Account: Ada (bob@example.com)' }).waitFor();
  });

  it('ends its session when the product takes it away', async () => {
    const { page } = await openProduct();
    await (await screenIn(page)).getByRole('heading', { name: 'User Provisioning' }).waitFor();
    expect(await sessions()).toHaveLength(1);
    await page.evaluate(`document.querySelector('user-provisioning').remove()`);
    await eventually(async () => ((await sessions()).length === 0 ? true : null));
  });

  it('is not who the browser is signed in as elsewhere, also on the same site', async () => {
    const own = await context.newPage();
    await own.goto(`${service.url}/settings/members#code=${await newAdminCode(service, workspace.id)}`);
    await own.locator('.enter').click();
    await own.getByText('Export CSV').waitFor();
    product.admin = embedded.adminOf('bob@example.com', 'viewer');
    const { page } = await openProduct(product.sameSiteUrl);
    const frame = await screenIn(page);
    await frame.getByRole('button', { name: 'Account: Ada (bob@example.com)' }).waitFor();
    // The other one stays signed in.
    await own.reload();
    await own.getByRole('button', { name: 'Account: admin@example.com' }).waitFor();
  });

  it('shows nothing when the product signs nobody in, and says why', async () => {
    product.admin = null;
    const { page } = await openProduct(product.sameSiteUrl);
    const frame = await screenIn(page);
    await frame.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect((await toldOf(page, 'sign-in-failed')).detail).toBe('Nobody is signed in to the product');
    product.admin = { ...embedded.adminOf('ada@example.com', 'owner'), workspace: 'ext:nobody' };
    await frame.getByRole('button', { name: 'Try again' }).click();
    await eventually(async () =>
      /names no workspace/.test((await toldOf(page, 'sign-in-failed')).detail ?? '') ? true : null,
    );
    product.admin = { ...product.admin, workspace: workspace.id };
    await (await screenIn(page)).getByRole('button', { name: 'Try again' }).click();
    await (await screenIn(page)).getByRole('heading', { name: 'User Provisioning' }).waitFor();
  });
});

describe('somebody who is not trusted', () => {
  it('cannot show the screen in a frame: the browser refuses, and nobody is asked who is signed in', async () => {
    await workspace.operator.put('/operator/embedding', { origins: ['https://app.example'] }).expect(200);
    const { page, complaints } = await openProduct();
    await eventually(() =>
      Promise.resolve(complaints.some((text) => text.includes('frame-ancestors')) ? true : null),
    );
    expect(page.frames()[1]?.url()).toMatch(/^chrome-error:/);
    expect([product.asked, await told(page), (await sessions()).length]).toEqual([0, [], 0]);
  });

  it('cannot show it around the product either', async () => {
    const evil = await HostPages.start(service.url);
    evil.body = `<iframe src="${product.url}"></iframe><user-provisioning></user-provisioning>`;
    const { page, complaints } = await openProduct(evil.url);
    await eventually(() =>
      Promise.resolve(complaints.filter((text) => text.includes('frame-ancestors')).length > 1 ? true : null),
    );
    expect(page.frames().filter((frame) => frame.url().startsWith(service.url))).toEqual([]);
    await evil.stop();
  });

  it('gets no assertion and signs nobody in from another frame of the same page', async () => {
    const thief = await HostPages.start(service.url);
    product.body = `<iframe src="${thief.url}/thief"></iframe><user-provisioning></user-provisioning>`;
    const { page } = await openProduct();
    const frame = await screenIn(page);
    await frame.getByRole('button', { name: 'Account: Ada (ada@example.com)' }).waitFor();
    const other = page.frames().find((each) => each.url().startsWith(thief.url));
    await page.waitForTimeout(300);
    expect(await other?.evaluate('window.caught')).toEqual([]);
    expect(product.asked).toBe(1);
    expect((await told(page)).filter(({ path }) => path === 'stolen')).toEqual([]);
    expect(frame.url()).toBe(`${service.url}/settings/user-provisioning`);
    await thief.stop();
  });
});
