import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { cursorOf, loadedItems, nextCursor } from '../../api/paging.ts';
import type { PreviewedPerson, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { MappingEffects } from './mapping-effects.tsx';
import { toRuleDtos } from '../rules/rule-text.ts';
import { PersonRow } from './previewed-person.tsx';

const typingPauseMs = 300;
const pageSize = 20;
const shownAtFirst = 8;
const filters = ['all', 'changes', 'problems'] as const;
type Filter = (typeof filters)[number];

/** What these rules would do to real people of the directory, in total and one by one, before anything is saved. */
export function MappingPreview({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(rules, typingPauseMs);
  const preview = usePreview(settled);
  const all = loadedItems(preview);
  const summary = preview.data?.pages[0]?.summary;
  // What the rules before did is no answer about these.
  const isStale = preview.isPlaceholderData || settled !== rules;
  if (preview.isPending) {
    return (
      <Section title={t('mapping.preview')}>
        <ListSkeleton />
      </Section>
    );
  }
  return (
    <Section flush title={t('mapping.preview')} intro={t('mapping.previewText')}>
      {preview.error ? (
        <div style={{ padding: '0 1rem 1rem' }}>
          <ErrorNote error={preview.error} />
        </div>
      ) : all.length === 0 || summary === undefined ? (
        <EmptyState title={t('mapping.previewNobody')} text={t('mapping.previewEmpty')} error={null} />
      ) : (
        <Stack gap="md" aria-busy={isStale} className={isStale ? 'effects-stale' : undefined}>
          {isStale && (
            <Text size="sm" c="dimmed" px="md" role="status" className="slow-note">
              {t('bulk.counting')}
            </Text>
          )}
          <MappingEffects rules={settled} sample={summary} />
          <PreviewedPeople
            people={all}
            hasMore={preview.hasNextPage}
            isLoadingMore={preview.isFetchingNextPage}
            loadMore={() => void preview.fetchNextPage()}
          />
        </Stack>
      )}
    </Section>
  );
}

function usePreview(rules: readonly Rule[]) {
  return useInfiniteQuery({
    queryKey: ['mapping', 'preview', rules],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.POST('/api/attribute-mapping/preview', {
          body: { rules: toRuleDtos(rules), sample: pageSize, ...cursorOf(pageParam) },
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

interface PreviewedPeopleProps {
  people: readonly PreviewedPerson[];
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

function PreviewedPeople({ people: all, hasMore, isLoadingMore, loadMore }: PreviewedPeopleProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const [shown, setShown] = useState(shownAtFirst);
  const people = all.filter((person) => fits(person, filter));
  const more = () => {
    setShown(shown + pageSize);
    if (shown + pageSize > people.length && hasMore) loadMore();
  };
  return (
    <>
      <FilterChips chosen={filter} onChoose={setFilter} />
      {people.length === 0 && (
        <Text size="sm" c="dimmed" px="md">
          {t(`mapping.none.${filter === 'problems' ? 'problems' : 'changes'}`)}
        </Text>
      )}
      <ul className="plain-list" aria-label={t('mapping.preview')}>
        {people.slice(0, shown).map((person) => (
          <PersonRow key={person.directoryUserId} person={person} />
        ))}
      </ul>
      {(people.length > shown || hasMore) && (
        <Group justify="center" pb="md">
          <Button variant="default" size="xs" loading={isLoadingMore} onClick={more}>
            {t('mapping.previewMore')}
          </Button>
        </Group>
      )}
    </>
  );
}

function FilterChips({ chosen, onChoose }: { chosen: Filter; onChoose: (filter: Filter) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" px="md" role="group" aria-label={t('mapping.previewFilter')}>
      {filters.map((each) => (
        <button
          key={each}
          type="button"
          className="filter-chip"
          aria-pressed={each === chosen}
          onClick={() => onChoose(each)}
        >
          {t(`mapping.filter.${each}`)}
        </button>
      ))}
    </Group>
  );
}

function fits(
  { memberId, withheld, inConflict, changes, problems }: PreviewedPerson,
  filter: Filter,
): boolean {
  if (filter === 'problems') return problems.length > 0;
  return filter === 'all' || (memberId !== null && !withheld && !inConflict && changes.length > 0);
}
