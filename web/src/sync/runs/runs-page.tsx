import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '../../parts/page/link.tsx';
import { loadedItems } from '../../api/paging.ts';
import { runsQuery } from '../../api/queries/runs.ts';
import { isOver, type Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { RunBadge } from '../../parts/page/badges.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Ago } from '../../parts/text/time-text.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { ChosenWords } from './chosen-words.tsx';
import { RunWords } from './run-counts.tsx';
import { chosenOf, shownTrigger } from './run-words.ts';

const refreshMs = 5_000;

/** Every synchronization, newest first. */
export function RunsPage() {
  const { t } = useTranslation();
  const runs = useInfiniteQuery({ ...runsQuery, refetchInterval: refreshMs });
  const items = loadedItems(runs);
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
            items={items}
            label={t('runs.title')}
            head={<RunsHead />}
            keyOf={(run) => run.id}
            render={(run) => <RunRow run={run} />}
            hasMore={runs.hasNextPage}
            isLoadingMore={runs.isFetchingNextPage}
            loadMore={() => void runs.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
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

function RunRow({ run }: { run: Run }) {
  const { t } = useTranslation();
  const at = run.finishedAt ?? run.startedAt;
  return (
    <Link to={`/user-provisioning/runs/${run.id}`} className="row-cells runs">
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
      <span className="cell wide-only one-line">
        {run.requestedBy === 'system' ? t('audit.actor.system') : run.requestedBy}
      </span>
    </Link>
  );
}
