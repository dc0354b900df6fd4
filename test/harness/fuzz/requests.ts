import fc from 'fast-check';
import { bulk, filter, patch, resource } from './scim-grammar.ts';
import { hostileText, type Schema, type Schemas, valueOf } from './values.ts';

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Schemas };
}

/** A request that is about to be sent. `IDn` in a path stands for a known id. */
export interface FuzzRequest {
  route: string;
  method: string;
  url: string;
  contentType: string | null;
  body: string | null;
  headers: Record<string, string>;
}

/** Routes that are not called, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  'post /api/sandbox/simulation': 'each one starts a program',
  'post /api/sandbox/simulation/next-day': 'it lets that program send requests',
};

/** After these, others are told little: they come seldom. */
const ending =
  /^(?:delete \/operator\/workspaces\/\{id\}$|delete \/api\/(?:session|tokens)|.*(?:deactivate|sign-out-everywhere)$|p.* \/operator\/workspaces\/\{id\}$)/;

const known = 12;
const ids: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: known - 1 }).map((at) => `ID${at};`) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constantFrom('0', '-1', 'null', 'ext:a', 'undefined', '1') },
  { weight: 1, arbitrary: hostileText.map((text) => text.slice(0, 500)) },
);

/** Requests to every route of a document. */
export function requestsTo({ paths, components }: Document): fc.Arbitrary<FuzzRequest> {
  const schemas = components?.schemas ?? {};
  const each = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => !(`${method} ${path}` in leftOut))
      .map(([method, operation]) => ({
        weight: ending.test(`${method} ${path}`) ? 1 : 30,
        arbitrary: requestTo(method, path, operation, schemas),
      })),
  );
  return fc.oneof(...each);
}

function requestTo(
  method: string,
  path: string,
  operation: Operation,
  schemas: Schemas,
): fc.Arbitrary<FuzzRequest> {
  const route = `${method} ${path}`;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const queries = (operation.parameters ?? []).filter((each) => each.in === 'query' && each.name !== 'wait');
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  return fc
    .record({
      ids: fc.tuple(...names.map(() => ids)),
      query: fc.record(
        Object.fromEntries(queries.map(({ name, schema = {} }) => [name, queryOf(name, schema, schemas)])),
        { requiredKeys: [] },
      ),
      body: content === undefined ? fc.constant(null) : bodyOf(route, content[1].schema ?? {}, schemas),
      headers: headersOf,
    })
    .map(({ ids: given, query, body, headers }) => {
      const at = names.reduce((text, name, n) => text.replace(`{${name}}`, inPath(textOf(given[n]))), path);
      const search = Object.entries(query).map(([name, value]) => `${name}=${inPath(textOf(value))}`);
      return {
        route,
        method: method.toUpperCase(),
        url: search.length === 0 ? at : `${at}?${search.join('&')}`,
        contentType: content?.[0] ?? null,
        body,
        headers,
      };
    });
}

const headersOf = fc.record(
  {
    'if-match': fc.constantFrom('*', 'W/"1"', '"x"', 'W/"', '1'),
    'accept-language': fc.constantFrom('de', 'en;q=0', '*', ',,,', 'x'.repeat(500)),
    accept: fc.constantFrom('application/json', 'text/csv', '*/*', 'nonsense'),
    traceparent: fc.constantFrom('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '00-x'),
    'idempotency-key': fc.constantFrom('a', 'b', ''),
  },
  { requiredKeys: [] },
);

function queryOf(name: string, schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  if (name === 'filter') return filter;
  return fc.oneof(
    { weight: 4, arbitrary: valueOf(schema, schemas, ids) },
    { weight: 1, arbitrary: hostileText },
  );
}

function bodyOf(route: string, schema: Schema, schemas: Schemas): fc.Arbitrary<string> {
  const ofScim = scimBodyOf(route);
  const value = ofScim ?? valueOf(schema, schemas, ids);
  const text = value.map((given) => (typeof given === 'string' ? given : JSON.stringify(given)));
  // Of what is cut, doubled or no JSON at all, the reader of bodies must tell.
  return fc.oneof(
    { weight: 20, arbitrary: text },
    { weight: 1, arbitrary: text.map((given) => given.slice(0, -1)) },
    { weight: 1, arbitrary: hostileText },
  );
}

function scimBodyOf(route: string): fc.Arbitrary<unknown> | null {
  if (!route.includes('/scim/')) return null;
  if (route.includes('Bulk')) return bulk;
  if (route.includes('.search'))
    return fc.record(
      {
        filter,
        count: fc.constantFrom<unknown>(0, 5, -1, 'x'),
        startIndex: fc.constantFrom<unknown>(1, 0, 'x'),
      },
      { requiredKeys: [] },
    );
  return route.startsWith('patch') ? patch : resource;
}

/** A value as a text; one without a prototype has none by itself. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Node cuts the connection of a client whose head is longer than 16 kB; that is not asked here. */
const inUrlMaxChars = 900;

/** As it stands in a URL. What is no text of Unicode cannot be sent in one. */
function inPath(text: string): string {
  return encodeURIComponent(text.slice(0, inUrlMaxChars).toWellFormed()).replaceAll(/ID(\d+)%3B/g, 'ID$1;');
}
