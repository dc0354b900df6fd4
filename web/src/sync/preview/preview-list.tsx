import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import type { previewQuery, PreviewSort } from '../../api/queries/preview.ts';
import { type Change, type Overview, pendingIn } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import type { Sorting } from '../../parts/lists/sort-head.tsx';
import type { Choosable, Selection } from '../../parts/lists/use-selection.ts';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { PreviewHead, PreviewRow } from './preview-row.tsx';
import { emptyPreview } from './preview-words.ts';

type Preview = ReturnType<typeof useInfiniteQuery<Awaited<ReturnType<PreviewFunction>>>>;
type PreviewFunction = Extract<ReturnType<typeof previewQuery>['queryFn'], (...args: never[]) => unknown>;

interface PreviewListProps {
  preview: Preview;
  filtered: boolean;
  overview: Overview;
  selection: Selection;
  sorting: Sorting<PreviewSort>;
  onSort: (sorting: Sorting<PreviewSort>) => void;
}

/** The pending changes, or why there are none. */
export function PreviewList(props: PreviewListProps) {
  const { t } = useTranslation();
  const { preview, filtered, overview } = props;
  if (isAwaited(preview)) return <ListSkeleton slow={t('loading.pending')} />;
  if (loadedItems(preview).length > 0) return <Rows {...props} />;
  return <NothingPending error={preview.error} filtered={filtered} overview={overview} />;
}

function Rows({ preview, filtered, overview, selection, sorting, onSort }: PreviewListProps) {
  const { t } = useTranslation();
  const changes = loadedItems(preview);
  // The rows stay as they are while they are the same and nobody else is ticked.
  const latest = useRef({ selection, changes });
  latest.current = { selection, changes };
  const tick = useCallback((change: Change, extend: boolean) => {
    latest.current.selection.toggle(choosable(change), latest.current.changes.map(choosable), extend);
  }, []);
  const { isAll, chosen } = selection;
  const render = useCallback(
    (change: Change, index: number) => (
      <PreviewRow
        change={change}
        index={index}
        isChosen={isAll || chosen.has(change.directoryUserId)}
        onTick={tick}
      />
    ),
    [isAll, chosen, tick],
  );
  const isEverybody = changes.every(({ directoryUserId }) => selection.has(directoryUserId));
  return (
    <Section flush>
      <VirtualRows
        isTable
        items={changes}
        total={preview.data?.pages[0]?.matching ?? null}
        counted={{ what: 'people', total: pendingIn(overview.pending), isNarrowed: filtered }}
        label={t('preview.label')}
        head={
          <PreviewHead
            sorting={sorting}
            onSort={onSort}
            chosen={isEverybody ? 'all' : chosen.size > 0 ? 'some' : 'none'}
            onChoose={() => selection.toggleLoaded(changes.map(choosable))}
          />
        }
        keyOf={keyOf}
        render={render}
        hasMore={preview.hasNextPage}
        isLoadingMore={preview.isFetchingNextPage}
        isStale={preview.isPlaceholderData}
        loadMore={() => void preview.fetchNextPage()}
      />
    </Section>
  );
}

const keyOf = ({ directoryUserId, kind }: Change) => `${directoryUserId}-${kind}`;

function choosable({ directoryUserId, name, kind }: Change): Choosable {
  return { id: directoryUserId, name, kind };
}

function NothingPending({
  error,
  filtered,
  overview,
}: Pick<PreviewListProps, 'filtered' | 'overview'> & { error: unknown }) {
  const { t } = useTranslation();
  const empty = emptyPreview(filtered, overview);
  return (
    <Section>
      <EmptyState
        error={error}
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
