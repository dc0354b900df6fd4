import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  customUrn,
  enterpriseUrn,
  fieldOf,
  readAttribute,
  type JsonObject,
} from '../../simulator/entra-mapping.ts';

/** A request as the fake saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** What the fake answers instead of the right thing, or null for the right thing. */
export type Fault = (
  request: SeenRequest,
) => { status: number; body?: string; headers?: Record<string, string> } | null;

/** Just enough of a SCIM service, in memory, to test the simulators with. Understands what they send and no more. */
export class FakeScimService {
  readonly users = new Map<string, JsonObject>();
  readonly groups = new Map<string, JsonObject>();
  readonly seen: SeenRequest[] = [];
  fault: Fault = () => null;
  private readonly server: Server;
  private lastId = 0;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/scim+json', ...headers }).end(body ?? '');
      });
    });
  }

  /** Listens on a free port. @returns the tenant URL */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/scim/v2`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(
    incoming: IncomingMessage,
  ): Promise<{ status: number; body?: string; headers?: object }> {
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const request: SeenRequest = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    this.seen.push(request);
    return this.fault(request) ?? this.handle(request);
  }

  /** The right answer, also for a fault that lets the work be done first. */
  handle(request: SeenRequest): { status: number; body?: string } {
    const url = new URL(request.url, 'http://fake');
    const [, , , kind, id] = url.pathname.split('/');
    const store = kind === 'Users' ? this.users : this.groups;
    if (request.method === 'POST') return this.create(store, request.body as JsonObject);
    if (id === undefined) return list(store, url.searchParams.get('filter') ?? '');
    const resource = store.get(id);
    if (resource === undefined) return { status: 404, body: '{"detail":"no such resource","status":"404"}' };
    if (request.method === 'DELETE') store.delete(id);
    if (request.method === 'PATCH') applyPatch(resource, request.body as JsonObject);
    if (request.method === 'PUT') {
      store.set(id, { ...(request.body as JsonObject), id });
      return { status: 200, body: JSON.stringify(store.get(id)) };
    }
    return request.method === 'GET' ? { status: 200, body: JSON.stringify(resource) } : { status: 204 };
  }

  private create(store: Map<string, JsonObject>, body: JsonObject): { status: number; body: string } {
    const { externalId } = body;
    const taken =
      externalId !== undefined && [...store.values()].some((other) => other.externalId === externalId);
    if (taken) return { status: 409, body: '{"detail":"externalId is taken","status":"409"}' };
    this.lastId += 1;
    const resource = { ...body, id: `id-${this.lastId}` };
    setPath(resource, 'active', body.active);
    store.set(resource.id, resource);
    return { status: 201, body: JSON.stringify(resource) };
  }
}

function list(store: Map<string, JsonObject>, filter: string): { status: number; body: string } {
  const terms = filter.split(' and ').map((term) => /^(\w+) eq "(.*)"$/.exec(term) ?? []);
  const found = [...store.values()].filter((resource) =>
    terms.every(([, attribute = '', value = '']) => {
      if (attribute === 'members') return memberIds(resource).includes(value);
      if (attribute === 'manager')
        return fieldOf(fieldOf(resource[enterpriseUrn], 'manager'), 'value') === value;
      return resource[attribute] === value;
    }),
  );
  return { status: 200, body: JSON.stringify({ totalResults: found.length, Resources: found }) };
}

/** The ids of a group's members. */
export function memberIds(group: JsonObject): string[] {
  const members = (group.members ?? []) as { value: string }[];
  return members.map((member) => member.value);
}

function applyPatch(resource: JsonObject, body: JsonObject): void {
  for (const { op, path, value } of body.Operations as { op: string; path?: string; value?: unknown }[]) {
    if (path === undefined) {
      for (const [key, each] of Object.entries(value as JsonObject)) setPath(resource, key, each);
    } else if (path.startsWith('members')) {
      const named = /"(.*)"/.exec(path)?.[1];
      const ids =
        named === undefined ? (value as { value: string }[]).map((member) => member.value) : [named];
      const others = memberIds(resource).filter((id) => !ids.includes(id));
      const kept = op.toLowerCase() === 'add' ? [...others, ...ids] : others;
      resource.members = kept.map((id) => ({ value: id }));
    } else {
      setPath(resource, path, value);
    }
  }
}

function setPath(resource: JsonObject, path: string, sent: unknown): void {
  const value = sent === 'True' ? true : sent === 'False' ? false : sent;
  const urn = [enterpriseUrn, customUrn].find((each) => path.startsWith(`${each}:`));
  if (urn !== undefined) {
    const name = path.slice(urn.length + 1);
    const extension = { ...(resource[urn] as JsonObject | undefined) };
    resource[urn] = { ...extension, [name]: name === 'manager' ? { value } : value };
    return;
  }
  const filtered = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  const [attribute = '', subAttribute] = path.split('.');
  if (filtered !== null) setElement(resource, filtered, value);
  else if (subAttribute === undefined) resource[attribute] = value;
  else resource[attribute] = { ...(resource[attribute] as JsonObject | undefined), [subAttribute]: value };
}

function setElement(
  resource: JsonObject,
  [path, attribute = '', type, subAttribute = '']: string[],
  value: unknown,
): void {
  const elements = (resource[attribute] ?? []) as JsonObject[];
  if (
    readAttribute(resource, path ?? '') === undefined &&
    !elements.some((element) => element.type === type)
  ) {
    elements.push({ type });
  }
  resource[attribute] = elements.map((element) =>
    element.type === type ? { ...element, [subAttribute]: value } : element,
  );
}
