import { Injectable } from '@nestjs/common';
import { CursorSeal } from '../database/cursor-seal.ts';
import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { BadInputError, CursorTooOldError } from '../errors/domain-errors.ts';
import type { EventType } from './event.ts';
import { EventCursors, type FeedPlace, type GlobalPlace, type WorkspacePlace } from './event-cursor.ts';
import { EventPublisher } from './event-publisher.ts';
import { type PublishedRange, readPublication, readPublished } from './publish.ts';
import {
  type EventRange,
  type EventRow,
  readEventAt,
  readEvents,
  readHead,
  readRanges,
} from './read-events.ts';

/** Positions of the feed over all workspaces that one page looks at. */
const positionsPerPageMax = 1_000;

/**
 * What a reader asks for.
 *
 * @property after the cursor that the page continues after; absent: from the oldest event that is kept
 * @property workspaceId the workspace whose events are read; null: those of all workspaces that the reader may see
 * @property visible the workspaces that the reader may see; null: all
 * @property types only these events; null: all
 */
export interface FeedQuery {
  after?: string | undefined;
  workspaceId: string | null;
  visible: readonly string[] | null;
  types: readonly EventType[] | null;
  limit: number;
}

/**
 * A page of events.
 *
 * @property next the cursor that the next page continues after; usable also when there are no events
 * @property more whether the next page can be read at once
 */
export interface FeedPage {
  events: EventRow[];
  next: string;
  more: boolean;
}

interface PageAt {
  events: EventRow[];
  place: FeedPlace;
  more: boolean;
}

/** Reads events in order. What a reader has passed never appears later. */
@Injectable()
export class EventFeed {
  private readonly cursors: EventCursors;

  constructor(
    private readonly db: StatementPool,
    private readonly publisher: EventPublisher,
    seal: CursorSeal,
  ) {
    this.cursors = new EventCursors(seal);
  }

  /** The cursor right after an event of a workspace. @param at the time of that event in ms; null when it is not known */
  cursorAfter(workspaceId: string, sequence: bigint, at: number | null): string {
    return this.cursors.encode({ kind: 'workspace', workspaceId, sequence, at });
  }

  /**
   * A page of events, at once.
   *
   * @throws BadInputError for a cursor that is none, or belongs to another workspace
   * @throws CursorTooOldError when what follows the cursor is no longer kept
   */
  async read(query: FeedQuery): Promise<FeedPage> {
    const place = this.placeOf(query);
    let page = await this.pageAt(query, place);
    // A page of which no event fits the filter says nothing: look on.
    while (page.events.length === 0 && page.more) page = await this.pageAt(query, page.place);
    return { events: page.events, next: this.cursors.encode(page.place), more: page.more };
  }

  /**
   * {@link read}; when there is nothing, waits until there is. Waiting takes no connection and asks nothing.
   *
   * @param waitMs how long at most
   * @param signal ends the waiting
   */
  async wait(query: FeedQuery, waitMs: number, signal: AbortSignal): Promise<FeedPage> {
    const ends = performance.now() + waitMs;
    // Listening begins before reading, so that nothing falls between the two.
    const news = new News(this.publisher, query);
    try {
      for (;;) {
        const page = await this.read(query);
        const leftMs = ends - performance.now();
        if (page.events.length > 0 || leftMs <= 0 || signal.aborted) return page;
        await news.next(leftMs, signal);
      }
    } finally {
      news.end();
    }
  }

  private placeOf({ after, workspaceId }: FeedQuery): FeedPlace | null {
    if (after === undefined || after === '') return null;
    const place = this.cursors.decode(after);
    const isForeign = workspaceId !== null && (place.kind === 'global' || place.workspaceId !== workspaceId);
    if (isForeign) {
      const whose = place.kind === 'global' ? 'the events of all workspaces' : 'another workspace';
      throw new BadInputError([{ path: 'after', message: `This cursor belongs to ${whose}.` }]);
    }
    return place;
  }

  private pageAt(query: FeedQuery, place: FeedPlace | null): Promise<PageAt> {
    if (place?.kind === 'workspace') return this.workspacePage(query, place.workspaceId, place);
    if (query.workspaceId !== null) return this.workspacePage(query, query.workspaceId, null);
    return this.globalPage(query, place);
  }

  private async workspacePage(
    { types, limit, visible }: FeedQuery,
    workspaceId: string,
    place: WorkspacePlace | null,
  ): Promise<PageAt> {
    if (visible !== null && !visible.includes(workspaceId)) {
      throw new BadInputError([{ path: 'after', message: 'This cursor belongs to another workspace.' }]);
    }
    const { sequence, forgotten } = await readHead(this.db, workspaceId);
    const from = place?.sequence ?? forgotten;
    if (from < forgotten || from > sequence) throw new CursorTooOldError();
    if (place !== null && place.at !== null && from > forgotten) {
      const at = await readEventAt(this.db, workspaceId, from);
      if (at?.getTime() !== place.at) throw new CursorTooOldError();
    }
    const range: EventRange = { workspaceId, after: from, upTo: sequence };
    const events = await readEvents(this.db, range, types, limit);
    const isFull = events.length === limit;
    const last = isFull ? BigInt(events.at(-1)?.sequence ?? 0) : sequence;
    const at = await this.timeOf(workspaceId, last, events, place);
    return { events, place: { kind: 'workspace', workspaceId, sequence: last, at }, more: last < sequence };
  }

  private async timeOf(
    workspaceId: string,
    sequence: bigint,
    events: readonly EventRow[],
    place: WorkspacePlace | null,
  ): Promise<number | null> {
    if (sequence === place?.sequence) return place.at;
    const last = events.at(-1);
    if (last !== undefined && BigInt(last.sequence) === sequence) return last.at.getTime();
    return (await readEventAt(this.db, workspaceId, sequence))?.getTime() ?? null;
  }

  private async globalPage({ types, limit, visible }: FeedQuery, place: GlobalPlace | null): Promise<PageAt> {
    const { position: newest, forgotten } = await readPublication(this.db);
    const from: GlobalPlace = place ?? { kind: 'global', position: forgotten, sequence: 0n, at: null };
    if (from.position < forgotten || from.position > newest) throw new CursorTooOldError();
    if (from.at !== null && from.position > forgotten) {
      const at = await readPublishedAt(this.db, from.position);
      if (at?.getTime() !== from.at) throw new CursorTooOldError();
    }
    const positions = await readPublished(this.db, from.position, positionsPerPageMax);
    const { ranges, end } = cut(positions, from, limit, visible);
    const events = await readRanges(this.db, ranges, types);
    const more = end.sequence > 0n || end.position < newest;
    return { events, place: end, more };
  }
}

/**
 * Takes as many positions as hold a page of events; the last one in part.
 *
 * @returns the events to read, and the place after them
 */
export function cut(
  positions: readonly PublishedRange[],
  from: GlobalPlace,
  limit: number,
  visible: readonly string[] | null,
): { ranges: EventRange[]; end: GlobalPlace } {
  const ranges: EventRange[] = [];
  let end = from;
  let left = BigInt(limit);
  for (const { position, workspaceId, firstSequence, lastSequence, at } of positions) {
    if (left === 0n) break;
    const isBegun = BigInt(position) === from.position + 1n && from.sequence > 0n;
    const after = isBegun ? from.sequence : BigInt(firstSequence) - 1n;
    const last = BigInt(lastSequence);
    const whole = { kind: 'global', position: BigInt(position), sequence: 0n, at: at.getTime() } as const;
    if (visible !== null && !visible.includes(workspaceId)) {
      end = whole;
      continue;
    }
    const upTo = last - after <= left ? last : after + left;
    ranges.push({ workspaceId, after, upTo });
    left -= upTo - after;
    end = upTo === last ? whole : { ...end, sequence: upTo };
  }
  return { ranges, end };
}

async function readPublishedAt(db: Db, position: bigint): Promise<Date | null> {
  const { rows } = await db.run(
    sql<{ at: Date }>`SELECT at FROM published_event WHERE position = ${position}`.prepared(),
  );
  return rows[0]?.at ?? null;
}

/** New events that concern a reader, as the publisher of this process tells of them. */
class News {
  private hasCome = false;
  private wake: (() => void) | null = null;
  private readonly unlisten: () => void;

  constructor(publisher: EventPublisher, query: FeedQuery) {
    this.unlisten = publisher.listen((workspaceIds) => {
      if (!concerns(query, workspaceIds)) return;
      this.hasCome = true;
      this.wake?.();
    });
  }

  /** Waits for the next news, or the end of the time. */
  async next(withinMs: number, signal: AbortSignal): Promise<void> {
    if (!this.hasCome && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        signal.addEventListener('abort', end);
        this.wake = end;
      });
    }
    this.wake = null;
    this.hasCome = false;
  }

  end(): void {
    this.unlisten();
  }
}

function concerns({ workspaceId, visible }: FeedQuery, news: ReadonlySet<string>): boolean {
  if (workspaceId !== null) return news.has(workspaceId);
  return visible === null ? news.size > 0 : visible.some((id) => news.has(id));
}
