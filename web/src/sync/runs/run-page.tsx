import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { loadedItems } from '../../api/paging.ts';
import { runChangesQuery, runQuery } from '../../api/queries/runs.ts';
import { isOver, type Run, type RunChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { RunBadge, StateBadge } from '../../parts/page/badges.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { saveFile } from '../../parts/files/save-file.ts';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Moment } from '../../parts/text/time-text.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { ChangeHead, ChangeRow } from '../preview/change-row.tsx';
import { HeldPerson } from '../held/held-person.tsx';
import { HeldInRun } from '../held/held-removals.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunGroups } from './run-groups.tsx';
import { UndoButton } from './undo-button.tsx';

/** One run: what it did for each person, what it holds, and how to undo it. */
export function RunPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const run = useQuery(runQuery(id));
  return (
    <Page
      title={run.data ? t(`runs.one.${run.data.trigger}`) : t('runs.title')}
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
          {isOver(run.data) && <Changes run={run.data} key={run.data.state} />}
        </>
      )}
    </Page>
  );
}

function Summary({ run }: { run: Run }) {
  const { t } = useTranslation();
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
        <dd>{run.requestedBy}</dd>
        {run.startedAt && (
          <>
            <dt>{t('runs.started')}</dt>
            <dd>
              <Moment at={run.startedAt} />
            </dd>
          </>
        )}
        {run.finishedAt && (
          <>
            <dt>{t('runs.finished')}</dt>
            <dd>
              <Moment at={run.finishedAt} />
            </dd>
          </>
        )}
        <dt>{t('runs.counts')}</dt>
        <dd>
          <Group gap="sm">
            <RunCounts counts={run.counts} />
          </Group>
        </dd>
      </dl>
    </Section>
  );
}

function Changes({ run }: { run: Run }) {
  const { t } = useTranslation();
  const changes = useInfiniteQuery(runChangesQuery(run.id));
  const items = loadedItems(changes);
  const save = () => download(items, run.id);
  return (
    <Section
      flush
      title={t('runs.changes')}
      actions={
        <Button variant="default" size="xs" disabled={items.length === 0} onClick={save}>
          {t('runs.export')}
        </Button>
      }
    >
      <ErrorNote error={changes.error} retry={() => void changes.refetch()} />
      {changes.isPending ? (
        <ListSkeleton />
      ) : items.length === 0 ? (
        <EmptyState title={t('run.nothing')} text={t('runs.nothingText')} />
      ) : (
        <VirtualRows
          items={items}
          label={t('runs.changes')}
          head={<ChangeHead />}
          keyOf={(change) => `${change.directoryUserId}-${change.kind}`}
          render={(change) => (
            <ChangeRow
              change={change}
              note={
                change.state !== 'made' &&
                change.kind !== 'conflict' && (
                  <>
                    {' '}
                    <StateBadge tone="gray">{t(`change.state.${change.state}`)}</StateBadge>
                  </>
                )
              }
              details={() => (
                <>
                  {change.kept && <Text size="sm">{change.kept.text}</Text>}
                  {change.state === 'held' && change.memberId && (
                    <HeldPerson
                      directoryUserId={change.directoryUserId}
                      memberId={change.memberId}
                      name={change.name}
                    />
                  )}
                </>
              )}
            />
          )}
          hasMore={changes.hasNextPage}
          isLoadingMore={changes.isFetchingNextPage}
          loadMore={() => void changes.fetchNextPage()}
        />
      )}
    </Section>
  );
}

function download(changes: readonly RunChange[], runId: string): void {
  saveFile(`synchronization-${runId}.json`, 'application/json', JSON.stringify(changes, null, 2));
}
