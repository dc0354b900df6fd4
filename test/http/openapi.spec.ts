import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from '../../src/application/openapi/openapi-errors.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import type { Client } from '../harness/workspace.ts';

type Schema = Record<string, unknown> & { required?: string[]; properties?: Record<string, Schema> };
type Refusal = { status: number; detail: string; errors?: { path: string; message: string }[] };

const root = join(import.meta.dirname, '../..');
const checkedIn = join(root, 'openapi.json');
const clientFolder = join(root, 'test/generated-client');
const anId = '01890000-0000-7000-8000-000000000000';

const service = useService();
const workspace = useSharedWorkspace(service);
let contract: OpenAPIObject;

beforeAll(async () => {
  await workspace.operator.patch(`/operator/workspaces/${workspace.id}`, { sandbox: true }).expect(200);
  contract = service.openApiDocument();
});

async function servedTo(client: Pick<Client, 'get'>, path: string): Promise<OpenAPIObject> {
  return (await client.get(path).expect(200)).body as OpenAPIObject;
}

describe('the HTTP contract', () => {
  it('is the checked-in openapi.json, which `npm run openapi` writes', async () => {
    const generated = `${JSON.stringify(contract, null, 2)}\n`;
    if (process.env.OPENAPI_WRITE === '1') await writeFile(checkedIn, generated);
    expect(JSON.parse(await readFile(checkedIn, 'utf8'))).toEqual(JSON.parse(generated));
  });

  it('says in a few words what each operation does, no two the same behind one door', () => {
    const told = operationsOf(contract.paths).map(({ path, operation }) => {
      const { summary = '' } = operation as { summary?: string };
      expect({ path, summary }).toEqual({ path, summary: expect.stringMatching(/^[A-Z][^.\n]{3,79}$/) });
      return `${path.split('/')[1]}: ${summary}`;
    });
    expect(told.filter((each, at) => told.indexOf(each) !== at)).toEqual([]);
  });

  it('says how each operation may refuse, and in which form', () => {
    for (const { method, path, operation } of operationsOf(contract.paths)) {
      const refusals = Object.entries(operation.responses).filter(([status]) => /^[45]\d\d$/.test(status));
      const form = path.startsWith('/scim')
        ? 'application/scim+json'
        : path.startsWith('/oauth')
          ? 'application/json'
          : 'application/problem+json';
      const name = `${method} ${path}`;
      expect({ name, statuses: refusals.map(([status]) => status) }).toEqual({
        name,
        statuses: expect.arrayContaining(path.startsWith('/health') ? ['503'] : ['401', '503']),
      });
      for (const [status, answer] of refusals) {
        const { content } = answer as { content?: object };
        expect({ name, status, forms: Object.keys(content ?? {}) }).toEqual({ name, status, forms: [form] });
      }
    }
  });

  it('describes opaque tokens, and the cookie with the CSRF token of its writes', () => {
    const schemes = contract.components?.securitySchemes ?? {};
    expect(JSON.stringify(schemes)).not.toContain('bearerFormat');
    expect(schemes).toMatchObject({
      sessionCookie: { type: 'apiKey', in: 'cookie', name: 'provisioning_session' },
      csrfToken: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
    });
    expect(contract.paths['/api/tokens']?.get?.security).toEqual([{ session: [] }, { sessionCookie: [] }]);
    expect(contract.paths['/api/tokens']?.post?.security).toEqual([
      { session: [] },
      { sessionCookie: [], csrfToken: [] },
    ]);
  });

  it('calls a field required when it is missed, and no other', async () => {
    let required = 0;
    for (const { method, path, operation } of operationsOf(contract.paths)) {
      const schema = bodySchema(operation.requestBody);
      if (schema === null || path.startsWith('/scim')) continue;
      const refused = await send(method, path, {});
      const missing = (refused?.errors ?? []).filter(({ message }) => message.endsWith(' is missing'));
      const paths = missing.map((fault) => fault.path).sort();
      expect({ path, missing: paths }).toEqual({ path, missing: [...(schema.required ?? [])].sort() });
      for (const { path: field, message } of missing) expect(message).toBe(`${field} is missing`);
      required += paths.length;
    }
    expect(required).toBeGreaterThan(10);
  });

  it('names whatever a body or a query has that is not known', async () => {
    for (const { method, path, operation } of operationsOf(contract.paths)) {
      const schema = bodySchema(operation.requestBody);
      if (path.startsWith('/scim') || (schema === null && !takesQuery(operation))) continue;
      if (schema?.additionalProperties === true) continue;
      const refused =
        schema === null ? await send('get', `${path}?zzzz=1`) : await send(method, path, { zzzz: 1 });
      const messages = (refused?.errors ?? []).map((fault) => `${fault.path}: ${fault.message}`);
      expect({ method, path, messages }).toEqual({
        method,
        path,
        messages: expect.arrayContaining(['zzzz: zzzz is not known here']),
      });
    }
  });

  async function send(method: string, path: string, body?: object): Promise<Refusal | null> {
    const client = path.startsWith('/operator') ? workspace.operator : workspace.admin;
    const target = path.replaceAll(/\{id\}/g, path.startsWith('/operator') ? workspace.id : anId);
    const call = client[method as 'post'](target.replaceAll(/\{[^}]+\}/g, anId), body);
    const { status, body: answer } = await call;
    return status === 400 ? (answer as Refusal) : null;
  }
});

describe('the documents', () => {
  it('are three, each with the routes of its audience and all that they refer to, and nothing else', async () => {
    const documents = [
      await servedTo(service.http, '/api/openapi.json'),
      await servedTo(service.http, '/api/openapi-scim.json'),
      await servedTo(workspace.operator, '/operator/openapi.json'),
    ];
    const roots = documents.map(({ paths }) => [
      ...new Set(Object.keys(paths).map((path) => path.split('/')[1])),
    ]);
    expect(roots).toEqual([['api'], ['scim', 'oauth'], ['metrics', 'health', 'operator']]);
    expect(documents.flatMap(({ paths }) => Object.keys(paths)).sort()).toEqual(
      Object.keys(contract.paths).sort(),
    );
    for (const document of documents) {
      expect(document.openapi).toBe('3.1.0');
      expect(document.servers).toEqual([{ url: service.config.publicUrl }]);
      const { schemas = {}, securitySchemes = {} } = document.components ?? {};
      const text = JSON.stringify(document);
      const referred = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
      expect([...new Set(referred)].sort()).toEqual(Object.keys(schemas).sort());
      for (const { operation } of operationsOf(document.paths))
        for (const name of (operation.security ?? []).flatMap(Object.keys))
          expect(Object.keys(securitySchemes)).toContain(name);
    }
  });

  it('show customers nothing of the operator, whose document wants the operator token', async () => {
    for (const path of ['/api/openapi.json', '/api/openapi-scim.json', '/api/docs/swagger-ui-init.js']) {
      const { text } = await service.http.get(path).expect(200);
      expect(text).not.toMatch(/\/operator\/|Operator_/);
    }
    await service.http.get('/api/docs').expect(200).expect('Content-Type', /html/);
    await service.http.get('/operator/openapi.json').expect(401);
    await workspace.admin.get('/operator/openapi.json').expect(401);
  });
});

describe('a client generated by openapi-typescript', () => {
  interface Caller {
    baseUrl: string;
    token: string;
  }
  interface Use {
    setUpWorkspace(operator: Caller): Promise<{ id: string; sessionToken: string }>;
    setUpProvisioning(admin: Caller): Promise<{ secret: string; refusals: Refusal[] }>;
    pushPerson(provider: Caller): Promise<{ id: string; scimType: string | undefined }>;
  }

  it('type-checks against what integrators write, who leave out what has a default', async () => {
    const run = promisify(execFile);
    const bin = (name: string) => join(root, 'node_modules/.bin', name);
    await run(bin('openapi-typescript'), [checkedIn, '-o', join(clientFolder, 'schema.d.ts')]);
    const checked = await run(bin('tsc'), ['-p', clientFolder]).catch((error: unknown) => error);
    expect((checked as { stdout: string }).stdout).toBe('');
  });

  it('does what they wrote, and knows the form of refusals', async () => {
    const use = (await import(join(clientFolder, 'use.ts'))) as Use;
    const baseUrl = service.url;
    const { sessionToken } = await use.setUpWorkspace({ baseUrl, token: service.config.operatorToken });
    const { secret, refusals } = await use.setUpProvisioning({ baseUrl, token: sessionToken });
    expect(refusals.map(({ status }) => status)).toEqual([400, 404]);
    const { id, scimType } = await use.pushPerson({ baseUrl, token: secret });
    expect({ id, scimType }).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/), scimType: 'uniqueness' });
  });
});

/** The schema of a JSON body, which its references led to; null: the operation takes none. */
function bodySchema(requestBody: unknown): Schema | null {
  const { content } = (requestBody ?? {}) as { content?: Record<string, { schema: Schema }> };
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) return null;
  const reference = (schema.oneOf as Schema[] | undefined)?.find((one) => one.$ref !== undefined) ?? schema;
  const name = String(reference.$ref).split('/').at(-1) ?? '';
  return ((contract.components?.schemas ?? {}) as Record<string, Schema>)[name] ?? null;
}

function takesQuery({ parameters }: { parameters?: readonly { in?: string }[] }): boolean {
  return parameters?.some((parameter) => parameter.in === 'query') ?? false;
}
