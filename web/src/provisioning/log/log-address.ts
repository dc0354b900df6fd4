import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { LogFilter } from '../../api/queries/log.ts';
import { daysMs, hoursMs, minutesMs } from '../../duration.ts';
import { useNow } from '../../parts/text/time-text.tsx';

export const outcomes = ['', 'success', 'error'] as const;
export const kinds = ['', 'change', 'read'] as const;
/** Since when requests are shown; 'own': from and to as the admin says. */
export const periods = ['', 'today', '24h', '7d', 'own'] as const;
export type Period = (typeof periods)[number];

const names = ['kind', 'outcome', 'period', 'from', 'to', 'resource', 'member', 'token'] as const;
const tickMs = minutesMs(1);

/** What the log is narrowed to, as its address says; what is not narrowed is empty. Times are ISO 8601. */
export type LogAddress = Record<Exclude<(typeof names)[number], 'period'>, string> & { period: Period };

/** The address of the log with these filters. */
export function logPath(narrowed: Partial<LogAddress>): string {
  return `/user-provisioning/log${searchOf(narrowed)}`;
}

/** The filters of the log. They stand in the address alone, so that it can be reloaded, gone back from and passed on. */
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
 * What the service is asked for. A period that ends now begins anew with each hour, lest it grow while the page is open;
 * not with each minute, which would take the list away from whoever has scrolled far.
 */
export function useLogFilter(narrowed: LogAddress): LogFilter {
  const { kind, outcome, period, from, to, resource, member, token } = narrowed;
  const hour = Math.floor(useNow(tickMs) / hoursMs(1));
  const begin = useMemo(() => beginOf(period, new Date()), [period, hour]);
  return {
    kind,
    outcome,
    resourceId: resource,
    memberId: member,
    tokenId: token,
    from: period === 'own' ? from : begin,
    to: period === 'own' ? to : '',
  };
}

/** When a period that ends now began, in the viewer's time zone; of the others ''. */
function beginOf(period: Period, now: Date): string {
  if (period === 'today') return new Date(now.setHours(0, 0, 0, 0)).toISOString();
  if (period === '24h') return new Date(now.getTime() - hoursMs(24)).toISOString();
  if (period === '7d') return new Date(now.getTime() - daysMs(7)).toISOString();
  return '';
}

/** The query part of an address, without what is not narrowed. */
function searchOf(narrowed: Partial<LogAddress>): string {
  const given = names.flatMap((name) => (narrowed[name] ? [[name, narrowed[name]]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** A time out of an address; one that is none counts as not given. */
function timeOf(text: string): string {
  return Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString();
}
