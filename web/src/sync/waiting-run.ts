import { useInfiniteQuery } from '@tanstack/react-query';
import { loadedItems, runsQuery } from '../api/queries.ts';
import type { Run } from '../api/shapes.ts';

/** The newest run whose held removals wait for a decision, if there is one. */
export function useWaitingRun(lastRun: Run | null): Run | undefined {
  const runs = loadedItems(useInfiniteQuery(runsQuery));
  return [...(lastRun ? [lastRun] : []), ...runs].find(({ state }) => state === 'awaiting_approval');
}
