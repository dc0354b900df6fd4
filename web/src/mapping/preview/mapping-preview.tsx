import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { loadedItems } from '../../api/paging.ts';
import type { PreviewedPerson, Rule } from '../../api/shapes.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { FieldChanges, useFieldName } from '../../parts/text/field-changes.tsx';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { MappingEffects } from './mapping-effects.tsx';
import { toRuleDtos } from '../rules/rule-text.ts';

const typingPauseMs = 300;
const pageSize = 20;
const shownAtFirst = 8;
const filters = ['all', 'changes', 'problems'] as const;
type Filter = (typeof filters)[number];

/** What these rules would do to real people of the directory, added up and one by one, before anything is saved. */
export function MappingPreview({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(rules, typingPauseMs);
  const [filter, setFilter] = useState<Filter>('all');
  const [shown, setShown] = useState(shownAtFirst);
  const preview = useInfiniteQuery({
    queryKey: ['mapping', 'preview', settled],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(() =>
        api.POST('/api/attribute-mapping/preview', {
          body: {
            rules: toRuleDtos(settled),
            sample: pageSize,
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const all = loadedItems(preview);
  const people = all.filter((person) => fits(person, filter));
  const summary = preview.data?.pages[0]?.summary;
  const more = () => {
    setShown(shown + pageSize);
    if (shown + pageSize > people.length && preview.hasNextPage) void preview.fetchNextPage();
  };
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
        <EmptyState title={t('mapping.previewNobody')} text={t('mapping.previewEmpty')} />
      ) : (
        <Stack gap="md">
          <MappingEffects rules={settled} sample={summary} />
          <Group gap="xs" px="md" role="group" aria-label={t('mapping.previewFilter')}>
            {filters.map((each) => (
              <button
                key={each}
                type="button"
                className="filter-chip"
                aria-pressed={each === filter}
                onClick={() => setFilter(each)}
              >
                {t(`mapping.filter.${each}`)}
              </button>
            ))}
          </Group>
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
          {(people.length > shown || preview.hasNextPage) && (
            <Group justify="center" pb="md">
              <Button variant="default" size="xs" loading={preview.isFetchingNextPage} onClick={more}>
                {t('mapping.previewMore')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Section>
  );
}

function fits({ memberId, changes, problems }: PreviewedPerson, filter: Filter): boolean {
  if (filter === 'problems') return problems.length > 0;
  return filter === 'all' || (memberId !== null && changes.length > 0);
}

function PersonRow({ person }: { person: PreviewedPerson }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const [open, setOpen] = useState(false);
  const { memberId, changes, problems, newOptions } = person;
  const isNew = memberId === null;
  return (
    <li className="preview-person">
      <button type="button" className="row-cells mapped" aria-expanded={open} onClick={() => setOpen(!open)}>
        <strong className="cell">{person.name}</strong>
        <span className="cell">
          {isNew
            ? t('mapping.notMember')
            : changes.length === 0
              ? t('mapping.unchanged')
              : changes.map(({ field }) => nameOf(field)).join(', ')}
        </span>
        <Group gap={6} className="wide-only">
          {problems.length > 0 && (
            <StateBadge tone="red">{t('mapping.problems', { count: problems.length })}</StateBadge>
          )}
          {newOptions.length > 0 && (
            <StateBadge tone="blue">{t('mapping.newOptions', { count: newOptions.length })}</StateBadge>
          )}
        </Group>
        <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </button>
      <Collapse expanded={open}>{open && <PersonDetails person={person} />}</Collapse>
    </li>
  );
}

function PersonDetails({
  person: { memberId, changes, values, problems, newOptions },
}: {
  person: PreviewedPerson;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const changed = memberId !== null && changes.length > 0;
  const shown = changed
    ? changes
    : values.map(({ target, value }) => ({
        // The reference of a manager stands there as the identity provider sent it.
        field: target === 'managerId' ? 'manager' : target,
        before: null,
        after: value,
      }));
  return (
    <div className="preview-details">
      {problems.map((problem) => (
        <Text key={problem.target} size="sm" c="var(--mantine-color-error)">
          <strong>{nameOf(problem.target)}:</strong> {problem.text}
        </Text>
      ))}
      {newOptions.map(({ property, name }) => (
        <Text key={`${property} ${name}`} size="sm">
          {t('mapping.becomesOption', { name, property: nameOf(`properties.${property}`) })}
        </Text>
      ))}
      <FieldChanges
        changes={shown.map(({ field, before, after }) => ({
          field,
          before: before,
          after: after,
        }))}
        isNew={!changed}
      />
    </div>
  );
}
