import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { runsQuery } from '../../api/queries/runs.ts';
import { useTranslation } from '../../i18n.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { RunRow, SeriesRow } from './run-row.tsx';
import { runEntries, type RunSeries } from './run-series.ts';

const refreshMs = 5_000;
/** A row may stand for a page of runs. */
const rowsAhead = 10;
/** In the address, runs whose series are open. */
const openParameter = 'open';

/** Every synchronization, newest first; what many small runs did one after another is one row that opens. */
export function RunsPage() {
  const { t } = useTranslation();
  const runs = useInfiniteQuery({ ...runsQuery, refetchInterval: refreshMs });
  const items = loadedItems(runs);
  const [open, toggle] = useOpenSeries();
  const entries = useMemo(() => runEntries(items, open), [items, open]);
  return (
    <Page title={t('runs.title')} intro={t('runs.intro')}>
      <ErrorNote error={runs.error} retry={() => void runs.refetch()} />
      <Section flush>
        {runs.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState title={t('runs.emptyTitle')} text={t('runs.emptyText')} error={runs.error} />
        ) : (
          <VirtualRows
            items={entries}
            label={t('runs.title')}
            head={<RunsHead />}
            keyOf={(entry) => entry.key}
            render={(entry) =>
              'run' in entry ? (
                <RunRow run={entry.run} isWithin={entry.isWithin} />
              ) : (
                <SeriesRow
                  series={entry.series}
                  isOpen={entry.isOpen}
                  onToggle={() => toggle(entry.series, entry.isOpen)}
                />
              )
            }
            loadAhead={rowsAhead}
            hasMore={runs.hasNextPage}
            isLoadingMore={runs.isFetchingNextPage}
            loadMore={() => void runs.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
}

/** The runs whose series are open. They stand in the address, so that they are so after Back, too. */
function useOpenSeries(): [ReadonlySet<string>, (series: RunSeries, isOpen: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const open = useMemo(() => new Set(params.getAll(openParameter)), [params]);
  const toggle = ({ runs }: RunSeries, isOpen: boolean) => {
    const ids = new Set(runs.map(({ id }) => id));
    const others = [...open].filter((id) => !ids.has(id));
    const now = isOpen ? others : [...others, runs.at(-1)?.id ?? runs[0].id];
    setParams(new URLSearchParams(now.map((id) => [openParameter, id])), { replace: true });
  };
  return [open, toggle];
}

function RunsHead() {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head runs" aria-hidden>
      <span>{t('runs.at')}</span>
      <span>{t('runs.state')}</span>
      <span>{t('runs.counts')}</span>
      <span>{t('runs.by')}</span>
    </div>
  );
}
