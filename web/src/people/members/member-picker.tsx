import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { memberQuery, membersQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { memberName } from '../../parts/text/member-name.ts';

const typingPauseMs = 250;
const offeredMax = 20;

interface MemberPickerProps {
  label: string;
  /** The id of a member. */
  value: string | null;
  /** Who cannot be chosen: the person themselves. */
  except?: string;
  description?: string;
  error?: ReactNode;
  readOnly?: boolean;
  withAsterisk?: boolean;
  onChange: (id: string | null) => void;
}

/** Another member, found by typing a part of the name or address. */
export function MemberPicker({ value, except, readOnly, onChange, ...input }: MemberPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...memberQuery(value ?? ''), enabled: value !== null }).data;
  const chosenLabel = chosen && value !== null ? memberName(chosen) : '';
  const [search] = useDebouncedValue(typed === chosenLabel ? '' : typed.trim(), typingPauseMs);
  const found = useInfiniteQuery({ ...membersQuery({ search, status: 'active' }), enabled: !readOnly });
  const offered = loadedItems(found)
    .filter(({ id }) => id !== except && id !== value)
    .slice(0, offeredMax);
  const known = chosen && value !== null ? [chosen, ...offered] : offered;
  return (
    <Select
      {...input}
      searchable
      clearable={!readOnly}
      readOnly={readOnly}
      placeholder={t('picker.placeholder')}
      nothingFoundMessage={t('members.noneFound')}
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': t('picker.clear', { label: input.label }) }}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={known.map((member) => ({ value: member.id, label: memberName(member) }))}
    />
  );
}
