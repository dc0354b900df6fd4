import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

type Problem = components['schemas']['Problem'];

/** Who calls, and where. */
interface Caller {
  baseUrl: string;
  token: string;
}

function clientOf({ baseUrl, token }: Caller) {
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}

/** What an integrator of the operator writes: a workspace, entitled, and the code that signs its admin in. */
export async function setUpWorkspace(operator: Caller): Promise<{ id: string; sessionToken: string }> {
  const client = clientOf(operator);
  const { data: workspace, error } = await client.POST('/operator/workspaces', {
    body: { name: 'Typed AG' },
  });
  if (error) throw new Error(error.detail);
  const params = { path: { id: workspace.id } };
  await client.PATCH('/operator/workspaces/{id}', { params, body: { entitled: true } });
  const link = await client.POST('/operator/workspaces/{id}/admin-links', {
    params,
    body: { email: 'ada@example.com' },
  });
  if (link.error) throw new Error(link.error.detail);
  const opened = await client.POST('/api/session', { body: { code: link.data.code } });
  if (opened.error) throw new Error(opened.error.detail);
  return { id: workspace.id, sessionToken: opened.data.token };
}

/** What an admin's script writes, leaving out whatever has a default. */
export async function setUpProvisioning(admin: Caller): Promise<{ secret: string; refusals: Problem[] }> {
  const client = clientOf(admin);
  const activated = await client.POST('/api/user-provisioning/activate');
  if (activated.error) throw new Error(activated.error.detail);
  const issued = await client.POST('/api/tokens', { body: { name: 'Second' } });
  if (issued.error) throw new Error(issued.error.detail);
  const params = { path: { id: issued.data.id } };
  const rotated = await client.POST('/api/tokens/{id}/rotate', { params, body: {} });
  await client.PATCH('/api/user-provisioning/settings', { body: { removalGuard: { percent: 5 } } });
  await client.POST('/api/properties', { body: { name: 'Team', type: 'text' } });
  const { data: mapping } = await client.GET('/api/attribute-mapping');
  await client.PUT('/api/attribute-mapping', {
    body: { version: mapping?.version, rules: [{ source: 'title', target: { field: 'displayName' } }] },
  });
  const refused = await client.POST('/api/members', { body: { email: 'not an address' } });
  const unknown = await client.GET('/api/members/{id}', { params: { path: { id: 'nobody' } } });
  const refusals: Problem[] = [refused.error, unknown.error].filter((error) => error !== undefined);
  return { secret: rotated.data?.secret ?? activated.data.token.secret, refusals };
}

/** What an identity provider written by hand does. */
export async function pushPerson(provider: Caller): Promise<{ id: string; scimType: string | undefined }> {
  const client = clientOf(provider);
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada@example.com' };
  const created = await client.POST('/scim/v2/Users', { body });
  if (created.error) throw new Error(created.error.detail);
  const again = await client.POST('/scim/v2/Users', { body });
  return { id: created.data.id, scimType: again.error?.scimType };
}
