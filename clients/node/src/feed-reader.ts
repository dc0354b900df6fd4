import type { CallOptions } from './call.ts';
import type { EventPage, EventType } from './event.ts';

/** Which page of the feed to read. */
export interface EventPageQuery {
  /** The cursor to continue after; `now`: an empty page, after which comes what happens from now on. */
  after?: string | undefined;
  /** Only events of this workspace: its id, or `ext:` and your own id of it. */
  workspaceId?: string | undefined;
  types?: readonly EventType[] | undefined;
  limit?: number | undefined;
  /** How many seconds the answer may wait for something to come; at most 30. */
  wait?: number | undefined;
}

/** How a page is read. */
export interface EventPageOptions extends CallOptions {
  /** Told where the next page begins, before this one has come whole, when it can be read at once. */
  onNext?: ((after: string) => void) | undefined;
}

/** What reads pages of the feed. */
export interface FeedReader {
  eventPage(query: EventPageQuery, options?: EventPageOptions): Promise<EventPage>;
}

/** The cursor in the `Link` to the next page (RFC 8288); null: there is none. */
export function nextInLink(link: string | null): string | null {
  const [, query = ''] = /<[^>?]*\?([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '') ?? [];
  return new URLSearchParams(query).get('after');
}
