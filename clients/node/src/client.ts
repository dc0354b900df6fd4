import createOpenApiClient, { type Client as OpenApiClient } from 'openapi-fetch';
import type { BucketDigest } from './digest.ts';
import type { EventPage, EventType, Member } from './event.ts';
import { EventStream, type EventsOptions } from './events.ts';
import { readLines } from './json-lines.ts';
import type { components, paths } from './openapi.ts';
import { problemOf } from './problem.ts';

type Schemas = components['schemas'];
export type Workspace = Schemas['WorkspaceResponse'];

/** Where the service is, and who calls. */
export interface ClientOptions {
  /** Where the service listens: `https://provisioning.example.com`. */
  url: string;
  /** A product key (`upk_…`). */
  key: string;
  /** Sends the requests; default: that of Node. */
  fetch?: typeof fetch;
}

/** How one call is made. */
export interface CallOptions {
  signal?: AbortSignal;
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
  | { kind: 'group'; id: string; name: string };

/** Which part of a snapshot to read. */
export interface SnapshotQuery {
  /** Go on after this member: the last one of a snapshot that was cut off. */
  from?: string | undefined;
  /** Only members of these buckets, of so many. */
  buckets?: number;
  bucket?: readonly number[];
}

/** What the service says that a right copy has. */
export interface RemoteDigest {
  sequence: number;
  members: number;
  digest: string;
  buckets: BucketDigest[];
}

const secondsMs = 1000;
/** Longer than the feed waits by this, an answer is not to be expected any more. */
const graceSeconds = 15;
const callTimeoutMs = 30_000;

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

  constructor({ url, key, fetch: send = globalThis.fetch }: ClientOptions) {
    this.url = url.replace(/\/+$/, '');
    this.key = key;
    this.fetch = send;
    this.api = createOpenApiClient<paths>({ baseUrl: this.url, headers: this.headers, fetch: (request) => send(request) });
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
    return this.answerOf(
      this.api.GET('/operator/events', {
        params: { query: { ...defined(rest), ...(types && { types: types.join(',') }) } },
        signal: withTimeout(timeoutMs, signal),
      }),
    );
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.key}`, 'accept-language': 'en' };
  }
}
