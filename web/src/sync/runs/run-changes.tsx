import { Group, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { runChangesQuery, type RunChangesFilter } from '../../api/queries/runs.ts';
import { carriedOutKinds, type PendingKind, type Run, type RunChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useSearch } from '../../parts/page/use-search.ts';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { doneKindText } from '../../parts/text/kind-words.ts';
import { HeldPerson } from '../held/held-person.tsx';
import { ChangeHead } from '../preview/change-row.tsx';
import { PreviewActsContext, useOfferedActs } from '../preview/preview-acts-context.ts';
import { usePreviewBulk } from '../preview/use-preview-bulk.tsx';
import { RunChangeRow } from './run-change-row.tsx';
import { RunExport } from './run-export.tsx';

/** The kinds that the changes of a run may have. */
const kinds = [...carriedOutKinds, 'held', 'conflict'] as const;

/** What a run did for each person, by search and kind, which stand in the address. */
export function RunChanges({ run }: { run: Run }) {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { typed, search, type } = useSearch();
  const kind = kinds.find((each) => each === address.get('kind'));
  const changes = useRunChanges(run.id, { kind, search });
  const items = loadedItems(changes);
  const choose = (next: PendingKind | undefined) =>
    setAddress({ ...(next && { kind: next }), ...(search !== '' && { search }) }, { replace: true });
  return (
    <Section
      flush
      title={t('runs.changes')}
      actions={<RunExport runId={run.id} filter={{ kind, search }} disabled={items.length === 0} />}
    >
      <Group gap="sm" align="center" p="md" pt={0}>
        <TextInput
          type="search"
          aria-label={t('search.people')}
          placeholder={t('search.people')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          flex="1 1 14rem"
        />
        <KindFilter run={run} chosen={kind} onChoose={choose} />
      </Group>
      <Decidable>
        <Found changes={changes} isFiltered={kind !== undefined || search !== ''} />
      </Decidable>
    </Section>
  );
}

/** Asks about those of the list who are held, and tells what became of it: their rows no longer do once it is decided. */
function Decidable({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { ask, dialog, outcome } = usePreviewBulk(() => undefined);
  const acts = useOfferedActs(ask, list);
  return (
    <PreviewActsContext value={acts}>
      {outcome}
      <div ref={list} tabIndex={-1} role="group" aria-label={t('runs.changes')} className="focus-target">
        {children}
      </div>
      {dialog}
    </PreviewActsContext>
  );
}

type Changes = ReturnType<typeof useRunChanges>;

function useRunChanges(id: string, filter: RunChangesFilter) {
  return useInfiniteQuery(runChangesQuery(id, filter));
}

function Found({ changes, isFiltered }: { changes: Changes; isFiltered: boolean }) {
  const { t } = useTranslation();
  const items = loadedItems(changes);
  return (
    <>
      <ErrorNote error={changes.error} retry={() => void changes.refetch()} />
      {isAwaited(changes) ? (
        <ListSkeleton />
      ) : items.length === 0 ? (
        <EmptyState
          error={changes.error}
          title={t(isFiltered ? 'runs.filteredNone' : 'run.nothing')}
          text={t(isFiltered ? 'runs.filteredNoneText' : 'runs.nothingText')}
        />
      ) : (
        <VirtualRows
          items={items}
          label={t('runs.changes')}
          head={<ChangeHead done />}
          keyOf={(change) => `${change.directoryUserId}-${change.kind}`}
          render={(change) => (
            <RunChangeRow
              change={change}
              note={<StateNote change={change} />}
              details={() => <Details change={change} />}
            />
          )}
          hasMore={changes.hasNextPage}
          isLoadingMore={changes.isFetchingNextPage}
          isStale={changes.isPlaceholderData}
          loadMore={() => void changes.fetchNextPage()}
        />
      )}
    </>
  );
}

interface KindFilterProps {
  run: Run;
  chosen: PendingKind | undefined;
  onChoose: (kind: PendingKind | undefined) => void;
}

/** The kinds that there are, with their numbers; of who is held, those of this run are shown. */
function KindFilter({ run, chosen, onChoose }: KindFilterProps) {
  const { t } = useTranslation();
  const there = kinds.filter((kind) => run.counts[kind] > 0 || kind === chosen);
  if (there.length < 2 && chosen === undefined) return null;
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
      {there.map((kind) => (
        <button
          key={kind}
          type="button"
          className="filter-chip"
          aria-pressed={kind === chosen}
          onClick={() => onChoose(kind)}
        >
          {t(doneKindText(kind))}{' '}
          {kind !== 'held' && kind !== 'conflict' && <span>{formatNumber(run.counts[kind])}</span>}
        </button>
      ))}
    </Group>
  );
}

/** What has become of a change that was not just made. */
function StateNote({ change: { state, kind } }: { change: RunChange }) {
  const { t } = useTranslation();
  if (state === 'made' || kind === 'conflict') return null;
  return (
    <>
      {' '}
      <StateBadge tone="gray">{t(`change.state.${state}`)}</StateBadge>
    </>
  );
}

function Details({ change }: { change: RunChange }) {
  return (
    <>
      {change.kept && <Text size="sm">{change.kept.text}</Text>}
      {change.state === 'held' && change.memberId && (
        <HeldPerson directoryUserId={change.directoryUserId} memberId={change.memberId} />
      )}
    </>
  );
}
