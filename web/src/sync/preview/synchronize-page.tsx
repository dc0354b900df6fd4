import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { overviewQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, type GroupChange, isOver, type Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Page } from '../../parts/page/page.tsx';
import { ListSkeleton } from '../../parts/page/states.tsx';
import { HeldRemovals } from '../held/held-removals.tsx';
import { RunProgress } from '../runs/run-progress.tsx';
import { PreviewTabs, usePreviewPeople } from './preview-tabs.tsx';
import { usePreviewFilter } from './use-preview-filter.ts';
import { SamePeople } from './same-people.tsx';
import { SynchronizeDialog } from './synchronize-dialog.tsx';

/** Who is available to be synced, what exactly would change, and the button that does it. */
export function SynchronizePage() {
  const overview = useQuery(overviewQuery).data;
  useKeptCurrent(overview);
  return overview === undefined ? <ListSkeleton /> : <Loaded overview={overview} />;
}

function Loaded({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [runId, setRunId] = useState<string | null>(null);
  const { pending, lastRun } = overview;
  const isRunning = lastRun !== null && !isOver(lastRun);
  // A reload finds the run again: it is the last one, and not over.
  const running = runId ?? (isRunning ? lastRun.id : null);
  const available = availableIn(pending);
  const filter = usePreviewFilter();
  const people = usePreviewPeople(overview, filter);
  const { firstPage } = people;
  const groupsChanging = changingGroups(firstPage?.groups ?? []).length;
  return (
    <Page
      title={available > 0 ? t('available.title', { count: available }) : t('synchronize.title')}
      intro={t('synchronize.intro')}
      actions={
        <Button
          size="md"
          disabled={(available === 0 && groupsChanging === 0) || (running !== null && runId === null)}
          onClick={() => {
            setRunId(null);
            setAsking(true);
          }}
        >
          {t('synchronize.action')}
        </Button>
      }
    >
      {running !== null && <RunProgress id={running} key={running} />}
      <HeldRemovals overview={overview} isRunning={isRunning} onDecide={people.decideHeld} />
      {pending.conflict > 1 && <SamePeople />}
      <SynchronizeDialog
        opened={asking}
        pending={pending}
        groupChanges={groupsChanging}
        version={firstPage?.version}
        startsAutomation={overview.automaticSync === 'not_started'}
        onClose={() => setAsking(false)}
        onStarted={(id) => {
          setAsking(false);
          setRunId(id);
        }}
      />
      <PreviewTabs filter={filter} people={people} overview={overview} />
    </Page>
  );
}

/** The groups that a run would change; what was undone for a group waits. */
function changingGroups(groups: readonly GroupChange[]): readonly GroupChange[] {
  return groups.filter((change) => change.kind !== 'suppressed');
}

/** Loads the preview again when the numbers or the last run say that something has changed. */
function useKeptCurrent(overview: Overview | undefined): void {
  const mark = JSON.stringify([overview?.pending, overview?.lastRun?.id, overview?.lastRun?.state]);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['preview'] });
  }, [mark]);
}
