import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** The paths that the back end of a host product calls begin like this. */
const paths = '/operator/';
const warning = `// Made by "npm run api-types" from openapi.json. Do not edit.\n\n`;

/** The types of the operator's part of the HTTP contract, as TypeScript. The rest of the contract is left out. */
export async function operatorTypes(contract: string): Promise<string> {
  const document = operatorPart(JSON.parse(contract) as OpenAPI3);
  return warning + astToString(await openapiTypescript(document));
}

function operatorPart(document: OpenAPI3): OpenAPI3 {
  const kept = Object.entries(document.paths ?? {}).filter(([path]) => path.startsWith(paths));
  const needed = Object.fromEntries(kept);
  const schemas = document.components?.schemas ?? {};
  const names = namedIn(needed);
  // A schema names others; a loop over a set that grows reaches all of them.
  for (const name of names) for (const other of namedIn(schemas[name])) names.add(other);
  const used = Object.entries(schemas).filter(([name]) => names.has(name));
  // What is sent to webhooks is the event, which has a type already.
  const { webhooks: _webhooks, ...rest } = document;
  return {
    ...rest,
    paths: needed,
    components: { ...document.components, schemas: Object.fromEntries(used) },
  };
}

function namedIn(part: unknown): Set<string> {
  const references = (JSON.stringify(part) ?? '').matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  return new Set([...references].map(([, name = '']) => name));
}
