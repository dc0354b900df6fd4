import { Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { directoryGroupsQuery } from '../../api/queries/groups.ts';
import type { GroupsChoice } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';

const typingPauseMs = 300;
const namedMax = 6;
const choices = ['all', 'matching', 'picked'] as const;
const changeKinds = ['create', 'delete', 'rename', 'members'] as const;

interface GroupsChoiceProps {
  choice: GroupsChoice;
  error?: string;
  onChange: (next: GroupsChoice) => void;
}

/** Which groups of the directory become groups here, and what the choice would do, before it is saved. */
export function GroupsChoiceSection({ choice, error, onChange }: GroupsChoiceProps) {
  const { t } = useTranslation();
  const change = (part: Partial<GroupsChoice>) => onChange({ ...choice, ...part });
  return (
    <Section title={t('choice.title')} intro={t('choice.text')}>
      <Radio.Group
        aria-label={t('choice.title')}
        value={choice.which}
        onChange={(which) => change({ which: which })}
      >
        <Stack gap="sm">
          {choices.map((which) => (
            <Radio
              key={which}
              value={which}
              label={t(`choice.${which}`)}
              description={t(`choice.${which}Hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {choice.which === 'matching' && (
        <TextInput
          label={t('choice.pattern')}
          required
          withAsterisk={false}
          maw="24rem"
          value={choice.pattern}
          error={error}
          onChange={(event) => change({ pattern: event.currentTarget.value })}
        />
      )}
      {choice.which === 'picked' && (
        <GroupPicker picked={choice.picked} onChange={(picked) => change({ picked })} />
      )}
      <Consequences choice={choice} />
    </Section>
  );
}

/** Directory groups to be ticked; those that were ticked first come first. */
export function GroupPicker({ picked, onChange }: { picked: string[]; onChange: (next: string[]) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groups = useQuery(directoryGroupsQuery(search));
  const items = (groups.data?.items ?? []).toSorted((left, right) => left.name.localeCompare(right.name));
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...picked, id] : picked.filter((each) => each !== id));
  return (
    <Stack gap="xs">
      <TextInput
        type="search"
        aria-label={t('choice.search')}
        placeholder={t('choice.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maw="24rem"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      <div className="pick-list" role="group" aria-label={t('choice.picked')} tabIndex={0}>
        {items.map(({ id, name, people }) => (
          <Checkbox
            key={id}
            checked={picked.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
            label={name}
            description={t('choice.people', { count: people })}
          />
        ))}
        {groups.data && items.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(search ? 'groups.noneFound' : 'choice.noGroups')}
          </Text>
        )}
      </div>
      {groups.data?.nextCursor && (
        <Text size="xs" c="dimmed">
          {t('choice.searchForMore')}
        </Text>
      )}
      <Text size="sm" role="status">
        {t('choice.pickedCount', { count: picked.length })}
      </Text>
    </Stack>
  );
}

/** What the next synchronization would do to groups if this were saved. */
function Consequences({ choice }: { choice: GroupsChoice }) {
  const { t } = useTranslation();
  const [{ which, pattern, picked }] = useDebouncedValue(choice, typingPauseMs);
  const change = { which, ...(which === 'matching' && { pattern }), ...(which === 'picked' && { picked }) };
  const preview = useQuery({
    queryKey: ['directory-groups', 'preview', change],
    enabled: which !== 'matching' || pattern.trim() !== '',
    placeholderData: keepPreviousData,
    queryFn: () => answer(() => api.POST('/api/directory-groups/preview', { body: change })),
  });
  if (preview.error) return <ErrorNote error={preview.error} />;
  if (preview.data === undefined || preview.data.total === 0) return null;
  const { total, chosen, counts, groups } = preview.data;
  const kinds = changeKinds.filter((kind) => counts[kind] > 0);
  return (
    <div className="choice-effect" role="status">
      <Text size="sm" fw={600}>
        {t('choice.chosen', { count: chosen, total })}
      </Text>
      {kinds.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('choice.nothing')}
        </Text>
      ) : (
        kinds.map((kind) => {
          const names = groups.filter((group) => group.kind === kind).map(({ name }) => name);
          return (
            <Group key={kind} gap={6} align="baseline">
              <Text size="sm" c={kind === 'delete' ? 'var(--mantine-color-error)' : undefined}>
                {t(`choice.will.${kind}`, { count: counts[kind] })}
              </Text>
              <Text size="xs" c="dimmed">
                {names.slice(0, namedMax).join(', ')}
                {counts[kind] > namedMax && ' …'}
              </Text>
            </Group>
          );
        })
      )}
    </div>
  );
}
