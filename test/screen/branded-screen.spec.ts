import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { Screen } from '../harness/screen.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { type Service, startService } from '../harness/service.ts';
import { givenWorkspace, newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(180_000);

let service: Service<SystemClock>;
let workspace: TestWorkspace;
let browser: Browser;
let screen: Screen;

const logo = (inside: string) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">${inside}</svg>`).toString('base64')}`;

/** Brands that are far from each other: a warm one, one that is nearly black, and one of the brightest that is let in. */
const brands = [
  {
    productName: 'Fernweh',
    accentColor: '#b3261e',
    radius: 0,
    fontFamily: 'Georgia, serif',
    logo: logo('<rect width="60" height="20" fill="#b3261e"/>'),
    supportUrl: 'https://help.example/',
  },
  { productName: 'Tinte', accentColor: '#0b1f3a', radius: 24 },
  { productName: 'Limette', accentColor: '#00804a', logo: logo('<circle cx="10" cy="10" r="9"/>') },
];
/** Pages on which nearly everything is that follows the accent. */
const pages = [
  'user-provisioning',
  'user-provisioning/synchronize',
  'user-provisioning/connect',
  'members',
  'sessions',
];

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  workspace = await givenWorkspace(service);
  for (const name of ['ada', 'bob']) await givenPerson(workspace.scim, `${name}@example.com`);
  browser = await openBrowser();
  screen = await Screen.open(browser, service.url, 'en-GB');
});

afterAll(async () => {
  await browser?.close();
});

describe('the settings screen in the colours of a product', () => {
  it.each(brands)('can be read and used by everybody, light and dark: $productName', async (brand) => {
    await workspace.operator.put('/operator/branding', brand).expect(200);
    await screen.begin('user-provisioning', await newAdminCode(service, workspace.id));
    await screen.sees(brand.productName);
    for (const path of pages) {
      await screen.page.emulateMedia({ colorScheme: 'light' });
      await screen.goto(path);
      // What a brand brings beyond colours is on every page the same.
      const found = path === pages[0] ? await screen.violations() : await screen.colourViolations();
      expect([path, found]).toEqual([path, []]);
    }
    await screen.page.emulateMedia({ colorScheme: 'light' });
    await screen.goto('members');
    await screen.isLoaded();
    const filled = `getComputedStyle([...document.querySelectorAll('main button')].at(-1)).backgroundColor`;
    expect(await screen.page.evaluate(filled)).toBe(rgbOf(brand.accentColor));
    expect(screen.complaints).toEqual([]);
  });

  it('has its name, picture and help, and leaves out what the product does', async () => {
    const [brand] = brands;
    await workspace.operator
      .put('/operator/branding', {
        ...brand,
        hide: ['members', 'groups', 'properties', 'api-docs', 'sessions'],
      })
      .expect(200);
    await screen.forget();
    await screen.page.goto(
      `${service.url}/settings/user-provisioning#code=${await newAdminCode(service, workspace.id)}`,
    );
    await screen.sees('The link that led you here opens the settings of Fernweh.');
    await screen.enter();
    await screen.isLoaded();
    expect(await screen.page.title()).toBe('User Provisioning – Example AG – Fernweh');
    const icon = await screen.page
      .locator('header img')
      .evaluate((each) => (each as unknown as { naturalWidth: number }).naturalWidth);
    expect(icon).toBeGreaterThan(0);
    expect(await screen.page.getByRole('link', { name: /^Get help/ }).getAttribute('href')).toBe(
      'https://help.example/',
    );
    for (const name of ['Members', 'Groups', 'Properties'])
      expect(await screen.page.getByRole('link', { name, exact: true }).count()).toBe(0);
    await screen.goto('members');
    await screen.sees('This page does not exist');
    expect(screen.complaints).toEqual([]);
  });
});

describe('a link of the product', () => {
  it('opens the screen in its language and theme, by the name of the admin, with the way back', async () => {
    await workspace.operator.put('/operator/branding', { productName: 'Fernweh' }).expect(200);
    await workspace.operator.put('/operator/embedding', { origins: ['https://app.example'] }).expect(200);
    const { body } = await workspace.operator
      .post(`/operator/workspaces/${workspace.id}/admin-links`, {
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        locale: 'de',
        colorScheme: 'dark',
        path: 'members',
        returnUrl: 'https://app.example/settings',
      })
      .expect(201);
    await screen.forget();
    await screen.page.goto(body.url);
    await screen.sees('Anmelden');
    expect(await screen.page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    await screen.enter();
    await screen.isLoaded();
    expect(new URL(screen.page.url()).pathname).toBe('/settings/members');
    await screen.sees('Ada Lovelace');
    const back = screen.page.getByRole('link', { name: 'Zurück zu Fernweh' });
    expect(await back.getAttribute('href')).toBe('https://app.example/settings');
    // What was asked for stays, and so does the way back.
    await screen.page.reload();
    await screen.isLoaded();
    await back.waitFor();
    expect(await screen.page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    expect(await screen.violations()).toEqual([]);
    expect(screen.complaints).toEqual([]);
  });
});

function rgbOf(hex: string): string {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.join(', ')})`;
}
