import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { groupQuery, groupsQuery } from '../../api/queries/groups.ts';
import { useTranslation } from '../../i18n.ts';

const typingPauseMs = 250;

interface GroupSelectProps {
  /** The id of a group; empty: all groups. */
  value: string;
  onChange: (id: string) => void;
}

/** A group among any number of them, found by a part of its name; nothing where there are no groups. */
export function GroupSelect({ value, onChange }: GroupSelectProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...groupQuery(value), enabled: value !== '' }).data;
  // What is chosen stands in the field, and is not looked for.
  const isChosen = [chosen?.name, t('filter.all')].includes(typed);
  const [search] = useDebouncedValue(isChosen ? '' : typed.trim(), typingPauseMs);
  const first = loadedItems(useInfiniteQuery(groupsQuery({ search: '' })));
  const found = loadedItems(useInfiniteQuery(groupsQuery({ search })));
  if (first.length === 0) return null;
  const options = new Map([...found, ...(chosen ? [chosen] : [])].map(({ id, name }) => [id, name]));
  return (
    <Select
      label={t('members.group')}
      searchable
      allowDeselect={false}
      value={value}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id ?? '')}
      nothingFoundMessage={t('groups.noneFound')}
      data={[
        { value: '', label: t('filter.all') },
        ...[...options].map(([id, name]) => ({ value: id, label: name })),
      ]}
    />
  );
}
