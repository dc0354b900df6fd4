import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { directoryQuery } from '../../api/queries/directory.ts';
import { directoryGroupsQuery } from '../../api/queries/groups.ts';
import { useTranslation } from '../../i18n.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import type { ChosenState, Named } from './people-choice.ts';

const typingPauseMs = 250;
const offeredMax = 6;
/** How many of those who are chosen are shown by name. */
const pillsMax = 30;

/** Finds people and groups of the directory, and shows who is chosen. */
export function ChoosePeople({ state }: { state: ChosenState }) {
  return (
    <>
      <People state={state} />
      <Groups state={state} />
    </>
  );
}

function People({ state: { chosen, add, remove } }: { state: ChosenState }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const found = useInfiniteQuery({ ...directoryQuery({ search, state: '' }), enabled: search !== '' });
  const taken = new Set(chosen.people.map(({ id }) => id));
  const offered = loadedItems(found).filter(({ directoryUserId }) => !taken.has(directoryUserId));
  return (
    <div className="chosen-people">
      <TextInput
        type="search"
        data-autofocus
        label={t('chosen.people')}
        placeholder={t('chosen.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ErrorNote error={found.error} retry={() => void found.refetch()} />
      {search !== '' && (
        <Offered
          items={offered.slice(0, offeredMax).map(({ directoryUserId, name, email, userName }) => ({
            id: directoryUserId,
            name,
            more: email ?? userName,
          }))}
          onAdd={(one) => add('people', one)}
        />
      )}
      {search !== '' && found.isSuccess && offered.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('chosen.nobodyFound')}
        </Text>
      )}
      <Pills items={chosen.people} onRemove={(id) => remove('people', id)} />
    </div>
  );
}

function Groups({ state: { chosen, add, remove } }: { state: ChosenState }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groups = useQuery(directoryGroupsQuery(search));
  const taken = new Set(chosen.groups.map(({ id }) => id));
  const offered = (groups.data?.items ?? [])
    .filter(({ id }) => !taken.has(id))
    .toSorted((left, right) => left.name.localeCompare(right.name));
  const isThere = search !== '' || (groups.data?.items.length ?? 0) > 0;
  if (groups.isSuccess && !isThere) return null;
  return (
    <div className="chosen-people">
      <TextInput
        type="search"
        label={t('chosen.groups')}
        placeholder={t('chosen.searchGroups')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      <Offered
        items={offered.slice(0, offeredMax).map(({ id, name, people }) => ({
          id,
          name,
          more: t('chosen.groupPeople', { count: people }),
        }))}
        onAdd={(one) => add('groups', one)}
      />
      {search !== '' && groups.isSuccess && offered.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('groups.noneFound')}
        </Text>
      )}
      <Pills items={chosen.groups} onRemove={(id) => remove('groups', id)} />
    </div>
  );
}

/** What was found, each with a button that adds it. */
function Offered({
  items,
  onAdd,
}: {
  items: readonly (Named & { more: string })[];
  onAdd: (one: Named) => void;
}) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list">
      {items.map(({ id, name, more }) => (
        <li key={id} className="chosen-found">
          <Text size="sm" style={{ minWidth: 0 }}>
            {name}
            <br />
            <Text span size="xs" c="dimmed">
              {more}
            </Text>
          </Text>
          <Button
            size="xs"
            variant="default"
            aria-label={t('chosen.add', { name })}
            onClick={() => onAdd({ id, name })}
          >
            {t('chosen.addShort')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Who is chosen, each with a button that takes them out again. */
function Pills({ items, onRemove }: { items: readonly Named[]; onRemove: (id: string) => void }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <Group gap={6}>
      {items.slice(0, pillsMax).map(({ id, name }) => (
        <Button
          key={id}
          size="compact-xs"
          variant="light"
          rightSection={<IconX size={12} aria-hidden />}
          aria-label={t('chosen.remove', { name })}
          onClick={() => onRemove(id)}
        >
          {name}
        </Button>
      ))}
      {items.length > pillsMax && (
        <Text size="sm" c="dimmed">
          {t('bulk.more', { count: items.length - pillsMax })}
        </Text>
      )}
    </Group>
  );
}
