import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { deflateSync } from 'node:zlib';
import { grounds } from '../../src/workspaces/branding/accent.ts';
import { startService } from '../harness/service.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const page = '/settings/user-provisioning';

const put = (body: object) => workspace.operator.put('/operator/branding', body);
const dataUrl = (type: string, bytes: Buffer | string) =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const svg = (inside: string) =>
  dataUrl('image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${inside}</svg>`);

/** A PNG (RFC 2083) of this size; its checksums are not looked at. */
function png(widthPx: number, heightPx: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(widthPx, 0);
  head.writeUInt32BE(heightPx, 4);
  head.set([8, 0], 8);
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync('x')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');

/** What the page says of the brand. */
async function brandOf(http = service.http) {
  const { text } = await http.get(page).expect(200);
  const read = (pattern: RegExp) => pattern.exec(text)?.[1]?.replaceAll('&#34;', '"');
  return {
    brand: JSON.parse(read(/name="brand" content="([^"]*)"/) ?? '') as Record<string, unknown>,
    productName: read(/name="product-name" content="([^"]*)"/),
    icon: read(/<link rel="icon" href="([^"]*)"/) ?? '',
  };
}

beforeEach(async () => {
  await put({}).expect(200);
});

describe('the look of the settings screen', () => {
  it('is its own until the operator sets one, and again after an empty body', async () => {
    const plain = await brandOf();
    expect(plain).toMatchObject({
      productName: service.config.productName,
      icon: '/settings/assets/icon.svg',
      brand: { palette: null, fontFamily: null, radius: null, supportUrl: null, hide: [] },
    });
    await put({ productName: 'Fernweh', accentColor: '#0b7285' }).expect(200);
    expect((await brandOf()).productName).toBe('Fernweh');
    await put({}).expect(200);
    expect(await brandOf()).toEqual(plain);
  });

  it('is what was set, and is answered as it was sent', async () => {
    const look = {
      productName: 'Fernweh & <Söhne>',
      logo: svg('<path d="M0 0h8v8z"/>'),
      accentColor: '#0B7285',
      fontFamily: `"Source Sans 3",'Åre', Source Sans 3, No. 5 Bold, Inherit, Segoe UI, system-ui`,
      radius: 4,
      supportUrl: 'https://help.example/up',
      hide: ['members', 'api-docs', 'members'],
    };
    const { body } = await put(look).expect(200);
    const kept = {
      ...look,
      accentColor: '#0b7285',
      // Without quotes, a browser would pass over all of them because of one.
      fontFamily: `"Source Sans 3", 'Åre', "Source Sans 3", "No. 5 Bold", "Inherit", Segoe UI, system-ui`,
      hide: ['members', 'api-docs'],
    };
    expect(body).toMatchObject(kept);
    expect((await workspace.operator.get('/operator/branding').expect(200)).body).toEqual(body);
    const { brand, productName } = await brandOf();
    expect(productName).toBe('Fernweh &#38; &#60;Söhne&#62;');
    expect(brand).toMatchObject({
      radius: 4,
      supportUrl: 'https://help.example/up',
      hide: ['members', 'api-docs'],
    });
    expect((brand.palette as { shades: string[] }).shades[7]).toBe('#0b7285');
  });

  it('is known to every process within a second', async () => {
    const other = await startService({ databaseUrl: service.databaseUrl });
    await brandOf(other.http);
    await put({ productName: 'Fernweh' }).expect(200);
    await sleep(1_000);
    expect((await brandOf(other.http)).productName).toBe('Fernweh');
    await other.stop();
  });

  it.each<[object, string]>([
    [{ productName: '\u202eevil' }, 'productName'],
    [{ productName: 'x'.repeat(101) }, 'productName'],
    [{ accentColor: 'red' }, 'accentColor'],
    [{ accentColor: '#fff' }, 'accentColor'],
    [{ fontFamily: 'Arial; } body { display: none' }, 'fontFamily'],
    [{ fontFamily: 'url(https://evil.example)' }, 'fontFamily'],
    [{ fontFamily: '"Arial' }, 'fontFamily'],
    [{ fontFamily: 'Arial,' }, 'fontFamily'],
    [{ fontFamily: 'a\\"b' }, 'fontFamily'],
    [{ radius: -1 }, 'radius'],
    [{ radius: 25 }, 'radius'],
    [{ radius: 1.5 }, 'radius'],
    [{ supportUrl: 'http://help.example' }, 'supportUrl'],
    [{ supportUrl: 'javascript:alert(1)' }, 'supportUrl'],
    [{ supportUrl: '/help' }, 'supportUrl'],
    [{ hide: ['overview'] }, 'hide'],
    [{ hide: 'members' }, 'hide'],
    [{ hide: null }, 'hide'],
  ])('is refused with %j, and stays', async (body, path) => {
    const before = await brandOf();
    const refused = await put({ productName: 'Half done', ...body }).expect(400);
    expect(refused.body.errors?.[0]?.path).toBe(path);
    expect(await brandOf()).toEqual(before);
  });
});

describe('an accent that cannot be read', () => {
  it.each(['#ffcc00', '#7aa2f7', '#00b894', '#767676', '#ffffff'])(
    '%s is refused with the nearest that can, which is taken',
    async (accentColor) => {
      const { body } = await put({ accentColor }).expect(400);
      const [fault] = body.errors ?? [];
      const nearest = String((fault as { params?: { nearest?: string } }).params?.nearest);
      expect(fault).toMatchObject({ path: 'accentColor' });
      expect(fault?.message).toMatch(new RegExp(`has a contrast of [\\d.]+ : 1 .* ${nearest}$`));
      expect((await put({ accentColor: nearest }).expect(200)).body.accentColor).toBe(nearest);
    },
  );

  it('is measured on the grounds that the screen really has', async () => {
    const { readFileSync } = await import('node:fs');
    const theme = readFileSync('web/src/theme.ts', 'utf8');
    for (const ground of [...grounds.light.slice(1), grounds.dark, grounds.darkRaised])
      expect(theme).toContain(`'${ground}'`);
  });
});

describe('a logo', () => {
  it.each<[string, string]>([
    ['PNG', dataUrl('image/png', png(64, 32))],
    ['WebP', dataUrl('image/webp', webp)],
    ['SVG', svg('<circle r="4"/>')],
  ])(
    'as %s is shown from an address that changes with it, and can run nothing where it is opened',
    async (_type, logo) => {
      await put({ logo }).expect(200);
      const { icon } = await brandOf();
      expect(icon).toMatch(/^\/settings\/brand\/[0-9a-f]{16}$/);
      const { headers, type, body } = await service.http.get(icon).expect(200);
      expect([type, Buffer.from(body as Uint8Array)]).toEqual([
        logo.slice(5, logo.indexOf(';')),
        Buffer.from(logo.slice(logo.indexOf(',') + 1), 'base64'),
      ]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';.* sandbox;/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const stale = await service.http.get('/settings/brand/0123456789abcdef').expect(200);
      expect(stale.headers['cache-control']).toBe('no-store');
    },
  );

  it('is not there when none is set', async () => {
    await service.http.get('/settings/brand/0123456789abcdef').expect(404);
  });

  it.each<[string, string, RegExp]>([
    ['with a script', svg('<script>alert(1)</script>'), /must hold no <script>/],
    ['with foreign content', svg('<foreignObject/>'), /must hold no <foreignObject>/],
    ['that loads from elsewhere', svg('<use href="https://evil.example/a.svg#a"/>'), /elsewhere/],
    ['that runs something by an event', svg('<g onload="alert(1)"/>'), /must hold no scripts/],
    ['that is a page', dataUrl('text/html', '<script>alert(1)</script>'), /must be a data: URL/],
    ['that leads elsewhere', 'https://evil.example/logo.png', /must be a data: URL/],
    ['that is a GIF', dataUrl('image/gif', 'GIF89a'), /must be a data: URL/],
    ['that is no PNG', dataUrl('image/png', 'hello'), /is not the image\/png/],
    ['that is a PNG by another name', dataUrl('image/webp', png(8, 8)), /is not the image\/webp/],
    ['that is cut off', dataUrl('image/png', png(8, 8).subarray(0, 12)), /is not the image\/png/],
    ['that is nothing', dataUrl('image/png', ''), /must be a data: URL/],
    ['that unfolds to a wall', dataUrl('image/png', png(60_000, 60_000)), /at most 2048 pixels/],
    [
      'of too many bytes',
      dataUrl('image/png', Buffer.concat([png(8, 8), Buffer.alloc(64 * 1024)])),
      /at most 65536 bytes/,
    ],
  ])('%s is refused', async (_what, logo, message) => {
    const { body } = await put({ logo }).expect(400);
    expect(body.errors).toEqual([{ path: 'logo', message: expect.stringMatching(message) as unknown }]);
    expect((await brandOf()).icon).toBe('/settings/assets/icon.svg');
  });
});

describe('the script of the element', () => {
  it('may be loaded by any page, and is one plain file', async () => {
    const { headers, text, type } = await service.http.get('/embed.js').expect(200);
    expect(type).toMatch(/javascript/);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(text).toContain('user-provisioning');
    expect(text).not.toMatch(/\b(?:import|export)\b\s*[{*"'(]/);
  });
});
