import createOpenApiClient, { type Client as OpenApiClient } from 'openapi-fetch';
import type { EventPage, Member } from './event.ts';
import { EventStream, type EventsOptions } from './events.ts';
import { type EventPageOptions, type EventPageQuery, type FeedReader, nextInLink } from './feed-reader.ts';
import { readJsonLines, writeJsonLines } from './json-lines.ts';
import { answerOf, callTimeoutMs, type CallOptions, withTimeout } from './call.ts';
import { Members } from './members.ts';
import type { components, paths } from './openapi.ts';
import { type Problem, problemOf } from './problem.ts';
import { resending } from './resend.ts';
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
  /** Only members of some buckets, out of so many; groups are told all, with those of their members. */
  buckets?: { of: number; numbers: readonly number[] } | undefined;
}

/** What the service says that a right copy has. */
export type RemoteDigest = components['schemas']['DigestResponse'];

export type AccessCheck = components['schemas']['AccessCheckDto'];
export type AccessDecision = components['schemas']['AccessCheckResponse'];

/** A member of a batch: your own id of them, and what they should be like. */
export type BatchLine = components['schemas']['PutMemberDto'] & { externalId: string };

/** What became of a line of a batch. */
export interface BatchOutcome {
  line: number;
  outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  memberId?: string;
  problem?: Problem;
}

/** What you did about an event: how many sessions you ended and tokens you revoked, and when; default: now. */
export type Receipt = components['schemas']['ReceiptDto'];

/** A receipt as it was recorded. */
export type RecordedReceipt = components['schemas']['ReceiptResponse'];

type SendOptions = RequestInit & { duplex?: 'half'; headers?: Record<string, string> };

const secondsMs = 1000;
/** Longer than the feed waits by this, an answer is not to be expected any more. */
const graceSeconds = 15;

/** Makes a client of the service. It keeps no state and no connection of its own; one is enough for a process. */
export function createClient(options: ClientOptions): Client {
  return new Client(options);
}

/** Typed calls of `/operator`. Each throws `ProblemError` for an answer that is no success. */
export class Client implements FeedReader {
  private readonly url: string;
  private readonly key: string;
  private readonly fetch: typeof fetch;
  private readonly api: OpenApiClient<paths>;
  readonly workspaces: Workspaces;
  readonly members: Members;

  constructor({ url, key, fetch: send = globalThis.fetch }: ClientOptions) {
    this.url = url.replace(/\/+$/, '');
    this.key = key;
    this.fetch = resending(send);
    this.api = createOpenApiClient<paths>({
      baseUrl: this.url,
      headers: this.headers,
      fetch: (request) => this.fetch(request),
    });
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
  async eventPage(query: EventPageQuery, { signal, onNext }: EventPageOptions = {}): Promise<EventPage> {
    const { types, ...rest } = query;
    const timeoutMs = ((query.wait ?? 0) + graceSeconds) * secondsMs;
    return answerOf(
      this.api.GET('/operator/events', {
        params: { query: { ...defined(rest), ...(types && { types: types.join(',') }) } },
        signal: withTimeout(timeoutMs, signal),
        fetch: async (request) => {
          const response = await this.fetch(request);
          const next = nextInLink(response.headers.get('link'));
          if (next !== null) onNext?.(next);
          return response;
        },
      }),
    );
  }

  /** A snapshot of a workspace, line by line as it comes. It throws when the connection breaks before its end. */
  async *snapshot(
    workspace: string,
    { from, buckets }: SnapshotQuery = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<SnapshotLine, void, undefined> {
    const path = `/operator/workspaces/${encodeURIComponent(workspace)}/snapshot`;
    const query = new URLSearchParams([
      ...(from === undefined ? [] : [['from', from]]),
      ...(buckets === undefined ? [] : [['buckets', String(buckets.of)]]),
      ...(buckets?.numbers ?? []).map((number) => ['bucket', String(number)]),
    ]);
    const response = await this.send(`${path}?${query.toString()}`, signal === undefined ? {} : { signal });
    if (response.body === null) throw new Error('The snapshot has no body');
    for await (const line of readJsonLines(response.body)) yield line as SnapshotLine;
  }

  /** What a right copy of the members comes to: compare it with a `Digest` of your own. */
  digest(workspace: string, buckets: number, { signal }: CallOptions = {}): Promise<RemoteDigest> {
    const params = { path: { id: workspace }, query: { buckets } };
    const call = { params, signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.GET('/operator/workspaces/{id}/digest', call));
  }

  /**
   * Whether a person may use the product: ask at sign-in. When the service cannot be reached, your own copy of the
   * members answers nearly as well.
   */
  async accessCheck(check: AccessCheck, { signal }: CallOptions = {}): Promise<AccessDecision> {
    const call = { body: check, signal: withTimeout(callTimeoutMs, signal) };
    return (await answerOf(this.api.POST('/operator/access-checks', call))) as AccessDecision;
  }

  /** Up to 100 at once, answered in the order of the questions. */
  async accessChecks(checks: AccessCheck[], { signal }: CallOptions = {}): Promise<AccessDecision[]> {
    const call = { body: { checks }, signal: withTimeout(callTimeoutMs, signal) };
    const answer = await answerOf(this.api.POST('/operator/access-checks', call));
    return (answer as components['schemas']['AccessChecksResponse']).results;
  }

  /**
   * Creates or updates many members, as they are given: at most 50,000. Repeat it when it breaks off; what was done is
   * then `unchanged`.
   *
   * @returns an outcome for each line, as they come; a line that is refused refuses itself alone
   */
  async *putMembers(
    workspace: string,
    members: AsyncIterable<BatchLine> | Iterable<BatchLine>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<BatchOutcome, void, undefined> {
    const response = await this.send(`/operator/workspaces/${encodeURIComponent(workspace)}/members/batch`, {
      method: 'POST',
      body: writeJsonLines(members),
      duplex: 'half',
      headers: { 'content-type': 'application/x-ndjson' },
      ...(signal && { signal }),
    });
    if (response.body === null) throw new Error('The answer has no body');
    for await (const line of readJsonLines(response.body)) yield line as BatchOutcome;
  }

  /**
   * Tells the customer's admin what you did about an event: they read it in the timeline of the person. A later receipt
   * replaces an earlier one.
   *
   * @param eventId the `id` of the event
   * @throws ProblemError 404 for an event that is not kept any more, or that the key may not see
   */
  receipt(eventId: string, receipt: Receipt, { signal }: CallOptions = {}): Promise<RecordedReceipt> {
    const params = { path: { event: eventId } };
    const call = { params, body: receipt, signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.POST('/operator/events/{event}/receipt', call));
  }

  private async send(path: string, { headers, ...init }: SendOptions): Promise<Response> {
    const response = await this.fetch(this.url + path, { ...init, headers: { ...this.headers, ...headers } });
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
