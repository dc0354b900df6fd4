import type { DatabaseSync } from 'node:sqlite';
import { type Client, createClient, ProblemError, type Workspace } from '../../clients/node/src/index.ts';
import { productRoles } from './admin-role.ts';
import { readSetting, writeSetting } from './database.ts';
import type { Settings } from './settings.ts';

const scopes = [
  'events:read',
  'members:read',
  'members:write',
  'workspaces:read',
  'workspaces:write',
  'links:create',
];
/** A key of an earlier version of the product has fewer scopes: another set is another key. */
const keySetting = `key for ${scopes.join(' ')}`;

/** What the product needs of the service. */
export interface Connection {
  client: Client;
  workspace: Workspace;
  /** null: the service takes no webhook to this address; the feed brings everything as well. */
  webhookSecret: string | null;
}

/**
 * Connects to the service. The first time, the operator token makes the workspace of the customer, a product key, and a
 * webhook; afterwards the key is all that is needed.
 */
export async function connect(database: DatabaseSync, settings: Settings): Promise<Connection> {
  const operator = createClient({ url: settings.serviceUrl, key: settings.operatorToken });
  const workspace = await findWorkspace(operator, settings.workspace);
  const key = readSetting(database, keySetting) ?? (await makeKey(settings, workspace));
  writeSetting(database, keySetting, key);
  const client = createClient({ url: settings.serviceUrl, key });
  const webhookSecret = readSetting(database, 'webhook') ?? (await makeWebhook(settings, workspace));
  if (webhookSecret !== null) writeSetting(database, 'webhook', webhookSecret);
  await declareRoles(settings);
  await addAdmin(client, workspace, settings.adminEmail);
  return { client, workspace, webhookSecret };
}

async function findWorkspace(operator: Client, id: string): Promise<Workspace> {
  if (!id.startsWith('ext:')) return operator.workspaces.get(id);
  return operator.workspaces.put(id, { name: 'Nordlicht GmbH', entitled: true });
}

/** Declares the roles of the product, unless some are declared already: the ones that rules use must stay. */
async function declareRoles(settings: Settings): Promise<void> {
  const { items } = await asOperator<{ items: unknown[] }>(settings, 'GET', '/operator/roles');
  if (items.length === 0) await asOperator(settings, 'PUT', '/operator/roles', productRoles);
}

/** The people who used the product before: here one admin. A customer's real members go through `putMembers`. */
async function addAdmin(client: Client, { id }: Workspace, email: string): Promise<void> {
  await client.members.put(id, 'ext:admin', { email, displayName: 'Admin' });
}

async function makeKey(settings: Settings, { id }: Workspace): Promise<string> {
  const body = { name: 'Example product', scopes, workspaceIds: [id] };
  return (await asOperator<{ secret: string }>(settings, 'POST', '/operator/keys', body)).secret;
}

async function makeWebhook(settings: Settings, { id }: Workspace): Promise<string | null> {
  const body = {
    url: `http://127.0.0.1:${settings.port}/webhooks`,
    types: ['member.suspended', 'member.deactivated', 'member.removed'],
    workspaceIds: [id],
  };
  try {
    return (await asOperator<{ secret: string }>(settings, 'POST', '/operator/webhooks', body)).secret;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.mayPass) throw error;
    console.error(`No webhook: ${error.message} The feed brings the same.`);
    return null;
  }
}

/** What only the operator token may do. @throws ProblemError */
export async function asOperator<T>(
  { serviceUrl, operatorToken }: Settings,
  method: string,
  path: string,
  body?: object | readonly object[],
): Promise<T> {
  const response = await fetch(serviceUrl + path, {
    method,
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ProblemError(response.status, answer as object);
  return answer as T;
}
