import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { overviewQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, type GroupChange, type Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Page } from '../../parts/page/page.tsx';
import { ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { useIsArriving } from '../../parts/page/use-arriving.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { HeldRemovals } from '../held/held-removals.tsx';
import { seatWords } from '../held/seat-words.ts';
import { ChosenDialog } from '../chosen/chosen-dialog.tsx';
import { type Chosen, nobodyChosen } from '../chosen/people-choice.ts';
import { RunProgress } from '../runs/run-progress.tsx';
import { useWatchedRun } from '../runs/use-watched-run.ts';
import { PreviewTabs, usePreviewPeople } from './preview-tabs.tsx';
import { usePreviewFilter } from './use-preview-filter.ts';
import { SamePeople } from './same-people.tsx';
import { asListed, canSynchronize, planOf } from './preview-words.ts';
import { SynchronizeDialog } from './synchronize-dialog.tsx';

/** Until then a dialog has given the focus back. */
const dialogClosesWithinMs = 300;

/** Who is available to be synced, what exactly would change, and the button that does it. */
export function SynchronizePage() {
  const overview = useQuery(overviewQuery).data;
  useKeptCurrent(overview);
  return overview === undefined ? <ListSkeleton /> : <Loaded counted={overview} />;
}

function Loaded({ counted }: { counted: Overview }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asked | null>(null);
  const { lastRun } = counted;
  const isArriving = useIsArriving();
  const { id: runId, isRunning, watch } = useWatchedRun(lastRun);
  const filter = usePreviewFilter();
  const people = usePreviewPeople(counted, filter);
  const overview = asListed(counted, people.firstPage);
  const { pending } = overview;
  const available = availableIn(pending);
  const started = (id: string) => {
    setAsking(null);
    people.selection.clear();
    watch(id);
  };
  const { firstPage } = people;
  const some = asking === 'everybody' ? null : asking;
  const groupsChanging = changingGroups(firstPage?.groups ?? []);
  return (
    <Page
      title={t('synchronize.title')}
      intro={t('synchronize.intro')}
      actions={
        <StartButtons
          some={available > 0 && !isRunning}
          everybody={canSynchronize(overview, groupsChanging.length) && !isRunning}
          onAsk={setAsking}
        />
      }
    >
      {!isRunning && <Available count={available} isArriving={isArriving} />}
      {runId !== null && <Watched id={runId} key={runId} />}
      <Seats overview={overview} />
      <HeldRemovals overview={overview} isRunning={isRunning} onDecide={people.decideHeld} />
      {pending.conflict > 1 && <SamePeople />}
      <SynchronizeDialog
        opened={asking === 'everybody'}
        plan={planOf(overview, groupsChanging, isArriving)}
        version={firstPage?.version}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <ChosenDialog
        opened={some !== null}
        automaticSync={overview.automaticSync}
        initial={some ?? nobodyChosen}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <PreviewTabs
        filter={filter}
        people={people}
        overview={overview}
        onOnlyThese={isRunning ? null : setAsking}
      />
    </Page>
  );
}

/** The run. What opened the dialog that started it may be gone with the selection: then the run has the focus. */
function Watched({ id }: { id: string }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      if (document.activeElement === document.body) place.current?.focus();
    }, dialogClosesWithinMs);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={t('nav.runs')} className="focus-target">
      <RunProgress id={id} />
    </div>
  );
}

/** The people a run is to be about: everybody, or some, who can still be chosen. */
type Asked = 'everybody' | Chosen;

/** The buttons that ask, as far as there is something to do for them. */
function StartButtons({
  some,
  everybody,
  onAsk,
}: Record<'some' | 'everybody', boolean> & { onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <ActButton
        act="POST /api/sync-runs"
        variant="default"
        disabled={!some}
        onClick={() => onAsk(nobodyChosen)}
      >
        {t('chosen.action')}
      </ActButton>
      <ActButton act="POST /api/sync-runs" disabled={!everybody} onClick={() => onAsk('everybody')}>
        {t('synchronize.action')}
      </ActButton>
    </>
  );
}

function Available({ count, isArriving }: { count: number; isArriving: boolean }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div role="status">
      <Text fw={600}>{t('available.title', { count })}</Text>
      {isArriving && <Text c="dimmed">{t('available.arriving')}</Text>}
    </div>
  );
}

/** How many get a seat and how many wait for one, where there are not enough. */
function Seats({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const words = seatWords(overview);
  if (words === null) return null;
  return (
    <Notice tone="warning" title={inWords(words.title, t)}>
      {inWords(words.text, t)}
    </Notice>
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
