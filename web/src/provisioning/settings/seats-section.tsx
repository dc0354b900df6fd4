import { MultiSelect, NativeSelect, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryGroupsQuery } from '../../api/queries/groups.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import type { Settings } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import type { SettingsSectionProps } from './settings-sections.tsx';

type Order = Settings['seatOrder'];

const typingPauseMs = 250;

/** Who gets a seat first, where their number is limited. */
export function SeatsSection({ draft: { seatOrder }, change, refused }: SettingsSectionProps) {
  const { t } = useTranslation();
  const seats = useQuery(overviewQuery).data?.seats ?? null;
  if (seats === null) return null;
  const set = (part: Partial<Order>) => change({ seatOrder: { ...seatOrder, ...part } });
  return (
    <Section title={t('seats.title')} intro={t('seats.of', { used: seats.used, limit: seats.limit })}>
      <Stack className="fields-narrow">
        <NativeSelect
          label={t('seats.order')}
          description={t('seats.orderHint')}
          value={seatOrder.by}
          onChange={(event) => set({ by: event.currentTarget.value as Order['by'] })}
          data={(['first_come', 'groups'] as const).map((value) => ({
            value,
            label: t(`seats.order.${value}`),
          }))}
        />
        {seatOrder.by === 'groups' && (
          <GroupOrder
            ids={seatOrder.groups}
            error={refused('seatOrder.groups')}
            onChange={(groups) => set({ groups })}
          />
        )}
      </Stack>
    </Section>
  );
}

interface GroupOrderProps {
  ids: string[];
  error: string | undefined;
  onChange: (ids: string[]) => void;
}

/** The groups whose people come first, in the order in which they were chosen. */
function GroupOrder({ ids, error, onChange }: GroupOrderProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groups = useQuery(directoryGroupsQuery(search));
  // The names of groups that were chosen are among all of them; a search shows others.
  const all = useQuery(directoryGroupsQuery(''));
  const names = new Map(
    [...(all.data?.items ?? []), ...(groups.data?.items ?? [])].map(({ id, name }) => [id, name]),
  );
  const data = [...new Set([...names.keys(), ...ids])].map((id) => ({ value: id, label: names.get(id) ?? id }));
  return (
    <>
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      <MultiSelect
        label={t('seats.groups')}
        description={t('seats.groupsHint')}
        searchable
        data={data}
        value={ids}
        error={error}
        searchValue={typed}
        onSearchChange={setTyped}
        nothingFoundMessage={t('groups.noneFound')}
        onChange={onChange}
      />
    </>
  );
}
