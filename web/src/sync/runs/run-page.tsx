import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { runQuery } from '../../api/queries/runs.ts';
import { isOver, type Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { RunBadge } from '../../parts/page/badges.tsx';
import { Link } from '../../parts/page/link.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { formatDuration } from '../../parts/text/format.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import { HeldInRun } from '../held/held-removals.tsx';
import { ChosenWords } from './chosen-words.tsx';
import { RunChanges } from './run-changes.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunGroups } from './run-groups.tsx';
import { chosenOf, secondsTaken, shownTrigger } from './run-words.ts';
import { UndoButton } from './undo-button.tsx';

/** One run: what it did for each person, what it holds, and how to undo it. */
export function RunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const run = useQuery(runQuery(id));
  return (
    <Page
      title={run.data ? t(`runs.one.${shownTrigger(run.data)}`) : t('runs.title')}
      parent={{ title: t('runs.title'), to: '/user-provisioning/runs' }}
      actions={run.data && <UndoButton run={run.data} />}
    >
      <ErrorNote error={run.error} retry={() => void run.refetch()} />
      {run.data === undefined ? (
        !run.error && <ListSkeleton />
      ) : (
        <>
          {!isOver(run.data) && <RunProgress id={id} />}
          <Summary run={run.data} />
          {run.data.state === 'awaiting_approval' && <HeldInRun run={run.data} />}
          {isOver(run.data) && <RunGroups run={run.data} />}
          {isOver(run.data) && <RunChanges run={run.data} key={run.data.state} />}
        </>
      )}
    </Page>
  );
}

function Summary({ run }: { run: Run }) {
  const { t } = useTranslation();
  const seconds = secondsTaken(run);
  return (
    <Section>
      <dl className="facts">
        <dt>{t('runs.state')}</dt>
        <dd>
          <RunBadge state={run.state} />
          {run.error && <Text size="sm">{run.error}</Text>}
          {run.notes.map((note) => (
            <Text key={note.text} size="sm">
              {note.text}
            </Text>
          ))}
        </dd>
        <dt>{t('runs.by')}</dt>
        <dd>
          {run.requestedBy === 'system' ? t('audit.actor.system') : run.requestedBy}
          {chosenOf(run) && (
            <>
              <br />
              <ChosenWords run={run} />
            </>
          )}
        </dd>
        {run.undoes && <Undone undoes={run.undoes} />}
        {run.startedAt && (
          <>
            <dt>{t('runs.started')}</dt>
            <dd>
              <Moment at={run.startedAt} precise />
            </dd>
          </>
        )}
        {run.finishedAt && (
          <>
            <dt>{t('runs.finished')}</dt>
            <dd>
              <Moment at={run.finishedAt} precise />
            </dd>
          </>
        )}
        {seconds !== null && (
          <>
            <dt>{t('runs.duration')}</dt>
            <dd>{formatDuration(seconds)}</dd>
          </>
        )}
        <dt>{t('runs.counts')}</dt>
        <dd>
          <Group gap="sm">
            <RunCounts run={run} />
          </Group>
        </dd>
      </dl>
    </Section>
  );
}

/** The run that an undo is about. */
function Undone({ undoes: { runId, redoes } }: { undoes: NonNullable<Run['undoes']> }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{t('runs.undoes')}</dt>
      <dd>
        <Anchor component={Link} to={`/user-provisioning/runs/${runId}`} size="sm">
          {t(redoes ? 'runs.undoneUndo' : 'runs.undoneRun')}
        </Anchor>
      </dd>
    </>
  );
}
