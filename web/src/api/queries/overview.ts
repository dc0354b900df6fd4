import { queryOptions } from '@tanstack/react-query';
import { minutesMs, secondsMs } from '../../duration.ts';
import { answer, api } from '../client.ts';
import { queryClient } from '../query-client.ts';
import { refreshMs, runRefreshMs } from './refresh.ts';

/** Counts over days of the log change slowly and cost more. */
const activityRefreshMs = minutesMs(1);
/** What the traffic shows takes minutes to change, too. */
const findingsRefreshMs = minutesMs(1);
/** Until the first synchronization, people are watched arriving: figures side by side must fit together. */
const arrivingRefreshMs = secondsMs(10);
/** How many people a dialog names. */
const peopleNamedMax = 10;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning')),
  refetchInterval: refreshMs,
});

export const activityQuery = queryOptions({
  queryKey: ['activity'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning/activity')),
  staleTime: activityRefreshMs,
  refetchInterval: () => (isBeforeFirst() ? arrivingRefreshMs : activityRefreshMs),
});

/** What is wrong at the identity provider, in the language of the page. */
export const findingsQuery = (language: string) =>
  queryOptions({
    queryKey: ['findings', language],
    queryFn: () => answer(() => api.GET('/api/user-provisioning/findings')),
    // That people still arrive must be said before anybody synchronizes a part of them, beside counts refreshed so often.
    refetchInterval: ({ state: { data } }) =>
      isBeforeFirst() || data?.items.some(({ code }) => code === 'first-cycle-running')
        ? refreshMs
        : findingsRefreshMs,
  });

/** Whether nothing has been synchronized yet, nor is by itself. */
function isBeforeFirst(): boolean {
  return queryClient.getQueryData(overviewQuery.queryKey)?.automaticSync === 'not_started';
}

/** How much the workspace has of what is bounded. */
export const quotasQuery = queryOptions({
  queryKey: ['quotas'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning/quotas')),
  staleTime: activityRefreshMs,
  refetchInterval: activityRefreshMs,
});

/** How the removal guard stands, and how many members its limit is a share of. */
export const removalGuardQuery = queryOptions({
  queryKey: ['removal-guard'],
  queryFn: () => answer(() => api.GET('/api/removal-guard')),
});

/** The first of the people that the removal guard let through. */
export const letThroughQuery = queryOptions({
  queryKey: ['let-through'],
  queryFn: () =>
    answer(() => api.GET('/api/removal-guard/let-through', { params: { query: { limit: peopleNamedMax } } })),
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => answer(() => api.GET('/api/user-provisioning/settings')),
  structuralSharing: false,
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => answer(() => api.GET('/api/tokens', { params: { query: { limit: 200 } } })),
  refetchInterval: refreshMs,
});

/** Loaded often while a simulation runs, so that people can be seen arriving. */
export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: () => answer(() => api.GET('/api/sandbox')),
  refetchInterval: ({ state: { data } }) =>
    data?.simulation?.state === 'running' ? runRefreshMs : refreshMs,
});
