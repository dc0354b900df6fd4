import type { GlobalPlace } from './event-cursor.ts';
import type { PublishedRange } from './publish.ts';
import type { EventRange } from './event-range.ts';

/** The events of one position that are to be read. */
export interface FeedRange extends EventRange {
  /** The place before the first of them. */
  before: GlobalPlace;
  /** The place after the last of them. */
  end: GlobalPlace;
}

/**
 * Takes as many positions as hold a number of events; the last one in part.
 *
 * @param visible the workspaces whose events count; the others are passed over; null: all
 * @returns the events to read, and the place after them
 */
export function cut(
  positions: readonly PublishedRange[],
  from: GlobalPlace,
  limit: number,
  visible: readonly string[] | null,
): { ranges: FeedRange[]; end: GlobalPlace } {
  const ranges: FeedRange[] = [];
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
    const before = end;
    end = upTo === last ? whole : { ...before, sequence: upTo };
    ranges.push({ workspaceId, after, upTo, before, end });
    left -= upTo - after;
  }
  return { ranges, end };
}

/** The place after one event of a range. */
export function placeAfter({ upTo, before, end }: FeedRange, sequence: bigint): GlobalPlace {
  return sequence === upTo ? end : { ...before, sequence };
}
