import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

const root = join(import.meta.dirname, '..');
const target = join(root, 'web/src/api/schema.d.ts');

/** Headers that the page's client sends by itself, so that no call has to name them. */
const sentByItself = new Set(['accept-language']);

function withoutHeaders(key: string, value: unknown): unknown {
  if (key !== 'parameters' || !Array.isArray(value)) return value;
  return (value as { in?: string; name?: string }[]).filter(
    (parameter) => parameter.in !== 'header' || !sentByItself.has(parameter.name?.toLowerCase() ?? ''),
  );
}

// The types of the page's API client, from the HTTP contract.
const contract = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8'), withoutHeaders) as OpenAPI3;
const nodes = await openapiTypescript(contract, { defaultNonNullable: false });
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, astToString(nodes));
