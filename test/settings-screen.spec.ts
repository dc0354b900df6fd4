import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { type Service, startService } from './harness/service.ts';

const page = '/settings/user-provisioning';
const typeByExtension = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

let service: Service;

beforeAll(async () => {
  service = await startService();
});

describe('the settings page', () => {
  it.each([page, `${page}/`, `${page}/members`, `${page}/members/some-one`])(
    'answers at %s',
    async (path) => {
      const response = await service.http.get(path).expect(200);
      expect(response.type).toBe('text/html');
      expect(response.text).toContain('src="/settings/assets/app.js"');
    },
  );

  it.each(['/', '/settings'])('is where %s leads', async (path) => {
    const response = await service.http.get(path).expect(302);
    expect(response.headers.location).toBe(page);
  });

  it('lets nothing run or load but the files of the service', async () => {
    const response = await service.http.get(page);
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self'`);
    expect(policy).not.toContain('unsafe');
    expect(response.text).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|https?:\/\//);
  });
});

describe('the files of the page', () => {
  const files = readdirSync('web/settings').filter((file) => file !== 'index.html');

  it.each(files)('%s has its type and is asked for again when it has changed', async (file) => {
    const response = await service.http.get(`/settings/assets/${file}`).expect(200);
    const extension = file.split('.').pop() as keyof typeof typeByExtension;
    expect(response.type).toBe(typeByExtension[extension]);
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    const { etag } = response.headers as { etag: string };
    await service.http.get(`/settings/assets/${file}`).set('If-None-Match', etag).expect(304);
  });

  it('import only files that are there', async () => {
    for (const file of files.filter((name) => name.endsWith('.js'))) {
      const { text } = await service.http.get(`/settings/assets/${file}`);
      const imported = [...text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name);
      expect(files).toEqual(expect.arrayContaining(imported));
    }
  });

  it.each([
    '/settings/assets/no.js',
    '/settings/assets/..%2f..%2fpackage.json',
    '/settings/assets/',
    '/settings/no',
  ])('do not include %s', async (path) => {
    const response = await service.http.get(path);
    expect([response.status, response.type]).toEqual([404, 'application/problem+json']);
  });

  it('have every text in both languages', async () => {
    const [en, de] = await Promise.all(
      ['en', 'de'].map(async (language) => {
        const { text } = await service.http.get(`/settings/assets/texts-${language}.js`);
        return [...text.matchAll(/^ {2}'?([\w.]+)'?:/gm)].map(([, key]) => key);
      }),
    );
    expect(de).toEqual(en);
  });
});

describe('the other parts of the service', () => {
  it.each([
    ['/api/no-such', 'application/problem+json'],
    ['/operator/no-such', 'application/problem+json'],
    ['/no-such', 'application/problem+json'],
    ['/scim/no-such', 'application/scim+json'],
  ])('still answer %s with their own 404', async (path, type) => {
    const response = await service.http.get(path);
    expect([response.status, response.type]).toEqual([404, type]);
  });

  it('still take no write at the address of the page', async () => {
    await service.http.post(page).expect(404);
  });
});
