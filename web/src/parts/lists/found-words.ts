import { type Sentence, say } from '../text/sentence.ts';

/** How much of a list has come, and what is known of the rest. */
export interface Found {
  /** How many have been loaded. */
  count: number;
  hasMore: boolean;
  /** How many there are in all, without search and filters; undefined where that is not known. */
  total?: number | undefined;
  /** Whether search or filters leave some out. */
  isNarrowed: boolean;
}

/** How many a list has: exactly where that is known, else more than have been loaded. */
export function foundWords(
  { count, hasMore, total, isNarrowed }: Found,
  what: 'people' | 'members' | 'groups',
): Sentence {
  if (hasMore) {
    return total === undefined || isNarrowed
      ? say(`found.more.${what}`, { count })
      : say(`found.all.${what}`, { count: total });
  }
  return isNarrowed && total !== undefined && total > count
    ? say(`found.some.${what}`, { count, total })
    : say(`found.all.${what}`, { count });
}

/** How many rows a list has for a screen reader; -1 where that is not known. */
export function setSize({ count, hasMore, total, isNarrowed }: Found): number {
  if (!hasMore) return count;
  return isNarrowed ? -1 : (total ?? -1);
}
