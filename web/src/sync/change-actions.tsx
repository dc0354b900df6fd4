import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { explanationQuery, loadedItems, membersQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Change } from '../api/shapes.ts';
import { ErrorNote } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { HeldPerson } from './held-person.tsx';

const typingPauseMs = 250;
const suggestionsMax = 8;
type Deed = 'exclude' | 'include' | 'lift' | 'retry';

/** How it came to this, step by step, and what can be done: link, exclude, take in again, try again. */
export function ChangeActions({ change }: { change: Change }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { directoryUserId, memberId, kind } = change;
  const explanation = useQuery(explanationQuery(directoryUserId));
  const [linking, setLinking] = useState(false);
  const act = useMutation({
    mutationFn: (deed: Deed) => {
      const request = { params: { path: { directoryUserId } } };
      return answer<unknown>(() => {
        if (deed === 'exclude') return api.POST('/api/sync-preview/{directoryUserId}/exclude', request);
        if (deed === 'include') return api.POST('/api/sync-preview/{directoryUserId}/include', request);
        if (deed === 'retry') return api.POST('/api/sync-preview/{directoryUserId}/retry', request);
        return api.POST('/api/sync-preview/{directoryUserId}/lift', request);
      });
    },
    onSuccess: async (_, deed) => {
      await queryClient.invalidateQueries();
      toast(t(`deed.${deed}.done`, { name: change.name }));
    },
  });
  return (
    <Stack gap="sm">
      {explanation.data && (
        <ol style={{ margin: 0, paddingInlineStart: '1.2rem', fontSize: '0.8125rem' }}>
          {explanation.data.steps.map(({ step, text }) => (
            <li key={step}>
              <strong>{t(`step.${step}`)}:</strong> {text}
            </li>
          ))}
        </ol>
      )}
      <ErrorNote error={act.error} />
      {kind === 'held' && memberId && <HeldPerson directoryUserId={directoryUserId} memberId={memberId} />}
      <Group gap="xs">
        {(kind === 'conflict' || kind === 'create') && (
          <Button size="xs" variant="default" onClick={() => setLinking(true)}>
            {t('deed.link')}
          </Button>
        )}
        {kind === 'excluded' ? (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('include')}>
            {t('deed.include')}
          </Button>
        ) : (
          kind !== 'held' &&
          kind !== 'suppressed' && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('exclude')}>
              {t('deed.exclude')}
            </Button>
          )
        )}
        {change.reason.code === 'write-refused' && (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('retry')}>
            {t('deed.retry')}
          </Button>
        )}
        {kind === 'suppressed' && (
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('lift')}>
            {t('deed.lift')}
          </Button>
        )}
      </Group>
      <LinkDialog opened={linking} change={change} onClose={() => setLinking(false)} />
    </Stack>
  );
}

/** Finds the member that this person is. */
function LinkDialog({ opened, change, onClose }: { opened: boolean; change: Change; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const found = useInfiniteQuery({ ...membersQuery({ search, status: 'active' }), enabled: opened });
  const link = useMutation({
    mutationFn: (memberId: string) =>
      answer(() =>
        api.POST('/api/sync-preview/{directoryUserId}/link', {
          params: { path: { directoryUserId: change.directoryUserId } },
          body: { memberId },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('deed.link.done', { name: change.name }));
      onClose();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('link.title', { name: change.name })}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
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
    </Modal>
  );
}
