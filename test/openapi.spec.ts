import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '../src/openapi.ts';
import { startService } from './harness/service.ts';

const checkedIn = join(import.meta.dirname, '../openapi.json');

describe('the HTTP contract', () => {
  it('is the checked-in openapi.json, which `npm run openapi` writes anew', async () => {
    const { app } = await startService();
    const generated = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
    if (process.env.OPENAPI_WRITE === '1') await writeFile(checkedIn, generated);
    expect(JSON.parse(await readFile(checkedIn, 'utf8'))).toEqual(JSON.parse(generated));
  });

  it('is served to whoever asks, as a document and as a page', async () => {
    const { http } = await startService();
    const document = await http.get('/api/openapi.json').expect(200);
    expect((document.body as { openapi: string }).openapi).toBe('3.1.0');
    await http.get('/api/docs').expect(200).expect('Content-Type', /html/);
  });
});
