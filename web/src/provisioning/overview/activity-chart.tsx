import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { activityQuery } from '../../api/queries/overview.ts';
import type { ActivityDay } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { formatDay, formatNumber } from '../../parts/text/format.ts';
import { Section } from '../../parts/page/page.tsx';

const heightPx = 84;
const barWidthPx = 22;
const stepPx = 32;
const leastBarPx = 3;
/** While there is little history, no more days than these are shown. */
const daysAtLeast = 7;

/** Contacts and changes of the last days, each day a bar; the same as a table for who cannot see it. */
export function ActivityChart() {
  const { t } = useTranslation();
  const days = sinceFirst(useQuery(activityQuery).data?.items ?? []);
  const [chosen, setChosen] = useState<number | null>(null);
  if (!days.some(({ requests, changes }) => requests > 0 || changes > 0)) return null;
  const shown = chosen === null ? undefined : days[chosen];
  return (
    <Section title={t('chart.title')} intro={t('chart.text', { count: days.length })}>
      <div className="charts" onPointerLeave={() => setChosen(null)}>
        <Chart
          title={t('chart.requests')}
          days={days}
          valueOf={({ requests }) => requests}
          badOf={({ errors }) => errors}
          chosen={chosen}
          onChoose={setChosen}
        />
        <Chart
          title={t('chart.changes')}
          days={days}
          valueOf={({ changes }) => changes}
          chosen={chosen}
          onChoose={setChosen}
        />
      </div>
      <Text size="sm" c="dimmed" aria-hidden>
        {shown ? (
          <>
            <strong>{formatDay(`${shown.day}T12:00:00`)}</strong> ·{' '}
            {t('chart.requestsOf', { count: shown.requests })}
            {shown.errors > 0 && ` (${t('chart.errorsOf', { count: shown.errors })})`} ·{' '}
            {t('chart.changesOf', { count: shown.changes })}
          </>
        ) : (
          t('chart.hint')
        )}
      </Text>
      <ActivityTable days={days} />
    </Section>
  );
}

/** The days from the first on which something happened, and at least a week. */
function sinceFirst(days: readonly ActivityDay[]): readonly ActivityDay[] {
  const first = days.findIndex(({ requests, changes }) => requests > 0 || changes > 0);
  return days.slice(Math.max(0, Math.min(first, days.length - daysAtLeast)));
}

interface ChartProps {
  title: string;
  days: readonly ActivityDay[];
  valueOf: (day: ActivityDay) => number;
  /** The part of the value that is shown as bad. */
  badOf?: (day: ActivityDay) => number;
  chosen: number | null;
  onChoose: (at: number) => void;
}

function Chart({ title, days, valueOf, badOf, chosen, onChoose }: ChartProps) {
  const most = Math.max(1, ...days.map(valueOf));
  const total = days.reduce((sum, day) => sum + valueOf(day), 0);
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(leastBarPx, (value / most) * heightPx));
  const width = days.length * stepPx - (stepPx - barWidthPx);
  return (
    <figure className="chart" aria-hidden>
      <figcaption>
        {title} <strong>{formatNumber(total)}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${heightPx + 2}`} width="100%" height={heightPx} preserveAspectRatio="none">
        {days.map((day, at) => {
          const value = heightOf(valueOf(day));
          const bad = Math.min(value, heightOf(badOf?.(day) ?? 0));
          return (
            <g key={day.day} opacity={chosen === null || chosen === at ? 1 : 0.45}>
              <rect x={at * stepPx} y={heightPx} width={barWidthPx} height={2} className="chart-ground" />
              <rect
                x={at * stepPx}
                y={heightPx - value}
                width={barWidthPx}
                height={value}
                rx={3}
                className="chart-bar"
              />
              {bad > 0 && (
                <rect
                  x={at * stepPx}
                  y={heightPx - bad}
                  width={barWidthPx}
                  height={bad}
                  rx={3}
                  className="chart-bad"
                />
              )}
              <rect
                x={at * stepPx}
                y={0}
                width={stepPx}
                height={heightPx}
                fill="transparent"
                onPointerEnter={() => onChoose(at)}
                onPointerDown={() => onChoose(at)}
              />
            </g>
          );
        })}
      </svg>
      <div className="chart-ends">
        <span>{formatDay(`${days[0]?.day ?? ''}T12:00:00`)}</span>
        <span>{formatDay(`${days.at(-1)?.day ?? ''}T12:00:00`)}</span>
      </div>
    </figure>
  );
}

function ActivityTable({ days }: { days: readonly ActivityDay[] }) {
  const { t } = useTranslation();
  return (
    <div className="for-screen-readers">
      <table>
        <caption>{t('chart.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.day')}</th>
            <th scope="col">{t('chart.requests')}</th>
            <th scope="col">{t('chart.errors')}</th>
            <th scope="col">{t('chart.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, requests, errors, changes }) => (
            <tr key={day}>
              <th scope="row">{formatDay(`${day}T12:00:00`)}</th>
              <td>{formatNumber(requests)}</td>
              <td>{formatNumber(errors)}</td>
              <td>{formatNumber(changes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
