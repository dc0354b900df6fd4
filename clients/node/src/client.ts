import createOpenApiClient, { type Client as OpenApiClient } from 'openapi-fetch';
import type { EventPage, EventType, Member } from './event.ts';
import { EventStream, type EventsOptions } from './events.ts';
import { readJsonLines } from './json-lines.ts';
import { answerOf, callTimeoutMs, type CallOptions, withTimeout } from './call.ts';
import { Members } from './members.ts';
import type { components, paths } from './openapi.ts';
import { problemOf } from './problem.ts';
import { Workspaces } from './workspaces.ts';

/** Where the service is, and who calls. */
export interface ClientOptions {
  /** Where the service listens: `https://provisioning.example.com`. */
  url: string;
  /** A product key (`upk_…`). */
  key: string;
  /** Sends the requests; default: that of Node. */
  fetch?: typeof fetch;
}

/** Which page of the feed to read. */
export interface EventPageQuery {
  after?: string | undefined;
  /** Only events of this workspace: its id, or `ext:` and your own id of it. */
  workspaceId?: string | undefined;
  types?: readonly EventType[] | undefined;
  limit?: number | undefined;
  /** How many seconds the answer may wait for something to come; at most 30. */
  wait?: number | undefined;
}

/** The first line of a snapshot: the moment that it shows, and how much follows. */
export interface SnapshotHead {
  kind: 'head';
  sequence: number;
  /** The feed continues exactly here. */
  cursor: string;
  members: number;
  groups: number;
}

/** A line of a snapshot. */
export type SnapshotLine =
  | SnapshotHead
  | ({ kind: 'member' } & Member)
  | { kind: 'group'; id: string; name: string; memberIds: string[] }
  /** More members of a group that is too large for one line. */
  | { kind: 'membership'; groupId: string; memberIds: string[] };

/** The member of a line. */
export function memberOfLine({ kind: _, ...member }: { kind: 'member' } & Member): Member {
  return member;
}

/** Which part of a snapshot to read. */
export interface SnapshotQuery {
  /** Go on after this member: the last one of a snapshot that was cut off. */
  from?: string | undefined;
}

/** What the service says that a right copy has. */
export type RemoteDigest = components['schemas']['DigestResponse'];

const secondsMs = 1000;
/** Longer than the feed waits by this, an answer is not to be expected any more. */
const graceSeconds = 15;

/** Makes a client of the service. It keeps no state and no connection of its own; one is enough for a process. */
export function createClient(options: ClientOptions): Client {
  return new Client(options);
}

/** Typed calls of `/operator`. Each throws `ProblemError` for an answer that is no success. */
export class Client {
  private readonly url: string;
  private readonly key: string;
  private readonly fetch: typeof fetch;
  private readonly api: OpenApiClient<paths>;
  readonly workspaces: Workspaces;
  readonly members: Members;

  constructor({ url, key, fetch: send = globalThis.fetch }: ClientOptions) {
    this.url = url.replace(/\/+$/, '');
    this.key = key;
    this.fetch = send;
    this.api = createOpenApiClient<paths>({ baseUrl: this.url, headers: this.headers, fetch: (request) => send(request) });
    this.workspaces = new Workspaces(this.api);
    this.members = new Members(this.api);
  }

  /** The events, one by one, for ever: see {@link EventStream}. */
  events(options: EventsOptions = {}): EventStream {
    return new EventStream(this, options);
  }

  /**
   * One page of the feed.
   *
   * @throws CursorTooOld when what follows the cursor is no longer kept
   */
  async eventPage(query: EventPageQuery, { signal }: CallOptions = {}): Promise<EventPage> {
    const { types, ...rest } = query;
    const timeoutMs = ((query.wait ?? 0) + graceSeconds) * secondsMs;
    return answerOf(
      this.api.GET('/operator/events', {
        params: { query: { ...defined(rest), ...(types && { types: types.join(',') }) } },
        signal: withTimeout(timeoutMs, signal),
      }),
    );
  }

  /** A snapshot of a workspace, line by line as it comes. It throws when the connection breaks before its end. */
  async *snapshot(
    workspace: string,
    { from }: SnapshotQuery = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<SnapshotLine, void, undefined> {
    const path = `/operator/workspaces/${encodeURIComponent(workspace)}/snapshot`;
    const response = await this.send(path, defined({ from }), signal);
    if (response.body === null) throw new Error('The snapshot has no body');
    for await (const line of readJsonLines(response.body)) yield line as SnapshotLine;
  }

  /** What a right copy of the members comes to: compare it with a `Digest` of your own. */
  digest(workspace: string, buckets: number, { signal }: CallOptions = {}): Promise<RemoteDigest> {
    const params = { path: { id: workspace }, query: { buckets } };
    const call = { params, signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.GET('/operator/workspaces/{id}/digest', call));
  }

  private async send(path: string, query: object, signal?: AbortSignal): Promise<Response> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const request = { headers: this.headers, ...(signal && { signal }) };
    const response = await this.fetch(`${this.url}${path}?${search.toString()}`, request);
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
    return response;
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.key}`, 'accept-language': 'en' };
  }
}

/** Leaves out what is undefined: a query has no such thing. */
function defined<T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}
