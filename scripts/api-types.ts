import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { operatorTypes } from './client/operator-contract.ts';

const root = join(import.meta.dirname, '..');

/** Headers that the page's client sends by itself, so that no call has to name them. */
const sentByItself = new Set(['accept-language']);

function withoutHeaders(key: string, value: unknown): unknown {
  if (key !== 'parameters' || !Array.isArray(value)) return value;
  return (value as { in?: string; name?: string }[]).filter(
    (parameter) => parameter.in !== 'header' || !sentByItself.has(parameter.name?.toLowerCase() ?? ''),
  );
}

// The types of the HTTP contract: for the page's API client, and for the clients of the tests (`test/harness/answers.ts`).
// Only the type checker and the linter read them, so that neither a build nor a test run has to make them first.
const contract = readFileSync(join(root, 'openapi.json'), 'utf8');
await writeTypes('web/src/api/schema.d.ts', JSON.parse(contract, withoutHeaders) as OpenAPI3);
await writeTypes('test/generated-client/schema.d.ts', JSON.parse(contract) as OpenAPI3);
// The client for back ends is a package of its own: its types are checked in, and a test compares them.
writeFileSync(join(root, 'clients/node/src/openapi.ts'), await operatorTypes(contract));

async function writeTypes(file: string, document: OpenAPI3): Promise<void> {
  const target = join(root, file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, astToString(await openapiTypescript(document)));
}
