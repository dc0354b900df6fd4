import { Button, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { overviewQuery } from '../../api/queries/overview.ts';
import { previewQuery } from '../../api/queries/preview.ts';
import { queryClient } from '../../api/query-client.ts';
import {
  availableIn,
  type GroupChange,
  type Overview,
  type PendingKind,
  pendingKinds,
} from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { formatNumber } from '../../parts/text/format.ts';
import { Page } from '../../parts/page/page.tsx';
import { useSearch } from '../../parts/page/use-search.ts';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { GroupChanges } from './group-changes.tsx';
import { LiftBar } from './lift-bar.tsx';
import { type PeopleChoice, usePeopleChoice } from './use-people-choice.ts';
import { HeldRemovals } from '../held/held-removals.tsx';
import { ChosenDialog } from '../chosen/chosen-dialog.tsx';
import { RunProgress } from '../runs/run-progress.tsx';
import { useWatchedRun } from '../runs/use-watched-run.ts';
import { PreviewList } from './preview-list.tsx';
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
  const filter = usePreviewFilter();
  const choice = usePeopleChoice();
  const { kind, search, groupId } = filter;
  const preview = useInfiniteQuery(previewQuery({ kind, search, groupId }));
  const [asking, setAsking] = useState<Asked | null>(null);
  const { pending, lastRun } = overview;
  const { id: runId, isRunning, watch } = useWatchedRun(lastRun);
  const started = (id: string) => {
    setAsking(null);
    watch(id);
  };
  const available = availableIn(pending);
  const firstPage = preview.data?.pages[0];
  const groupsChanging = changingGroups(firstPage?.groups ?? []).length;
  return (
    <Page
      title={available > 0 ? t('available.title', { count: available }) : t('synchronize.title')}
      intro={t('synchronize.intro')}
      actions={
        <StartButtons
          some={available > 0 && !isRunning}
          everybody={available + groupsChanging > 0 && !isRunning}
          onAsk={setAsking}
        />
      }
    >
      {runId !== null && <RunProgress id={runId} key={runId} />}
      <HeldRemovals overview={overview} isRunning={isRunning} />
      {pending.conflict > 1 && <SamePeople />}
      <SynchronizeDialog
        opened={asking === 'everybody'}
        pending={pending}
        groupChanges={groupsChanging}
        version={firstPage?.version}
        startsAutomation={overview.automaticSync === 'not_started'}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <ChosenDialog
        opened={asking === 'some'}
        automaticSync={overview.automaticSync}
        onClose={() => setAsking(null)}
        onStarted={started}
      />
      <Filters overview={overview} filter={filter} />
      <ErrorNote error={preview.error} retry={() => void preview.refetch()} />
      <Narrowed pending={pending} filter={filter} groups={firstPage?.groups ?? []} choice={choice} />
      <PreviewList
        preview={preview}
        filtered={filter.isFiltered}
        overview={overview}
        choice={kind === 'suppressed' && groupId === undefined ? choice : undefined}
      />
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

/** The groups that a run would change; what was undone for a group waits. */
function changingGroups(groups: readonly GroupChange[]): readonly GroupChange[] {
  return groups.filter((change) => change.kind !== 'suppressed');
}

type PreviewFilter = ReturnType<typeof usePreviewFilter>;

/** What the list is narrowed to. The kind and the group stand in the address. */
function usePreviewFilter() {
  const [address, setAddress] = useSearchParams();
  const { typed, search, type } = useSearch();
  const kind = pendingKinds.find((each) => each === address.get('kind'));
  const groupId = address.get('groupId') ?? undefined;
  const narrow = (to: Record<string, string>) =>
    setAddress({ ...to, ...(search !== '' && { search }) }, { replace: true });
  return {
    kind,
    groupId,
    typed,
    search,
    isFiltered: kind !== undefined || search !== '' || groupId !== undefined,
    setTyped: type,
    setKind: (next: PendingKind | undefined) => narrow(next ? { kind: next } : {}),
    setGroup: (next: string) => narrow({ groupId: next }),
  };
}

function Filters({ overview, filter }: { overview: Overview; filter: PreviewFilter }) {
  const { t } = useTranslation();
  if (overview.directory.users === 0 && filter.search === '') return null;
  return (
    <Group gap="sm" align="center">
      <TextInput
        type="search"
        aria-label={t('search.people')}
        placeholder={t('search.people')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.typed}
        onChange={(event) => filter.setTyped(event.currentTarget.value)}
        flex="1 1 14rem"
      />
      <KindFilter pending={overview.pending} chosen={filter.kind} onChoose={filter.setKind} />
    </Group>
  );
}

interface NarrowedProps {
  pending: Overview['pending'];
  filter: PreviewFilter;
  groups: readonly GroupChange[];
  /** Who of the suppressed people is ticked. */
  choice: PeopleChoice;
}

/** What stands above the list: the changes of groups; or, for a narrowed list, what can be done with it. */
function Narrowed({ pending, filter, groups, choice }: NarrowedProps) {
  const { t } = useTranslation();
  const { kind, search, groupId, isFiltered } = filter;
  if (!isFiltered)
    return <GroupChanges changes={groups} onWho={(change) => filter.setGroup(change.groupId)} />;
  if (groupId === undefined) {
    return (
      kind === 'suppressed' &&
      pending.suppressed > 0 && <LiftBar count={pending.suppressed} search={search} choice={choice} />
    );
  }
  return (
    <Group gap="xs">
      <strong>
        {t('groupChanges.only', { name: groups.find((change) => change.groupId === groupId)?.name ?? '' })}
      </strong>
      <Button size="xs" variant="default" onClick={() => filter.setKind(kind)}>
        {t('groupChanges.everybody')}
      </Button>
    </Group>
  );
}

/** Loads the preview again when the numbers or the last run say that something has changed. */
function useKeptCurrent(overview: Overview | undefined): void {
  const mark = JSON.stringify([overview?.pending, overview?.lastRun?.id, overview?.lastRun?.state]);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['preview'] });
  }, [mark]);
}

function KindFilter({
  pending,
  chosen,
  onChoose,
}: {
  pending: Overview['pending'];
  chosen: PendingKind | undefined;
  onChoose: (kind: PendingKind | undefined) => void;
}) {
  const { t } = useTranslation();
  const kinds = pendingKinds.filter((kind) => pending[kind] > 0 || kind === chosen);
  if (kinds.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('filter.kind')}>
      <button
        type="button"
        className="filter-chip"
        aria-pressed={chosen === undefined}
        onClick={() => onChoose(undefined)}
      >
        {t('filter.all')}
      </button>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="filter-chip"
          aria-pressed={kind === chosen}
          onClick={() => onChoose(kind)}
        >
          {t(`kind.${kind}`)} <span>{formatNumber(pending[kind])}</span>
        </button>
      ))}
    </Group>
  );
}
