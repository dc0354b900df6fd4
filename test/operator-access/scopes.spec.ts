import { beforeAll, describe, expect, it } from '@jest/globals';
import { operationsOf } from '../../src/application/openapi/openapi-errors.ts';
import { type ProductScope, productScopes } from '../../src/http/request/caller.ts';
import type { Method } from '../harness/answers.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { type Client, givenProductKey, productClient } from '../harness/workspace.ts';

/** Who may call each route of `/operator`: a product key with this scope, or the operator token alone. */
const verdicts: Readonly<Record<string, ProductScope | 'operator'>> = {
  'get /operator/keys': 'operator',
  'post /operator/keys': 'operator',
  'get /operator/keys/{id}': 'operator',
  'delete /operator/keys/{id}': 'operator',
  'post /operator/keys/{id}/rotate': 'operator',
  'get /operator/identity': 'operator',
  'put /operator/identity': 'operator',
  'delete /operator/identity': 'operator',
  'get /operator/roles': 'operator',
  'put /operator/roles': 'operator',
  'get /operator/embedding': 'operator',
  'put /operator/embedding': 'operator',
  'get /operator/branding': 'operator',
  'put /operator/branding': 'operator',
  'get /operator/workspaces': 'workspaces:read',
  'post /operator/workspaces': 'workspaces:write',
  'get /operator/workspaces/{id}': 'workspaces:read',
  'put /operator/workspaces/{id}': 'workspaces:write',
  'patch /operator/workspaces/{id}': 'workspaces:write',
  'delete /operator/workspaces/{id}': 'operator',
  'post /operator/workspaces/{id}/admin-links': 'links:create',
  'get /operator/workspaces/{id}/retention': 'workspaces:read',
  'patch /operator/workspaces/{id}/retention': 'operator',
  'get /operator/workspaces/{id}/quotas': 'workspaces:read',
  'get /operator/workspaces/{id}/seats': 'workspaces:read',
  'get /operator/workspaces/{id}/sessions': 'workspaces:read',
  'delete /operator/workspaces/{id}/sessions': 'workspaces:write',
  'delete /operator/workspaces/{id}/sessions/{session}': 'workspaces:write',
  'get /operator/erasures': 'workspaces:read',
  'post /operator/access-checks': 'members:read',
  'get /operator/workspaces/{id}/digest': 'members:read',
  'get /operator/events': 'events:read',
  'post /operator/workspaces/{id}/members/batch': 'members:write',
  'get /operator/workspaces/{id}/members': 'members:read',
  'get /operator/workspaces/{id}/members/{member}': 'members:read',
  'put /operator/workspaces/{id}/members/{member}': 'members:write',
  'delete /operator/workspaces/{id}/members/{member}': 'members:write',
  'post /operator/workspaces/{id}/members/{member}/exclude': 'members:write',
  'post /operator/workspaces/{id}/members/{member}/include': 'members:write',
  'post /operator/workspaces/{id}/members/{member}/erase': 'operator',
  'get /operator/workspaces/{id}/members/{member}/export': 'operator',
  'post /operator/workspaces/{id}/directory-users/{user}/erase': 'operator',
  'get /operator/workspaces/{id}/directory-users/{user}/export': 'operator',
  'get /operator/workspaces/{id}/sync-preview': 'runs:write',
  'post /operator/workspaces/{id}/sync-runs': 'runs:write',
  'get /operator/workspaces/{id}/sync-runs/{run}': 'runs:write',
  'get /operator/workspaces/{id}/snapshot': 'members:read',
  'get /operator/audit': 'audit:read',
  'get /operator/audit/head': 'operator',
  'get /operator/workspaces/{id}/audit': 'audit:read',
  'get /operator/workspaces/{id}/audit/head': 'audit:read',
  'get /operator/attention': 'workspaces:read',
  'get /operator/webhooks': 'operator',
  'post /operator/webhooks': 'operator',
  'get /operator/webhooks/{hook}': 'operator',
  'patch /operator/webhooks/{hook}': 'operator',
  'delete /operator/webhooks/{hook}': 'operator',
  'post /operator/webhooks/{hook}/rotate': 'operator',
  'post /operator/webhooks/{hook}/test': 'operator',
  'get /operator/webhooks/{hook}/deliveries': 'operator',
  'post /operator/webhooks/{hook}/deliveries/{delivery}/resend': 'operator',
  'post /operator/events/{event}/receipt': 'events:read',
};

const service = useService();
const workspace = useSharedWorkspace(service);
const anId = '01890000-0000-7000-8000-000000000000';
/** A client for each scope, with a key of that scope alone. */
const clients = new Map<ProductScope, Client>();

beforeAll(async () => {
  for (const scope of productScopes) {
    const { secret } = await givenProductKey(service, { scopes: [scope] });
    clients.set(scope, productClient(service, secret));
  }
});

async function call(client: Client | undefined, route: string) {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replace('{id}', workspace.id).replaceAll(/\{[^}]+\}/g, anId);
  const body = ['post', 'put', 'patch'].includes(method) ? {} : undefined;
  const asked = client?.send(method as Method, path, body);
  if (path.endsWith('/batch')) void asked?.set('Content-Type', 'application/x-ndjson');
  const answer = await asked;
  return { status: answer?.status, body: answer?.body as { type?: string; scope?: string; detail?: string } };
}

it('every route of /operator in the OpenAPI document has a verdict, and says the same itself', () => {
  const operations = operationsOf(service.openApiDocument().paths).filter(({ path }) =>
    path.startsWith('/operator'),
  );
  const told = operations.map(({ method, path, operation }) => {
    const scope = operation['x-product-scope'] ?? 'operator';
    const credentials = (operation.security ?? []).flatMap(Object.keys);
    expect(credentials).toEqual(scope === 'operator' ? ['operator'] : ['operator', 'productKey']);
    return [`${method} ${path}`, scope];
  });
  expect(Object.fromEntries(told)).toEqual(verdicts);
});

describe.each(Object.entries(verdicts))('%s', (route, verdict) => {
  it(`is for ${verdict === 'operator' ? 'the operator token alone' : `keys with ${verdict}`}`, async () => {
    for (const scope of productScopes) {
      const { status, body } = await call(clients.get(scope), route);
      if (scope === verdict) {
        expect({ scope, status }).not.toMatchObject({ status: 401 });
        expect({ scope, status }).not.toMatchObject({ status: 403 });
        continue;
      }
      const type = verdict === 'operator' ? 'operator-only' : 'scope-missing';
      expect({ scope, status, type: body.type }).toEqual({
        scope,
        status: 403,
        type: `urn:user-provisioning:problem:${type}`,
      });
      if (verdict === 'operator') continue;
      expect(body.scope).toBe(verdict);
      expect(body.detail).toContain(`lacks the scope ${verdict}`);
    }
  });
});
