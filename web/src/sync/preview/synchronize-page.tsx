import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { loadedItems } from '../../api/paging.ts';
import { overviewQuery, previewQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, isOver, type Overview, type PendingKind, pendingKinds } from '../../api/shapes.ts';
import { formatNumber } from '../../parts/text/format.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { ChangeHead, ChangeRow } from './change-row.tsx';
import { ChangeActions } from './change-actions.tsx';
import { GroupChanges } from './group-changes.tsx';
import { LiftButton } from './lift-button.tsx';
import { HeldRemovals } from '../held/held-removals.tsx';
import { RunProgress } from '../runs/run-progress.tsx';
import { SamePeople } from './same-people.tsx';
import { SynchronizeDialog } from './synchronize-dialog.tsx';

const typingPauseMs = 250;

/** Who is available to be synced, what exactly would change, and the button that does it. */
export function SynchronizePage() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  const [address, setAddress] = useSearchParams();
  const kind = pendingKinds.find((each) => each === address.get('kind'));
  const [typed, setTyped] = useState(address.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groupId = address.get('groupId') ?? undefined;
  const preview = useInfiniteQuery(previewQuery({ kind, search, groupId }));
  const [asking, setAsking] = useState(false);
  const [runId, setRunId] = useState<string | null>(null);
  useKeptCurrent(overview);
  if (overview === undefined) return <ListSkeleton />;
  const { pending, lastRun } = overview;
  // A reload finds the run again: it is the last one, and not over.
  const running = runId ?? (lastRun !== null && !isOver(lastRun) ? lastRun.id : null);
  const available = availableIn(pending);
  const groupChanges = preview.data?.pages[0]?.groups ?? [];
  const groupsChanging = groupChanges.filter((change) => change.kind !== 'suppressed').length;
  const groupName = groupChanges.find((change) => change.groupId === groupId)?.name ?? '';
  const isFiltered = kind !== undefined || search !== '' || groupId !== undefined;
  const setKind = (next: PendingKind | undefined) =>
    setAddress(next ? { kind: next } : {}, { replace: true });
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
      <HeldRemovals overview={overview} isRunning={lastRun !== null && !isOver(lastRun)} />
      {pending.conflict > 1 && <SamePeople />}
      <SynchronizeDialog
        opened={asking}
        pending={pending}
        groupChanges={groupsChanging}
        version={preview.data?.pages[0]?.version}
        startsAutomation={overview.automaticSync === 'not_started'}
        onClose={() => setAsking(false)}
        onStarted={(id) => {
          setAsking(false);
          setRunId(id);
        }}
      />
      {(overview.directory.users > 0 || search !== '') && (
        <Group gap="sm" align="center">
          <TextInput
            type="search"
            aria-label={t('search.people')}
            placeholder={t('search.people')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            flex="1 1 14rem"
          />
          <KindFilter pending={pending} chosen={kind} onChoose={setKind} />
        </Group>
      )}
      <ErrorNote error={preview.error} retry={() => void preview.refetch()} />
      {kind === 'suppressed' && pending.suppressed > 0 && groupId === undefined && (
        <Group>
          <LiftButton count={pending.suppressed} search={search} />
        </Group>
      )}
      {groupId !== undefined && (
        <Group gap="xs">
          <strong>{t('groupChanges.only', { name: groupName })}</strong>
          <Button size="xs" variant="default" onClick={() => setKind(kind)}>
            {t('groupChanges.everybody')}
          </Button>
        </Group>
      )}
      {!isFiltered && (
        <GroupChanges
          changes={groupChanges}
          onWho={(change) => setAddress({ groupId: change.groupId }, { replace: true })}
        />
      )}
      <PreviewList preview={preview} filtered={isFiltered} overview={overview} />
    </Page>
  );
}

/** Reads the preview anew when the numbers or the last run say that something has changed. */
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

type Preview = ReturnType<typeof useInfiniteQuery<Awaited<ReturnType<PreviewFunction>>>>;
type PreviewFunction = Extract<ReturnType<typeof previewQuery>['queryFn'], (...args: never[]) => unknown>;

function PreviewList({
  preview,
  filtered,
  overview,
}: {
  preview: Preview;
  filtered: boolean;
  overview: Overview;
}) {
  const { t } = useTranslation();
  const changes = loadedItems(preview);
  if (preview.isPending) return <ListSkeleton />;
  if (changes.length === 0) {
    const empty = filtered ? 'filtered' : overview.directory.users > 0 ? 'inStep' : 'waiting';
    return (
      <Section>
        <EmptyState
          title={t(`preview.${empty}.title`)}
          text={t(`preview.${empty}.text`)}
          icon={empty === 'inStep' ? <IconCheck size={22} stroke={1.7} aria-hidden /> : undefined}
          action={
            empty === 'waiting' && (
              <Button component={Link} to="/user-provisioning/connect" variant="default">
                {t('contact.openGuide')}
              </Button>
            )
          }
        />
      </Section>
    );
  }
  return (
    <Section flush>
      <VirtualRows
        items={changes}
        label={t('preview.label')}
        head={<ChangeHead />}
        keyOf={(change) => `${change.directoryUserId}-${change.kind}`}
        render={(change) => <ChangeRow change={change} details={() => <ChangeActions change={change} />} />}
        hasMore={preview.hasNextPage}
        isLoadingMore={preview.isFetchingNextPage}
        loadMore={() => void preview.fetchNextPage()}
      />
    </Section>
  );
}
