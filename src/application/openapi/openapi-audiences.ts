import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './openapi-errors.ts';

type JsonObject = Record<string, unknown>;

/** Who a part of the contract is for. */
export type Audience = 'scim' | 'admin' | 'operator';

interface Part {
  title: string;
  description: string;
  path: RegExp;
}

const parts: Readonly<Record<Audience, Part>> = {
  scim: {
    title: 'User provisioning: SCIM',
    description:
      'SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865) for identity providers, with an API token or OAuth client credentials.',
    path: /^\/(?:scim|oauth)\//,
  },
  admin: {
    title: 'User provisioning: workspace admin',
    description: 'Everything that the settings screen does, for the admin of a workspace, with a session.',
    path: /^\/api\//,
  },
  operator: {
    title: 'User provisioning: operator',
    description:
      'For the vendor, with the operator token or a product key: workspaces and their admins; and the health of the service.',
    path: /^\/(?:(?:operator|health)\/|metrics$)/,
  },
};

/**
 * The part of the contract that concerns one audience, whole in itself: its routes, and the schemas and credentials that
 * they refer to. Nobody reads of routes that are not theirs.
 *
 * @param contract the whole of it
 * @param publicUrl where the service is reached
 */
export function documentFor(audience: Audience, contract: OpenAPIObject, publicUrl: string): OpenAPIObject {
  const { title, description, path } = parts[audience];
  const paths = pick(contract.paths, (name) => path.test(name));
  const schemas = (contract.components?.schemas ?? {}) as JsonObject;
  const { webhooks, ...withoutWebhooks } = contract;
  // What is sent is sent to the vendor.
  const sent = audience === 'operator' && webhooks !== undefined ? { webhooks } : {};
  const referred = referredSchemas({ paths, ...sent }, schemas);
  const credentials = new Set(
    operationsOf(paths).flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys)),
  );
  const tags = new Set(
    operationsOf(paths).flatMap(({ operation }) => (operation as { tags?: string[] }).tags ?? []),
  );
  return {
    ...withoutWebhooks,
    ...sent,
    info: { ...contract.info, title, description },
    servers: [{ url: publicUrl }],
    tags: (contract.tags ?? []).filter(({ name }) => tags.has(name)),
    paths,
    components: {
      ...contract.components,
      schemas: pick(schemas, (name) => referred.has(name)) as never,
      securitySchemes: pick(contract.components?.securitySchemes ?? {}, (name) => credentials.has(name)),
    },
  };
}

function referredSchemas(root: unknown, schemas: JsonObject): Set<string> {
  const found = new Set<string>();
  const look = (node: unknown): void => {
    const text = JSON.stringify(node);
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(schemas[name] ?? {});
    }
  };
  look(root);
  return found;
}

function pick<T>(
  object: Readonly<Record<string, T>>,
  isWanted: (name: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => isWanted(name)));
}
