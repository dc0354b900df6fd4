import { useEffect, useState } from 'react';
import { secondsMs } from '../../duration.ts';
import { useTranslation } from '../../i18n.ts';
import { nowForFuture, nowForPast } from './clock-skew.ts';
import { formatRelative, formatSecond, formatTime, formatUtc } from './format.ts';

const tickMs = secondsMs(10);

/** The moment, kept current. */
export function useNow(everyMs = tickMs): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** "3 minutes ago"; the exact moment, also in UTC, on hover. */
export function Ago({ at }: { at: string }) {
  return <Relative at={at} now={nowForPast(at, useNow())} />;
}

/** "in 3 minutes"; what should have come by now comes now. */
export function Until({ at }: { at: string }) {
  return <Relative at={at} now={nowForFuture(at, useNow())} />;
}

function Relative({ at, now }: { at: string; now: number }) {
  useTranslation();
  return (
    <time dateTime={at} title={`${formatTime(at)} · ${formatUtc(at)}`}>
      {formatRelative(at, now)}
    </time>
  );
}

/** The exact moment in the viewer's zone, `precise` to the second; UTC on hover. */
export function Moment({ at, precise = false }: { at: string; precise?: boolean }) {
  useTranslation();
  return (
    <time dateTime={at} title={formatUtc(at)}>
      {precise ? formatSecond(at) : formatTime(at)}
    </time>
  );
}
