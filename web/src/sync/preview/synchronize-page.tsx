import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { overviewQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, type GroupChange, type Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Page } from '../../parts/page/page.tsx';
import { ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { HeldRemovals } from '../held/held-removals.tsx';
import { ChosenDialog } from '../chosen/chosen-dialog.tsx';
import { RunProgress } from '../runs/run-progress.tsx';
import { useWatchedRun } from '../runs/use-watched-run.ts';
import { PreviewTabs, usePreviewPeople } from './preview-tabs.tsx';
import { usePreviewFilter } from './use-preview-filter.ts';
import { SamePeople } from './same-people.tsx';
import { canSynchronize, heldAheadIn } from './preview-words.ts';
import { SynchronizeDialog } from './synchronize-dialog.tsx';

/** Who is available to be synced, what exactly would change, and the button that does it. */
export function SynchronizePage() {
  const overview = useQuery(overviewQuery).data;
  useKeptCurrent(overview);
  return overview === undefined ? <ListSkeleton /> : <Loaded overview={overview} />;
}

function Loaded({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asked | null>(null);
  const { pending, lastRun } = overview;
  const { id: runId, isRunning, watch } = useWatchedRun(lastRun);
  const started = (id: string) => {
    setAsking(null);
    watch(id);
  };
  const available = availableIn(pending);
  const filter = usePreviewFilter();
  const people = usePreviewPeople(overview, filter);
  const { firstPage } = people;
  const groupsChanging = changingGroups(firstPage?.groups ?? []).length;
  return (
    <Page
      title={t('synchronize.title')}
      intro={t('synchronize.intro')}
      actions={
        <StartButtons
          some={available > 0 && !isRunning}
          everybody={canSynchronize(overview, groupsChanging) && !isRunning}
          onAsk={setAsking}
        />
      }
    >
      <Available count={available} />
      {runId !== null && <RunProgress id={runId} key={runId} />}
      <Seats overview={overview} />
      <HeldRemovals overview={overview} isRunning={isRunning} onDecide={people.decideHeld} />
      {pending.conflict > 1 && <SamePeople />}
      <SynchronizeDialog
        opened={asking === 'everybody'}
        plan={planOf(overview, groupsChanging)}
        version={firstPage?.version}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <ChosenDialog
        opened={asking === 'some'}
        automaticSync={overview.automaticSync}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <PreviewTabs filter={filter} people={people} overview={overview} />
    </Page>
  );
}

/** The people a run is to be about. */
type Asked = 'everybody' | 'some';

/** The buttons that ask, as far as there is something to do for them. */
function StartButtons({
  some,
  everybody,
  onAsk,
}: Record<Asked, boolean> & { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="md" variant="default" disabled={!some} onClick={() => onAsk('some')}>
        {t('chosen.action')}
      </Button>
      <Button size="md" disabled={!everybody} onClick={() => onAsk('everybody')}>
        {t('synchronize.action')}
      </Button>
    </>
  );
}

function Available({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Text fw={600} role="status">
      {t('available.title', { count })}
    </Text>
  );
}

/** How many get a seat and how many wait for one, where there are not enough. */
function Seats({ overview: { seats } }: { overview: Overview }) {
  const { t } = useTranslation();
  if (seats === null || seats.waiting === 0) return null;
  const { used, limit, taking, waiting } = seats;
  return (
    <Notice tone="warning" title={t('seats.share', { taking, all: taking + waiting, waiting })}>
      {t('seats.advice', { used, limit })}
    </Notice>
  );
}

/** What is asked about before a synchronization. */
function planOf(overview: Overview, groupChanges: number) {
  return {
    pending: overview.pending,
    groupChanges,
    heldAhead: heldAheadIn(overview),
    startsAutomation: overview.automaticSync === 'not_started',
  };
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
