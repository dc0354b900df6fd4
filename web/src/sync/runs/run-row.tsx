import { Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { isOver, type Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { RunBadge, StateBadge, runTones } from '../../parts/page/badges.tsx';
import { Link } from '../../parts/page/link.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { Ago } from '../../parts/text/time-text.tsx';
import { ChosenWords } from './chosen-words.tsx';
import { RunWords } from './run-counts.tsx';
import { type RunSeries, statesOf, summedUp } from './run-series.ts';
import { chosenOf, shownTrigger } from './run-words.ts';

/** A run in the list. @param isWithin whether it stands under the row of its series */
export function RunRow({ run, isWithin }: { run: Run; isWithin: boolean }) {
  const { t } = useTranslation();
  const at = run.finishedAt ?? run.startedAt;
  return (
    <Link
      to={`/user-provisioning/runs/${run.id}`}
      className={isWithin ? 'row-cells runs within' : 'row-cells runs'}
    >
      <span className="cell">
        <strong>{t(`run.trigger.${shownTrigger(run)}`)}</strong>
        <br />
        {chosenOf(run) && (
          <>
            <ChosenWords run={run} />
            <br />
          </>
        )}
        <Text span size="xs" c="dimmed">
          {at ? <Ago at={at} /> : t('run.state.queued')}
        </Text>
      </span>
      <span>
        <RunBadge state={run.state} />
      </span>
      <span className="cell run-words">{isOver(run) && <RunWords run={run} />}</span>
      <RequestedBy run={run} />
    </Link>
  );
}

/** Runs that came one after another, as one row: how many they are, how they stand, and what they did together. */
export function SeriesRow({ series, isOpen, onToggle }: SeriesRowProps) {
  const { t } = useTranslation();
  const [newest] = series.runs;
  const states = statesOf(series);
  const at = newest.finishedAt ?? newest.startedAt;
  return (
    <button type="button" className="row-cells runs" aria-expanded={isOpen} onClick={onToggle}>
      <span className="cell">
        <strong>{t(`run.trigger.${shownTrigger(newest)}`)}</strong>
        <br />
        <Text span size="xs" c="dimmed">
          {t('runs.series', { count: series.runs.length })}
          {at && (
            <>
              {' · '}
              <Ago at={at} />
            </>
          )}
        </Text>
      </span>
      <span className="run-states">
        {states.map(({ state, count }) => (
          <StateBadge key={state} tone={runTones[state]}>
            {states.length === 1
              ? t(`run.state.${state}`)
              : `${t(`run.state.${state}`)}: ${formatNumber(count)}`}
          </StateBadge>
        ))}
      </span>
      <span className="cell run-words">
        <RunWords run={summedUp(series)} />
      </span>
      <RequestedBy run={newest} />
      <IconChevronDown size={16} aria-hidden style={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />
    </button>
  );
}

interface SeriesRowProps {
  series: RunSeries;
  isOpen: boolean;
  onToggle: () => void;
}

function RequestedBy({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <span className="cell wide-only one-line">
      {run.requestedBy === 'system' ? t('audit.actor.system') : run.requestedBy}
    </span>
  );
}
