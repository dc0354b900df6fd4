import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { loadedItems } from '../../api/paging.ts';
import { membersQuery } from '../../api/queries/members.ts';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useLink } from './use-link.ts';

const typingPauseMs = 250;
const suggestionsMax = 8;

/** Finds the member that this person is. */
export function LinkDialog({
  opened,
  change,
  onClose,
}: {
  opened: boolean;
  change: Change;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  // Deactivated members are found, too: a person may return under another account.
  const found = useInfiniteQuery({ ...membersQuery({ search }), enabled: opened });
  const link = useLink(change, onClose);
  return (
    <Dialog opened={opened} onClose={onClose} title={t('link.title', { name: change.name })}>
      <Stack>
        <Text size="sm">{t('link.text')}</Text>
        <TextInput
          data-autofocus
          type="search"
          label={t('search.members')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ErrorNote error={link.error} />
        {loadedItems(found)
          .slice(0, suggestionsMax)
          .map((member) => (
            <Group key={member.id} justify="space-between" wrap="nowrap">
              <Text size="sm" style={{ minWidth: 0 }}>
                {member.displayName ?? member.email}
                <br />
                <Text span size="xs" c="dimmed">
                  {member.email}
                  {member.status === 'deactivated' && ` · ${t('members.deactivated')}`}
                </Text>
              </Text>
              <Button
                size="xs"
                variant="default"
                loading={link.isPending && link.variables === member.id}
                onClick={() => link.mutate(member.id)}
                aria-label={t('link.choose', { name: member.displayName ?? member.email })}
              >
                {t('link.action')}
              </Button>
            </Group>
          ))}
      </Stack>
    </Dialog>
  );
}
