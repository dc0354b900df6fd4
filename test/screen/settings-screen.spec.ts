import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { request as openRequest } from 'node:http';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Browser } from 'playwright-core';
import supertest from 'supertest';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { providers } from '../../web/src/guides/guide.ts';
import { guides } from '../../web/src/guides/guides.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';
import { type PathProxy, startPathProxy } from '../harness/path-proxy.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { givenWorkspace, newAdminCode, scimClient, type TestWorkspace } from '../harness/workspace.ts';

const page = '/settings/user-provisioning';
/** What the first load of the page may weigh over the wire, in bytes, and what its styles may. */
const firstLoadMaxBytes = 260_000;
const stylesMaxBytes = 40_000;
/** Over HTTP/1.1 browsers ask for six files at a time; the small one that comes first makes room for the seventh. */
const firstFilesMax = 7;

/** Refusals of the operator and of product keys, which the page does not meet. */
const metElsewhere = [
  'external-id-taken',
  'key-limited',
  'key-not-live',
  'not-provisioned',
  'operator-only',
  'role-in-use',
  'scope-missing',
  'seats-in-use',
  'slug-taken',
  'too-many-secrets',
  'too-many-webhooks',
  'webhook-disabled',
] as const;

interface ManifestEntry {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

let service: Service;

beforeAll(async () => {
  service = await startService();
});

/** How many bytes of body come for a file, which must come compressed where it is not tiny. */
function weightOf(path: string, encoding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = openRequest(
      service.url + path,
      { headers: { 'accept-encoding': encoding } },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.once('end', () => {
          const isRight =
            response.statusCode === 200 &&
            (bytes < 1_000 || response.headers['content-encoding'] === encoding);
          if (isRight) resolve(bytes);
          else reject(new Error(`${path}: ${response.statusCode}, ${response.headers['content-encoding']}`));
        });
      },
    );
    request.once('error', reject).end();
  });
}

describe('the settings page', () => {
  it.each([
    page,
    `${page}/synchronize?kind=held`,
    `${page}/`,
    `${page}/runs/some-run`,
    '/settings/members',
    '/settings/groups/some-group',
  ])('answers at %s', async (path) => {
    const response = await service.http.get(path).expect(200);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('src="/settings/assets/');
  });

  it('answers at every address that the page itself knows, so that each survives a reload', async () => {
    const routes = readFileSync(join(import.meta.dirname, '../../web/src/app.tsx'), 'utf8');
    const paths = [...routes.matchAll(/^ {6}<Route path="([\w-]+)/gm)].map(([, path = '']) => path);
    expect(paths).toEqual(expect.arrayContaining(['user-provisioning', 'members', 'sessions']));
    for (const path of paths) {
      const { type } = await service.http.get(`/settings/${path}`).expect(200);
      expect([path, type]).toEqual([path, 'text/html']);
    }
  });

  it.each(['/', '/settings'])('is where %s leads', async (path) => {
    const response = await service.http.get(path).expect(302);
    expect(response.headers.location).toBe(page);
  });

  it('lets nothing run or load but the files of the service', async () => {
    const response = await service.http.get(page);
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'nonce-`);
    expect(policy).not.toContain('unsafe');
    expect(response.headers['permissions-policy']).toContain('camera=(), clipboard-read=()');
    expect(response.text).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|https?:\/\//);
  });

  it('gives its style elements a new nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await service.http.get(page);
        const [, nonce] = /name="style-nonce" content="([^"]+)"/.exec(response.text) ?? [];
        expect(String(response.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});

describe('the files of the page', () => {
  const files = globSync('dist/web/assets/*').map((file) => basename(file));
  const manifest = JSON.parse(readFileSync('dist/web/.vite/manifest.json', 'utf8')) as Record<
    string,
    ManifestEntry
  >;

  it('are kept for good, since their names change with their content', async () => {
    const response = await service.http.get(`/settings/assets/assets/${files[0]}`).expect(200);
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['br', 'gzip'])(
    'are few at the first load, and weigh at most 260 kB over the wire, 40 kB of it styles: %s',
    async (encoding) => {
      const loaded = new Set<string>();
      const load = (key: string) => {
        const entry = manifest[key];
        if (entry === undefined || loaded.has(entry.file)) return;
        for (const file of [entry.file, ...(entry.css ?? [])]) loaded.add(file);
        for (const imported of entry.imports ?? []) load(imported);
      };
      for (const [key, { isEntry }] of Object.entries(manifest)) if (isEntry) load(key);
      load('src/locales/first-de.ts');
      const weigh = async (files: string[]) => {
        const weights = files.map((file) => weightOf(`/settings/assets/${file}`, encoding));
        return (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0);
      };
      expect(loaded.size).toBeLessThanOrEqual(firstFilesMax);
      const styles = [...loaded].filter((file) => file.endsWith('.css'));
      expect(styles).not.toEqual([]);
      expect(await weigh(styles)).toBeLessThan(stylesMaxBytes);
      expect(await weigh([...loaded])).toBeLessThan(firstLoadMaxBytes);
    },
  );

  it('are plain for who takes no compressed ones, and caches keep the forms apart', async () => {
    // A small file has no other form.
    const file = files.find((name) => name.endsWith('.css') && files.includes(`${name}.br`)) ?? '';
    const plain = await fetch(`${service.url}/settings/assets/assets/${file}`, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
      null,
      'Accept-Encoding',
    ]);
    expect(await plain.text()).toBe(readFileSync(`dist/web/assets/${file}`, 'utf8'));
  });

  it.each([
    '/settings/assets/no.js',
    '/settings/assets/..%2f..%2fpackage.json',
    '/settings/assets/',
    '/settings/assets/.vite/manifest.json',
    '/settings/no',
  ])('do not include %s', async (path) => {
    const response = await service.http.get(path);
    expect([response.status, response.type]).toEqual([404, 'application/problem+json']);
  });
});

describe('the texts of the page', () => {
  /** The names of the values that an ICU message asks for. */
  const valuesOf = (text: string) => {
    const names = new Set<string>();
    JSON.stringify(
      new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst(),
      (_, part: unknown) => {
        // 0 is a literal text; 7 is `#`. All other elements name a value.
        const { type, value } = (part ?? {}) as { type?: unknown; value?: unknown };
        if (typeof type === 'number' && type !== 0 && typeof value === 'string') names.add(value);
        return part;
      },
    );
    return [...names].sort();
  };

  it('are there in both languages', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en));
    expect(Object.values({ ...en, ...de }).every((text) => text.trim() !== '')).toBe(true);
  });

  it('name the same values in both languages', () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect({ key, values: valuesOf(de[key]) }).toEqual({ key, values: valuesOf(en[key]) });
    }
  });

  it('count one differently from many, in both languages', () => {
    const word = (text: string, count: number) => new IntlMessageFormat(text, 'en').format({ count });
    expect([1, 2].map((count) => word(en['choice.people'], count))).toEqual(['1 person', '2 people']);
    expect([1, 2].map((count) => word(de['choice.people'], count))).toEqual(['1 Person', '2 Personen']);
  });

  it('word every refusal that an admin can meet', () => {
    const sources = globSync('../../src/**/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.spec.ts'] });
    const thrown = sources.flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8');
      return [...text.matchAll(/new (?:Conflict|Forbidden)Error\(\s*'([a-z-]+)'/g)].map(([, type]) => type);
    });
    const worded = new Set(Object.keys(en));
    expect(thrown).toContain('email-taken');
    // Those of an act about many are told with what became of everybody.
    const isWorded = (type = '') => worded.has(`problem.${type}`) || worded.has(`refusal.${type}`);
    const unworded = new Set(thrown.filter((type) => !isWorded(type)));
    expect([...unworded].sort()).toEqual([...metElsewhere]);
  });

  it.each(providers)(
    'guide through the set-up of %s with the names of its portal, in English beside the German',
    (provider) => {
      // A German sentence may name them in another order.
      const namesIn = (text: string) =>
        [...text.matchAll(/\[\[(.+?)\]\]/g)]
          .map(([, name = '']) => (name.split('|').at(-1) ?? '').replace(/^\+ /, ''))
          .sort();
      const texts = guides[provider].flatMap(({ phases }) =>
        phases.flatMap(({ steps, failed = [] }) => [...steps.map(({ text }) => text), ...failed]),
      );
      expect(texts.length).toBeGreaterThan(2);
      for (const { en: english, de: german } of texts) expect(namesIn(german)).toEqual(namesIn(english));
    },
  );
});

describe('the other parts of the service', () => {
  it.each([
    // Behind a door nothing is told without its credentials, not even what does not exist.
    ['/api/no-such', 401, 'application/problem+json'],
    ['/operator/no-such', 401, 'application/problem+json'],
    ['/no-such', 404, 'application/problem+json'],
    ['/scim/no-such', 401, 'application/scim+json'],
  ])('still answer %s with their own %i', async (path, status, type) => {
    const response = await service.http.get(path);
    expect([response.status, response.type]).toEqual([status, type]);
  });

  it('still take no write at the address of the page', async () => {
    await service.http.post(page).expect(404);
  });
});

describe('behind a reverse proxy, below a path', () => {
  const path = '/users/eu';
  const productName = 'Söhne & <Töchter>';
  let proxy: PathProxy;
  let below: Service<SystemClock>;
  let workspace: TestWorkspace;
  let browser: Browser;

  beforeAll(async () => {
    proxy = await startPathProxy(path);
    const config = { PUBLIC_URL: `${proxy.url}/`, PRODUCT_NAME: productName };
    const { databaseUrl } = service;
    below = await startService({ clock: new SystemClock(), databaseUrl, config });
    workspace = await givenWorkspace(below);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await proxy?.stop();
  });

  it.each([true, false])(
    'everything answers, whether the proxy takes the path off: %s',
    async (stripsPath) => {
      proxy.passTo(below.url, { stripsPath });
      const http = supertest(proxy.url);
      await http.get('/health/live').expect(200);
      await http.get('/').expect(302).expect('Location', `${path}${page}`);
      const { text } = await http.get('/settings/members').expect(200);
      for (const [, file = ''] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
        expect(file).toMatch(/^\/users\/eu\/settings\/assets\//);
        await http.get(file.slice(path.length)).expect(200);
      }
      const docs = await http.get('/api/docs').expect(200);
      const parts = [...docs.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => part);
      expect(parts.length).toBeGreaterThan(3);
      for (const part of [...parts, 'openapi.json', 'openapi-scim.json']) {
        const { href } = new URL(part, `${proxy.url}/api/docs`);
        await http.get(href.slice(proxy.url.length)).expect(200);
      }
      const authorization = `Bearer ${workspace.token}`;
      const userName = `${stripsPath}@example.com`;
      const created = await http
        .post('/scim/v2/Users')
        .set('Authorization', authorization)
        .send({ userName })
        .expect(201);
      const { location } = (created.body as { meta: { location: string } }).meta;
      expect(location).toBe(`${proxy.url}/scim/v2/Users/${(created.body as { id: string }).id}`);
      expect(created.headers.location).toBe(location);
      await http.get(location.slice(proxy.url.length)).set('Authorization', authorization).expect(200);
      const { tenantUrl } = (await workspace.admin.get('/api/user-provisioning')).body as {
        tenantUrl: string;
      };
      expect(tenantUrl).toBe(`${proxy.url}/scim/v2`);
      const { servers } = (await http.get('/api/openapi.json').expect(200)).body as { servers: object };
      expect(servers).toEqual([{ url: proxy.url }]);
      const code = await newAdminCode(below, workspace.id);
      const opened = await http.post('/api/session').send({ code }).expect(201);
      expect(String(opened.headers['set-cookie'])).toMatch(/^provisioning_session=[^;]+; Path=\/users\/eu; /);
      expect(proxy.strays).toEqual([]);
    },
  );

  it('an admin works in a browser without leaving the path, and reads the name of the product', async () => {
    proxy.passTo(below.url, { stripsPath: true });
    const screen = await Screen.open(browser, proxy.url, 'en-GB');
    const link = await workspace.operator.post(`/operator/workspaces/${workspace.id}/admin-links`, {
      email: 'ada@example.com',
    });
    await screen.page.goto((link.body as { url: string }).url);
    await screen.sees(`The link that led you here opens the settings of ${productName}.`);
    expect(await screen.page.title()).toBe(`Sign in – ${productName}`);
    await screen.enter();
    await screen.isLoaded();
    expect(await screen.page.title()).toBe(`User Provisioning – Example AG – ${productName}`);
    await screen.sees(`the members of this workspace in ${productName} up to date`);
    const [cookie] = await screen.page.context().cookies();
    expect(cookie).toMatchObject({ name: 'provisioning_session', path });
    await screen.page.getByRole('link', { name: 'Set-up guide', exact: true }).click();
    await screen.sees(`Enter “${productName}” as its name.`);
    await screen.page.getByRole('link', { name: 'Members', exact: true }).click();
    await screen.sees('Export CSV');
    expect(screen.page.url()).toBe(`${proxy.url}/settings/members`);
    await screen.page.reload();
    await screen.isLoaded();
    const addresses = await screen.page
      .locator('a[href^="/"], img')
      .evaluateAll((found) =>
        found.map(
          (each) => (each as { href?: string; src?: string }).href ?? (each as { src?: string }).src ?? '',
        ),
      );
    expect(addresses.filter((address) => !address.startsWith(`${proxy.url}/`))).toEqual([]);
    await screen.button('Account: ada@example.com').click();
    await screen.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await screen.sees('You are signed out');
    expect({ complaints: screen.complaints, strays: proxy.strays }).toEqual({ complaints: [], strays: [] });
  });

  it('the page asks once for what every screen begins with, before its larger files have come', async () => {
    const screen = await Screen.open(browser, proxy.url, 'en-GB');
    const { page: window } = screen;
    await screen.goto(`user-provisioning#code=${await newAdminCode(below, workspace.id)}`);
    await screen.isLoaded();
    const asked: string[] = [];
    const both = new Promise<void>((resolve) => {
      window.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (/\/api\/(?:session|user-provisioning)$/.test(pathname)) asked.push(pathname);
        if (asked.length === 2) resolve();
      });
    });
    await window.route('**/libraries-*.js', async (route) => {
      await both;
      await route.continue();
    });
    await window.reload();
    await screen.isLoaded();
    expect(asked.sort()).toEqual([`${path}/api/session`, `${path}/api/user-provisioning`]);
  });

  it('a German admin reads the name of the product too', async () => {
    const screen = await Screen.open(browser, proxy.url, 'de-DE');
    await screen.goto('user-provisioning');
    await screen.sees(`Ein Anmeldelink zu ${productName} funktioniert einmal`);
    await screen.goto(`user-provisioning#code=${await newAdminCode(below, workspace.id)}`);
    await screen.sees(`die Mitglieder dieses Arbeitsbereichs in ${productName} aktuell`);
    expect(await screen.page.title()).toBe(`Benutzerbereitstellung – Example AG – ${productName}`);
  });

  it('the log says which API token a request came with, and shows those of one that was revoked', async () => {
    const okta = (await workspace.admin.post('/api/tokens', { name: 'Okta' }).expect(201)).body as {
      id: string;
      lastFour: string;
      secret: string;
    };
    await scimClient(below, okta.secret).post('/Users', { userName: 'eve@example.com' }).expect(201);
    await workspace.admin.delete(`/api/tokens/${okta.id}`).expect(204);
    const screen = await Screen.open(browser, proxy.url, 'de-DE');
    await screen.goto(`user-provisioning/log#code=${await newAdminCode(below, workspace.id)}`);
    await screen.isLoaded();
    const label = `Okta (…${okta.lastFour}, widerrufen)`;
    await screen.page.getByLabel('API-Token').selectOption({ label });
    await screen.page.waitForURL(/token=/);
    const rows = screen.page.locator('button.row-cells');
    while ((await rows.count()) !== 1) await screen.page.waitForTimeout(25);
    await rows.first().click();
    await screen.page.locator('dl.facts').getByText(label).waitFor();
  });
});
