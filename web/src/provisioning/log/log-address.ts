import { useMemo } from 'react';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import type { LogFilter } from '../../api/queries/log.ts';
import { daysMs, hoursMs, minutesMs } from '../../duration.ts';
import { useNow } from '../../parts/text/time-text.tsx';

export const outcomes = ['', 'success', 'error'] as const;
export const kinds = ['', 'change', 'read'] as const;
/** The period of the requests; 'own': the admin sets from and to. */
export const periods = ['', 'today', '24h', '7d', 'own'] as const;
export type Period = (typeof periods)[number];

const names = ['search', 'kind', 'outcome', 'period', 'from', 'to', 'resource', 'member', 'token'] as const;
const tickMs = minutesMs(1);

/** The filters of the log as its address has them; '' for a filter that is not set. Times are ISO 8601. */
export type LogAddress = Record<Exclude<(typeof names)[number], 'period'>, string> & { period: Period };

/** The address of the log with these filters. */
export function logPath(narrowed: Partial<LogAddress>): string {
  return `/user-provisioning/log${searchOf(narrowed)}`;
}

/** The filters of the log. They live only in the address, so that reload, back and sharing a link work. */
export function useLogAddress(): {
  narrowed: LogAddress;
  isNarrowed: boolean;
  /** `isStep`: going back leads to the filters before. */
  narrow: (change: Partial<LogAddress>, isStep?: boolean) => void;
  widen: () => void;
} {
  const [search, setSearch] = useSearchParams();
  const of = (name: string) => search.get(name) ?? '';
  const narrowed: LogAddress = {
    search: of('search'),
    kind: of('kind'),
    outcome: of('outcome'),
    period: periods.find((each) => each === of('period')) ?? '',
    from: timeOf(of('from')),
    to: timeOf(of('to')),
    resource: of('resource'),
    member: of('member'),
    token: of('token'),
  };
  return {
    narrowed,
    isNarrowed: searchOf(narrowed) !== '',
    narrow: (change, isStep = true) => setSearch(searchOf({ ...narrowed, ...change }), { replace: !isStep }),
    widen: () => setSearch(''),
  };
}

/**
 * The filter as the service takes it. A period that ends now moves its start every hour, so that it does not grow while
 * the page is open. Every minute would be too often: the list would reload while somebody scrolls.
 */
export function useLogFilter(narrowed: LogAddress): LogFilter {
  const { search, kind, outcome, period, from, to, resource, member, token } = narrowed;
  const hour = Math.floor(useNow(tickMs) / hoursMs(1));
  const begin = useMemo(() => beginOf(period, new Date()), [period, hour]);
  return {
    search,
    kind,
    outcome,
    resourceId: resource,
    memberId: member,
    tokenId: token,
    from: period === 'own' ? from : begin,
    to: period === 'own' ? to : '',
  };
}

/** When a period that ends now began, in the viewer's time zone; '' for the other periods. */
function beginOf(period: Period, now: Date): string {
  if (period === 'today') return new Date(now.setHours(0, 0, 0, 0)).toISOString();
  if (period === '24h') return new Date(now.getTime() - hoursMs(24)).toISOString();
  if (period === '7d') return new Date(now.getTime() - daysMs(7)).toISOString();
  return '';
}

/** The query part of an address, without filters that are not set. */
function searchOf(narrowed: Partial<LogAddress>): string {
  const given = names.flatMap((name) => (narrowed[name] ? [[name, narrowed[name]]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** A time from an address; '' if it is not a time. */
function timeOf(text: string): string {
  return Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString();
}
