import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { logQuery } from '../../api/queries/log.ts';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import type { LogEntry } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { useLogAddress, useLogFilter } from './log-address.ts';
import { LogExport } from './log-export.tsx';
import { LogFilters } from './log-filters.tsx';
import { LogSearch } from './log-search.tsx';
import { LogHead, LogRow } from './log-row.tsx';

const refreshMs = 5_000;

/** What the identity provider asked and was told, newest first. */
export function LogPage() {
  const { t } = useTranslation();
  const address = useLogAddress();
  const filter = useLogFilter(address.narrowed);
  const log = useInfiniteQuery({ ...logQuery(filter), refetchInterval: refreshMs });
  const entries = loadedItems(log);
  const withClient = entries.some(({ userAgent }) => userAgent);
  const render = useCallback(
    (entry: LogEntry) => <LogRow entry={entry} withClient={withClient} />,
    [withClient],
  );
  return (
    <Page
      title={t('log.title')}
      intro={t('log.intro')}
      actions={<LogExport filter={filter} disabled={entries.length === 0} />}
    >
      <LogSearch />
      <LogFilters {...address} />
      <ErrorNote error={log.error} retry={() => void log.refetch()} />
      <Section flush>
        {isAwaited(log) ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <Empty {...address} error={log.error} />
        ) : (
          <VirtualRows
            items={entries}
            label={t('log.title')}
            head={<LogHead withClient={withClient} />}
            keyOf={(entry) => entry.id}
            render={render}
            hasMore={log.hasNextPage}
            isLoadingMore={log.isFetchingNextPage}
            isStale={log.isPlaceholderData}
            loadMore={() => void log.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
}

function Empty({
  narrowed,
  isNarrowed,
  widen,
  error,
}: ReturnType<typeof useLogAddress> & { error: unknown }) {
  const { t } = useTranslation();
  if (!isNarrowed) return <EmptyState error={error} title={t('log.emptyTitle')} text={t('log.emptyText')} />;
  const { outcome, ...others } = narrowed;
  const allWell = outcome === 'error' && Object.values(others).every((value) => value === '');
  return (
    <EmptyState
      error={error}
      title={t('log.noneOfKind')}
      text={t(allWell ? 'log.noErrors' : 'log.noneFoundText')}
      action={
        <Button variant="default" onClick={widen}>
          {t('log.clearFilters')}
        </Button>
      }
    />
  );
}
