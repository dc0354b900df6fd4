import type { CallOptions } from './call.ts';
import type { EventPage, EventType } from './event.ts';

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

/** What reads pages of the feed. */
export interface FeedReader {
  eventPage(query: EventPageQuery, options?: CallOptions): Promise<EventPage>;
}
