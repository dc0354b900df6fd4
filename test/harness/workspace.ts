import { productScopes } from '../../src/http/request/caller.ts';
import type { Asked, Dialect, Method, Schema } from './answers.ts';
import type { Service } from './service.ts';
import type { NewWorkspace } from './workspace-copies.ts';

/** Sends requests with one kind of credentials: `admin.get('/api/session').expect(200)`. */
export interface Client<Of extends Dialect = 'api'> {
  get<Path extends string>(path: Path): Asked<{ dialect: Of; method: 'get'; path: Path }>;
  post<Path extends string>(path: Path, body?: object): Asked<{ dialect: Of; method: 'post'; path: Path }>;
  put<Path extends string>(path: Path, body?: object): Asked<{ dialect: Of; method: 'put'; path: Path }>;
  patch<Path extends string>(path: Path, body?: object): Asked<{ dialect: Of; method: 'patch'; path: Path }>;
  delete<Path extends string>(path: Path): Asked<{ dialect: Of; method: 'delete'; path: Path }>;
  /** Sends a request whose method and path come from a table. */
  send(method: Method, path: string, body?: object): Asked<{ dialect: Of; method: Method; path: string }>;
}

/** Sends requests as an identity provider; paths are below `/scim/v2`. */
export type ScimClient = Client<'scim'>;

/** A workspace and a client for each of its roles. */
export interface TestWorkspace {
  id: string;
  /** Session token of its admin. */
  adminToken: string;
  /** Secret of its API token; empty while provisioning is not active. */
  token: string;
  /** Speaks as the operator; paths in full: `/operator/workspaces`. */
  operator: Client;
  /** Speaks as the workspace's admin; paths in full: `/api/tokens`. */
  admin: Client;
  /** Speaks as the identity provider; paths below `/scim/v2`: `/Users`. */
  scim: ScimClient;
}

export interface TestWorkspaceOptions {
  name?: string;
  entitled?: boolean;
  active?: boolean;
  adminEmail?: string;
}

/** The service that has the workspace: in this process, or in its own. */
export type Host = Pick<Service, 'http'> & {
  config: Pick<Service['config'], 'operatorToken'>;
  copies?: Service['copies'];
};

/**
 * Makes a workspace over HTTP, or a copy of one that was made so, entitled and active unless told otherwise, and signs its
 * admin in.
 */
export async function givenWorkspace(
  service: Host,
  options: TestWorkspaceOptions = {},
): Promise<TestWorkspace> {
  const {
    name = 'Example AG',
    active = options.entitled ?? true,
    adminEmail = 'admin@example.com',
  } = options;
  const entitled = options.entitled ?? true;
  const operator = operatorClient(service);
  const make = async (): Promise<NewWorkspace> => {
    const created = await operator.post('/operator/workspaces', { name }).expect(201);
    const { id } = created.body;
    if (entitled) await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    const adminToken = await signIn(service, id, adminEmail);
    const token = active ? await activate(adminClient(service, adminToken)) : '';
    return { id, adminToken, token };
  };
  const kind = JSON.stringify([name, entitled, active, adminEmail]);
  const made = service.copies ? await service.copies.make(kind, make) : await make();
  return {
    ...made,
    operator,
    admin: adminClient(service, made.adminToken),
    scim: scimClient(service, made.token),
  };
}

/** Speaks as the operator. */
export function operatorClient(service: Host): Client {
  return clientWith(service, { bearer: service.config.operatorToken });
}

/** Speaks as the admin whose session token this is. */
export function adminClient(service: Host, sessionToken: string): Client {
  return clientWith(service, { bearer: sessionToken });
}

/** Speaks as the back end of the host product, with a product key. */
export function productClient(service: Host, secret: string): Client {
  return clientWith(service, { bearer: secret });
}

/** Makes a product key over HTTP: with every scope and for all workspaces, unless told otherwise. */
export async function givenProductKey(
  service: Host,
  options: { scopes?: readonly string[]; workspaceIds?: readonly string[]; name?: string } = {},
): Promise<Schema<'IssuedProductKeyResponse'>> {
  const body = { name: 'Back end', scopes: productScopes, ...options };
  return (await operatorClient(service).post('/operator/keys', body).expect(201)).body;
}

/** The path of a workspace by the vendor's own id. */
export function workspacePath(externalId: string): `/operator/workspaces/${string}` {
  return `/operator/workspaces/ext:${encodeURIComponent(externalId)}`;
}

/** Speaks as an identity provider with this API token; paths are below `/scim/v2`. */
export function scimClient(service: Host, token: string): ScimClient {
  return clientWith(service, { bearer: token, root: '/scim/v2', contentType: 'application/scim+json' });
}

/** Signs an admin in by a new admin link and answers with the session token. */
export async function signIn(
  service: Host,
  workspaceId: string,
  email = 'admin@example.com',
): Promise<string> {
  const code = await newAdminCode(service, workspaceId, email);
  const opened = await service.http.post('/api/session').send({ code }).expect(201);
  return opened.body.token;
}

/** The code of a new admin link. */
export async function newAdminCode(
  service: Host,
  workspaceId: string,
  email = 'admin@example.com',
): Promise<string> {
  const operator = operatorClient(service);
  const link = await operator.post(`/operator/workspaces/${workspaceId}/admin-links`, { email }).expect(201);
  return link.body.code;
}

/** Activates provisioning and answers with the secret of the API token. */
export async function activate(admin: Client): Promise<string> {
  const activated = await admin.post('/api/user-provisioning/activate').expect(201);
  return activated.body.token.secret;
}

/** Starts automatic synchronization, which otherwise starts with the first manual run. */
export async function startAutomaticSync(admin: Client): Promise<void> {
  await admin.post('/api/user-provisioning/automatic-sync/start').expect(200);
}

interface ClientSettings {
  bearer: string;
  root?: string;
  contentType?: string;
}

function clientWith<Of extends Dialect>(
  service: Host,
  { bearer, root = '', contentType = 'application/json' }: ClientSettings,
): Client<Of> {
  const send = (method: Method, path: string, body?: object) => {
    const request = service.http[method](root + path).set('Authorization', `Bearer ${bearer}`);
    // Serialized here: superagent does not know that `application/scim+json` is JSON.
    return body === undefined ? request : request.set('Content-Type', contentType).send(JSON.stringify(body));
  };
  const client: Record<Method | 'send', unknown> = {
    get: (path: string) => send('get', path),
    post: (path: string, body?: object) => send('post', path, body),
    put: (path: string, body?: object) => send('put', path, body),
    patch: (path: string, body?: object) => send('patch', path, body),
    delete: (path: string) => send('delete', path),
    send,
  };
  return client as Client<Of>;
}
