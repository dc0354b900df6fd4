import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memberQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { memberName } from '../../parts/text/member-name.ts';
import { GroupSelect } from '../groups/group-select.tsx';

const statuses = ['', 'active', 'held', 'suspended', 'deactivated', 'removed'] as const;
const sources = ['', 'provisioning', 'import', 'manual'] as const;
export const memberOrders = [
  'createdAt',
  'createdAt.desc',
  'name',
  'name.desc',
  'email',
  'updatedAt.desc',
] as const;

/** What is looked for; empty where it does not matter. */
export interface MembersFilter {
  status: string;
  source: string;
  group: string;
  manager: string;
  order: string;
}

interface MembersFiltersProps {
  typed: string;
  onType: (text: string) => void;
  filter: MembersFilter;
  onFilter: (name: keyof MembersFilter, value: string) => void;
}

/** Search, filters and order of the members. */
export function MembersFilters({ typed, onType, filter, onFilter }: MembersFiltersProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="members-filters">
        <TextInput
          type="search"
          label={t('search.members')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('field.status')}
          value={filter.status}
          onChange={(event) => onFilter('status', event.currentTarget.value)}
          data={statuses.map((each) => ({
            value: each,
            label: each === '' ? t('members.present') : t(`member.status.${each}`),
          }))}
        />
        <NativeSelect
          label={t('members.source')}
          value={filter.source}
          onChange={(event) => onFilter('source', event.currentTarget.value)}
          data={sources.map((each) => ({
            value: each,
            label: each === '' ? t('filter.all') : t(`member.source.${each}`),
          }))}
        />
        <GroupSelect value={filter.group} onChange={(id) => onFilter('group', id)} />
        <NativeSelect
          label={t('members.order')}
          value={filter.order}
          onChange={(event) => onFilter('order', event.currentTarget.value)}
          data={memberOrders.map((each) => ({
            value: each === 'createdAt' ? '' : each,
            label: t(`members.order.${each}`),
          }))}
        />
      </div>
      {filter.manager && <ManagerChip id={filter.manager} onClear={() => onFilter('manager', '')} />}
    </>
  );
}

function ManagerChip({ id, onClear }: { id: string; onClear: () => void }) {
  const { t } = useTranslation();
  const manager = useQuery(memberQuery(id)).data;
  const name = manager ? memberName(manager) : '…';
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        rightSection={<IconX size={14} aria-hidden />}
        aria-label={t('members.clearManager', { name })}
        onClick={onClear}
      >
        {t('members.reportsOf', { name })}
      </Button>
    </Group>
  );
}
