import { Button, Checkbox } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '../../parts/page/link.tsx';
import { loadedItems } from '../../api/paging.ts';
import type { previewQuery } from '../../api/queries/preview.ts';
import { type Change, type Overview, pendingIn } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { ChangeActions } from './change-actions.tsx';
import { emptyPreview } from './preview-words.ts';
import type { PeopleChoice } from './use-people-choice.ts';
import { ChangeHead, ChangeRow } from './change-row.tsx';

type Preview = ReturnType<typeof useInfiniteQuery<Awaited<ReturnType<PreviewFunction>>>>;
type PreviewFunction = Extract<ReturnType<typeof previewQuery>['queryFn'], (...args: never[]) => unknown>;

/** The pending changes, or why there are none. */
export function PreviewList({
  preview,
  filtered,
  overview,
  choice,
}: {
  preview: Preview;
  filtered: boolean;
  overview: Overview;
  /** Who is ticked, where the list is one to choose from. */
  choice?: PeopleChoice | undefined;
}) {
  const { t } = useTranslation();
  const changes = loadedItems(preview);
  if (preview.isPending) return <ListSkeleton />;
  if (changes.length === 0) {
    const empty = emptyPreview(filtered, overview);
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
        counted={{ what: 'people', total: pendingIn(overview.pending), isNarrowed: filtered }}
        head={<ChangeHead />}
        keyOf={(change) => `${change.directoryUserId}-${change.kind}`}
        render={(change) => <Row change={change} choice={choice} />}
        hasMore={preview.hasNextPage}
        isLoadingMore={preview.isFetchingNextPage}
        loadMore={() => void preview.fetchNextPage()}
      />
    </Section>
  );
}

/** A change, with a box to tick before it where people are chosen. */
function Row({ change, choice }: { change: Change; choice: PeopleChoice | undefined }) {
  const { t } = useTranslation();
  const row = <ChangeRow change={change} details={() => <ChangeActions change={change} />} />;
  if (choice === undefined) return row;
  return (
    <div className="row-choice">
      <Checkbox
        aria-label={t('lift.choose', { name: change.name })}
        checked={choice.chosen.has(change.directoryUserId)}
        onChange={() => choice.toggle(change.directoryUserId)}
      />
      <div>{row}</div>
    </div>
  );
}
