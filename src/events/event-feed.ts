import { Injectable } from '@nestjs/common';
import { CursorSeal } from '../database/cursor-seal.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { BadInputError, CursorTooOldError } from '../errors/domain-errors.ts';
import type { EventType } from './event.ts';
import { EventCursors, type FeedPlace, type GlobalPlace, type WorkspacePlace } from './event-cursor.ts';
import { EventPublisher } from './event-publisher.ts';
import { cut, placeAfter } from './feed-ranges.ts';
import { News } from './news.ts';
import { readNewestPosition, readPositions } from './publish.ts';
import type { EventRange } from './event-range.ts';
import { type RangesPage, readNewestEvent, readRanges, readWorkspaceHead } from './read-events.ts';

/** Positions of the feed over all workspaces that one page looks at. */
const positionsPerPageMax = 1_000;

/** Events that one page looks at when a reader wants some types only: rare ones are found in few steps. */
const lookedAtMinEvents = 5_000;

/** What `after` is when a reader wants only what happens from now on. */
export const fromNow = 'now';

/**
 * What a reader asks for.
 *
 * @property after the cursor that the page continues after; {@link fromNow}; absent: from the oldest event that is kept
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
 * @property texts the events as parts of JSON: with commas between them they are an array. They come later than the rest,
 *   which does not depend on them, and are refused (`CursorTooOldError`) when they are deleted meanwhile
 * @property next the cursor that the next page continues after; usable also when there are no events
 * @property more whether the next page can be read at once
 */
export interface FeedPage {
  texts: Promise<string[]>;
  next: string;
  more: boolean;
}

interface PageAt {
  /** Null: there are none. */
  texts: Promise<string[]> | null;
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
   * A page of events. When there is none, waits until there is. Waiting takes no connection and asks nothing.
   *
   * @param waitMs how long at most; 0: the answer comes at once
   * @param signal ends the waiting
   * @throws BadInputError for a cursor that is none, or belongs to another workspace
   * @throws CursorTooOldError when what follows the cursor is no longer kept
   */
  async read(query: FeedQuery, waitMs: number, signal: AbortSignal): Promise<FeedPage> {
    // The reader has a place before anything happens; held back, the answer might get lost with what happened meanwhile.
    if (query.after === fromNow) return this.answer(await this.now(query.workspaceId));
    const ends = performance.now() + waitMs;
    // Listening begins before reading, so that nothing falls between the two.
    const news = new News(this.publisher, (workspaceIds) => concerns(query, workspaceIds));
    try {
      let page = await this.pageAt(query, await this.placeOf(query));
      for (;;) {
        // A page of which no event fits the filter says nothing: look on.
        while (page.texts === null && page.more) page = await this.pageAt(query, page.place);
        const leftMs = ends - performance.now();
        if (page.texts !== null || leftMs <= 0 || signal.aborted) return this.answer(page);
        await news.next(leftMs, signal);
        page = await this.pageAt(query, page.place);
      }
    } finally {
      news.end();
    }
  }

  private answer({ texts, place, more }: PageAt): FeedPage {
    return { texts: texts ?? Promise.resolve([]), next: this.cursors.encode(place), more };
  }

  /** The place after everything that has happened, as a page without events. */
  private async now(workspaceId: string | null): Promise<PageAt> {
    if (workspaceId === null) {
      const { position, at } = await readNewestPosition(this.db);
      const place = { kind: 'global', position, sequence: 0n, at: at?.getTime() ?? null } as const;
      return { texts: null, place, more: false };
    }
    const { sequence, at } = await readNewestEvent(this.db, workspaceId);
    const place = { kind: 'workspace', workspaceId, sequence, at: at?.getTime() ?? null } as const;
    return { texts: null, place, more: false };
  }

  private async placeOf({ after, workspaceId }: FeedQuery): Promise<FeedPlace | null> {
    if (after === undefined || after === '') return null;
    const place =
      this.cursors.find(after) ??
      (await this.placeFromElsewhere(after, workspaceId)) ??
      this.cursors.decode(after);
    const isForeign = workspaceId !== null && (place.kind === 'global' || place.workspaceId !== workspaceId);
    if (isForeign) {
      const whose = place.kind === 'global' ? 'the events of all workspaces' : 'another workspace';
      throw new BadInputError([{ path: 'after', message: `This cursor belongs to ${whose}.` }]);
    }
    return place;
  }

  /** Of a workspace that was moved here, also the cursors count that it was followed by before. */
  private async placeFromElsewhere(after: string, workspaceId: string | null): Promise<FeedPlace | null> {
    if (workspaceId === null) return null;
    const { rows } = await this.db.run(
      sql<{ key: Buffer }>`SELECT key FROM moved_cursor_key WHERE workspace_id = ${workspaceId}`,
    );
    const places = rows.map(({ key }) => new EventCursors(new CursorSeal(key)).find(after));
    return places.find((place) => place?.kind === 'workspace') ?? null;
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
    const head = await readWorkspaceHead(
      this.db,
      workspaceId,
      place?.sequence ?? null,
      types === null ? limit : null,
    );
    if (place !== null) requireKept(place.sequence, place.at, { ...head, at: head.placeAt });
    const after = place?.sequence ?? head.forgotten;
    const range = { workspaceId, after, upTo: head.last };
    const { texts, stop } = await this.eventsOf([range], { types, limit, isPlaced: place !== null });
    const end = stop ?? { sequence: head.last, at: head.lastAt };
    const at = end.at?.getTime() ?? (end.sequence === place?.sequence ? place.at : null);
    const { sequence } = end;
    return { texts, place: { kind: 'workspace', workspaceId, sequence, at }, more: sequence < head.newest };
  }

  private async globalPage({ types, limit, visible }: FeedQuery, place: GlobalPlace | null): Promise<PageAt> {
    const eventsMax = types === null ? limit : Math.max(limit, lookedAtMinEvents);
    const { newest, forgotten, placeAt, positions } = await readPositions(this.db, {
      after: place?.position ?? null,
      sequence: place?.sequence ?? 0n,
      visible,
      eventsMax,
      positionsMax: positionsPerPageMax,
    });
    if (place !== null) requireKept(place.position, place.at, { forgotten, newest, at: placeAt });
    const from: GlobalPlace = place ?? { kind: 'global', position: forgotten, sequence: 0n, at: null };
    const { ranges, end: lookedAt } = cut(positions, from, eventsMax, visible);
    const { texts, stop } = await this.eventsOf(ranges, { types, limit, isPlaced: place !== null });
    const stopped = stop === null ? undefined : ranges[stop.range];
    const end = stop === null || stopped === undefined ? lookedAt : placeAfter(stopped, stop.sequence);
    return { texts, place: end, more: end.sequence > 0n || end.position < newest };
  }

  /**
   * Reads the events of ranges. Of all types they come later: what there is, and where it ends, is known before.
   *
   * @param asked `isPlaced`: the reader has a place, and so misses what is deleted between the statements, or where
   *   positions are kept for longer than their events
   */
  private async eventsOf(
    ranges: readonly EventRange[],
    { types, limit, isPlaced }: Pick<FeedQuery, 'types' | 'limit'> & { isPlaced: boolean },
  ): Promise<{ texts: PageAt['texts']; stop: RangesPage['stop'] }> {
    const isAnything = ranges.some(({ after, upTo }) => after < upTo);
    if (!isAnything) return { texts: null, stop: null };
    const reading = readRanges(this.db, ranges, types, { limit, distributed: this.db.isDistributed }).then(
      (page) => {
        if (isPlaced && !page.isKept) throw new CursorTooOldError();
        return page;
      },
    );
    if (types !== null) {
      const { texts, stop } = await reading;
      return { texts: texts.length === 0 ? null : Promise.resolve(texts), stop };
    }
    const texts = reading.then((page) => page.texts);
    // The reader may go before they have come.
    texts.catch(() => undefined);
    return { texts, stop: null };
  }
}

/** What a place must be one of. */
interface History {
  forgotten: bigint;
  newest: bigint;
  /** When what stands at the place happened; null when it is not kept. */
  at: Date | null;
}

/**
 * @param at when what stands at the place happened, as the cursor says; null: it does not
 * @throws CursorTooOldError when what follows a place is no longer kept, or the place is none of this history
 */
function requireKept(place: bigint, at: number | null, { forgotten, newest, at: known }: History): void {
  const isKept = place >= forgotten && place <= newest;
  const isOther = at !== null && place > forgotten && known?.getTime() !== at;
  if (!isKept || isOther) throw new CursorTooOldError();
}

function concerns({ workspaceId, visible }: FeedQuery, news: ReadonlySet<string>): boolean {
  if (workspaceId !== null) return news.has(workspaceId);
  return visible === null ? news.size > 0 : visible.some((id) => news.has(id));
}
