import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from './backoff.ts';
import type { Event, EventPage, EventType } from './event.ts';
import type { FeedReader } from './feed-reader.ts';
import { ProblemError } from './problem.ts';
import { ReadAhead } from './read-ahead.ts';

const eventsPerPageDefault = 500;
const waitDefaultSeconds = 25;
/** A service that answers at once with nothing (as when it stops) is not asked again at once. */
const emptyAnswerPauseMs = 500;
/** Stands for the place after everything that has happened. */
const fromNow = 'now';

/** Which events to follow. */
export interface EventsOptions {
  /**
   * The cursor to continue after; `now`: only what happens from now on, once the first answer has come; default: from the
   * oldest event that is kept.
   */
  after?: string;
  /** Only events of this workspace: its id, or `ext:` and your own id of it; default: of all that the key may see. */
  workspaceId?: string;
  types?: readonly EventType[];
  /** Events per page; default 500. */
  limit?: number;
  /** How long a request waits for the next event; default 25 s, at most 30. */
  waitSeconds?: number;
  /** Ends the iteration. */
  signal?: AbortSignal;
  /** Told of each attempt that failed; another one follows by itself. */
  onRetry?: (error: unknown) => void;
}

/**
 * The events, one by one, for ever: `for await (const event of client.events({ after, signal }))`.
 *
 * It waits for the next event, and reconnects by itself with growing pauses. It never leaves out an event, nor gives one
 * twice. A process that begins again continues after the {@link cursor} that it saved, and may see the events of the
 * last page again: apply them by `subject.version`.
 *
 * The iteration throws `CursorTooOld` when events were deleted before they were read, and `ProblemError` for what does
 * not pass by itself, such as a key that was revoked. It ends without an error when the signal is aborted.
 */
export class EventStream implements AsyncIterable<Event> {
  private readonly client: FeedReader;
  private readonly options: EventsOptions;
  private place: string | null;

  constructor(client: FeedReader, options: EventsOptions) {
    this.client = client;
    this.options = options;
    this.place = options.after ?? null;
  }

  /**
   * Where to continue: everything up to here has been handled. It moves when the last event of a page has been. Null: at
   * the beginning.
   */
  get cursor(): string | null {
    return this.place === fromNow ? null : this.place;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for await (const { items } of this.pages()) yield* items;
  }

  /**
   * The same page by page, also empty ones: for who applies a page and saves its `next` in one transaction. The next page
   * is asked for already while one is handled.
   */
  async *pages(): AsyncGenerator<EventPage, void, undefined> {
    const { signal } = this.options;
    const backoff = new Backoff();
    const ahead = new ReadAhead((after, stop, onNext) => this.read(after, stop, onNext));
    try {
      while (!signal?.aborted) {
        const startedAt = performance.now();
        const page = await ahead.page(this.place).catch((error: unknown) => new Failure(error));
        if (signal?.aborted) return;
        if (page instanceof Failure) {
          if (!page.mayPass) throw page.error;
          this.options.onRetry?.(page.error);
          await backoff.pause(page.error, signal);
          continue;
        }
        backoff.reset();
        yield page;
        const isFirst = this.place === fromNow;
        this.place = page.next;
        if (page.items.length === 0 && !page.more && !isFirst) await this.rest(performance.now() - startedAt);
      }
    } finally {
      ahead.end();
    }
  }

  private read(after: string | null, stop: AbortSignal, onNext: (after: string) => void): Promise<EventPage> {
    const {
      workspaceId,
      types,
      limit = eventsPerPageDefault,
      waitSeconds = waitDefaultSeconds,
      signal,
    } = this.options;
    const query = { after: after ?? undefined, workspaceId, types, limit, wait: waitSeconds };
    return this.client.eventPage(query, { onNext, signal: signal ? AbortSignal.any([signal, stop]) : stop });
  }

  private async rest(tookMs: number): Promise<void> {
    const { signal } = this.options;
    const leftMs = emptyAnswerPauseMs - tookMs;
    if (leftMs > 0) await sleep(leftMs, undefined, signal && { signal }).catch(() => undefined);
  }
}

/** Why a request failed. */
class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }

  /** Of answers only some; without an answer always: the service restarts, or the network is away. */
  get mayPass(): boolean {
    return !(this.error instanceof ProblemError) || this.error.mayPass;
  }
}
