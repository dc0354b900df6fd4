import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { runQuery } from '../../api/queries/runs.ts';
import { isOver, type Overview } from '../../api/shapes.ts';

/**
 * The run that a page shows, from its start to its result: one that was started here, or that was found under way, as after
 * a reload.
 *
 * @returns `id`: null while there is none; `isRunning`: nothing else can be started
 */
export function useWatchedRun(lastRun: Overview['lastRun']) {
  const [id, watch] = useState<string | null>(null);
  const underWay = lastRun !== null && !isOver(lastRun) ? lastRun.id : null;
  useEffect(() => {
    if (underWay !== null) watch(underWay);
  }, [underWay]);
  const { data: run, error } = useQuery({ ...runQuery(id ?? ''), enabled: id !== null });
  // One that was started a moment ago is under way, before anything else is known of it.
  const isWatchedUnderWay = id !== null && (run === undefined ? error === null : !isOver(run));
  const isRunning = underWay !== null || isWatchedUnderWay;
  return { id, isRunning, watch };
}
