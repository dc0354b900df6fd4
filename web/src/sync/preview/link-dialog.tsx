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
import { memberName } from '../../parts/text/member-name.ts';
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
  // Only those that the service lets be linked. Deactivated members, too: a person may return under another account.
  const found = useInfiniteQuery({ ...membersQuery({ search, linkable: 'true' }), enabled: opened });
  const members = loadedItems(found).slice(0, suggestionsMax);
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
        {found.isSuccess && members.length === 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('link.none')}
          </Text>
        )}
        {members.map((member) => (
          <Group key={member.id} justify="space-between" wrap="nowrap">
            <Text size="sm" style={{ minWidth: 0 }}>
              {memberName(member)}
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
              aria-label={t('link.choose', { name: memberName(member) })}
            >
              {t('link.action')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Dialog>
  );
}
