import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { directoryGroupQuery, directoryGroupsQuery } from '../../api/queries/groups.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import type { Settings } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { GroupPicker } from './groups-choice.tsx';
import type { SettingsSectionProps } from './settings-sections.tsx';

type Order = Settings['seatOrder'];

function orders(hasRoles: boolean): readonly Order['by'][] {
  return hasRoles ? ['first_come', 'groups', 'roles'] : ['first_come', 'groups'];
}

/** Who gets a seat first, where their number is limited. */
export function SeatsSection({ draft: { seatOrder }, change, refused }: SettingsSectionProps) {
  const { t } = useTranslation();
  const { seats = null, hasRoles = false } = useQuery(overviewQuery).data ?? {};
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
          data={orders(hasRoles).map((value) => ({
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
  const listed = useQuery(directoryGroupsQuery('')).data?.items;
  const names = new Map(listed?.map(({ id, name }) => [id, name]));
  const others = listed === undefined ? [] : ids.filter((id) => !names.has(id));
  const found = useQueries({ queries: others.map((id) => directoryGroupQuery(id)) });
  for (const { data } of found) {
    if (data) names.set(data.id, data.name);
  }
  return (
    <>
      <Text size="sm">{t('seats.groupsHint')}</Text>
      <GroupPicker picked={ids} onChange={onChange} />
      {error !== undefined && (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      )}
      {ids.length > 1 && (
        <ol aria-label={t('seats.groups')}>
          {ids.map((id) => (
            <li key={id}>{names.get(id) ?? id}</li>
          ))}
        </ol>
      )}
    </>
  );
}
