import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryResourcesQuery } from '../../api/queries/log.ts';
import { useTranslation } from '../../i18n.ts';

const typingPauseMs = 250;

/** Finds a person or a group of the directory by typing a part of the name. */
export function ResourceSearch({ onFound }: { onFound: (id: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const found = useQuery({
    ...directoryResourcesQuery(search),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const items = search === '' ? [] : (found.data?.items ?? []);
  const optionsOf = (type: 'User' | 'Group') =>
    items
      .filter(({ resourceType }) => resourceType === type)
      .map(({ id, name }) => ({ value: id, label: name }));
  const groups = [
    { group: t('log.people'), items: optionsOf('User') },
    { group: t('log.groups'), items: optionsOf('Group') },
  ].filter((group) => group.items.length > 0);
  const userNameOf = (id: string) => items.find((each) => each.id === id)?.userName;
  return (
    <Select
      searchable
      label={t('log.personOrGroup')}
      placeholder={t('picker.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={<></>}
      nothingFoundMessage={search === '' ? undefined : t(found.isFetching ? 'loading' : 'log.nobodyFound')}
      comboboxProps={{ withinPortal: false }}
      value={null}
      onChange={(id) => {
        if (id !== null) onFound(id);
        setTyped('');
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={groups}
      renderOption={({ option }) => (
        <div className="found-resource">
          {option.label}
          <Text size="xs" c="dimmed">
            {userNameOf(option.value)}
          </Text>
        </div>
      )}
    />
  );
}
