import { Autocomplete, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { directoryGroupsQuery } from '../../api/queries/groups.ts';
import { useTranslation } from '../../i18n.ts';

const typingPauseMs = 250;
const offeredMax = 30;

interface GroupPatternInputProps {
  label: string;
  description: string;
  value: string;
  onChange: (pattern: string) => void;
}

/** The name of a group of the directory, or a pattern with `*`; says which groups it means. */
export function GroupPatternInput({ label, description, value, onChange }: GroupPatternInputProps) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(longestPart(value), typingPauseMs);
  const groups = useQuery(directoryGroupsQuery(settled)).data?.items ?? [];
  const meant = value.trim() === '' ? [] : groups.filter(({ name }) => isMeant(name, value));
  return (
    <div>
      <Autocomplete
        required
        data-autofocus
        label={label}
        description={description}
        value={value}
        onChange={onChange}
        limit={offeredMax}
        comboboxProps={{ withinPortal: false }}
        filter={({ options }) => options}
        data={[...new Set(groups.map(({ name }) => name))].sort()}
      />
      {value.trim() !== '' && (
        <Text size="xs" c="dimmed" mt={4}>
          {meant.length === 0
            ? t('mapping.groupsNone')
            : t('mapping.groupsMeant', { names: meant.map(({ name }) => name).join(', ') })}
        </Text>
      )}
    </div>
  );
}

/** What the service is asked to search for: it looks for a part of the name. */
function longestPart(pattern: string): string {
  return pattern
    .split('*')
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
    .trim();
}

/** `*` stands for any text; case does not matter. */
function isMeant(name: string, pattern: string): boolean {
  const parts = pattern.trim().toLowerCase().split('*');
  const folded = name.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return folded === first;
  const last = rest.pop() ?? '';
  if (!folded.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = folded.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return folded.length - last.length >= at && folded.endsWith(last);
}
