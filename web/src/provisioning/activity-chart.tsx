import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { loadedItems, runsQuery } from '../api/queries.ts';
import { availableIn, type Run } from '../api/shapes.ts';
import { formatDay, formatNumber } from '../parts/format.ts';
import { Section } from '../parts/page.tsx';

const daysShown = 14;
const dayMs = 86_400_000;
const heightPx = 72;
const barWidthPx = 24;
const stepPx = 32;

interface Day {
  at: string;
  changes: number;
}

/** How many people each of the last days changed, by the runs of that day. */
export function ActivityChart() {
  const { t } = useTranslation();
  const runs = loadedItems(useInfiniteQuery(runsQuery));
  const days = daysOf(runs, Date.now());
  const most = Math.max(...days.map((day) => day.changes));
  if (most === 0) return null;
  const total = days.reduce((sum, day) => sum + day.changes, 0);
  return (
    <Section title={t('chart.title')} intro={t('chart.text', { count: total, days: daysShown })}>
      <svg
        role="img"
        aria-label={t('chart.text', { count: total, days: daysShown })}
        viewBox={`0 0 ${daysShown * stepPx} ${heightPx}`}
        width="100%"
        height={heightPx}
        preserveAspectRatio="none"
      >
        {days.map((day, at) => (
          <Bar key={day.at} day={day} at={at} most={most} />
        ))}
      </svg>
    </Section>
  );
}

function Bar({ day, at, most }: { day: Day; at: number; most: number }) {
  const height = day.changes === 0 ? 2 : Math.max(4, (day.changes / most) * heightPx);
  return (
    <rect
      x={at * stepPx}
      y={heightPx - height}
      width={barWidthPx}
      height={height}
      rx={3}
      fill={day.changes === 0 ? 'var(--mantine-color-default-border)' : 'var(--mantine-color-indigo-5)'}
    >
      <title>{`${formatDay(day.at)}: ${formatNumber(day.changes)}`}</title>
    </rect>
  );
}

function daysOf(runs: readonly Run[], now: number): Day[] {
  const days = Array.from({ length: daysShown }, (_, back) => ({
    at: new Date(now - (daysShown - 1 - back) * dayMs).toISOString(),
    changes: 0,
  }));
  for (const run of runs) {
    const day = days.find(
      ({ at }) => new Date(at).toDateString() === new Date(run.finishedAt ?? '').toDateString(),
    );
    if (day) day.changes += availableIn(run.counts);
  }
  return days;
}
