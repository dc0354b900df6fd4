import { Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, asShown } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { AddedChannel, Channel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { AddChannelDialog, ChangeChannelDialog } from './channel-dialogs.tsx';
import { ChannelSecretDialog } from './channel-secret.tsx';
import { TestButton, TestResult, useTest } from './test-button.tsx';

/** Slack, Teams and other addresses of the workspace. */
export function Channels({ channels }: { channels: readonly Channel[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<AddedChannel | null>(null);
  const [changing, setChanging] = useState<Channel | null>(null);
  const [removing, setRemoving] = useState<Channel | null>(null);
  return (
    <Section
      title={t('notifications.channels')}
      intro={t('notifications.channelsText')}
      actions={
        <ActButton act="POST /api/notifications/channels" variant="default" onClick={() => setAdding(true)}>
          {t('notifications.add')}
        </ActButton>
      }
    >
      {channels.length === 0 ? (
        <EmptyState
          title={t('notifications.noChannels')}
          text={t('notifications.noChannelsText')}
          error={null}
        />
      ) : (
        <ul className="channel-list">
          {channels.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              onChange={() => setChanging(channel)}
              onRemove={() => setRemoving(channel)}
            />
          ))}
        </ul>
      )}
      {adding && (
        <AddChannelDialog
          onClose={() => setAdding(false)}
          onAdded={(channel) => {
            setAdding(false);
            setAdded(channel.secret === null ? null : channel);
            toast(t('notifications.added'));
          }}
        />
      )}
      {changing && <ChangeChannelDialog channel={changing} onClose={() => setChanging(null)} />}
      <ChannelSecretDialog channel={added} onStored={() => setAdded(null)} />
      <RemoveDialog channel={removing} onClose={() => setRemoving(null)} />
    </Section>
  );
}

function ChannelRow({
  channel,
  onChange,
  onRemove,
}: {
  channel: Channel;
  onChange: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const test = useTest(channel);
  const { name, kind, host, causes } = channel;
  return (
    <li>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Stack gap={2} flex="1 1 14rem" miw={0}>
            <Group gap="xs">
              <Text fw={600} className="found-resource">
                {name}
              </Text>
              <StateBadge tone="gray">{t(`notifications.kind.${kind}`)}</StateBadge>
            </Group>
            <Text size="sm" c="dimmed" className="found-resource">
              {host} · {t('notifications.toldOf', { count: causes.length })}
            </Text>
          </Stack>
          <Group gap="xs">
            <TestButton channel={channel} test={test} />
            <ActButton
              act="PATCH /api/notifications/channels/{id}"
              size="xs"
              variant="default"
              aria-label={t('notifications.change', { name })}
              onClick={onChange}
            >
              {t('edit')}
            </ActButton>
            <ActButton
              act="DELETE /api/notifications/channels/{id}"
              size="xs"
              variant="default"
              c="var(--mantine-color-error)"
              aria-label={t('notifications.removeLabel', { name })}
              onClick={onRemove}
            >
              {t('notifications.remove')}
            </ActButton>
          </Group>
        </Group>
        <TestResult channel={channel} test={test} />
      </Stack>
    </li>
  );
}

function RemoveDialog({ channel, onClose }: { channel: Channel | null; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const remove = useRemoval(() => {
    toast(t('notifications.removed'));
    onClose();
  });
  return (
    <Confirm
      opened={channel !== null}
      title={t('notifications.removeTitle', { name: channel?.name })}
      confirmLabel={t('notifications.remove')}
      danger
      pending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => channel && remove.mutate(channel)}
    >
      {t('notifications.removeText')}
    </Confirm>
  );
}

/** Removes a channel, or the e-mail of an admin. */
export function useRemoval(onDone: () => void) {
  return useMutation({
    mutationFn: (channel: Channel) =>
      answer(() =>
        api.DELETE('/api/notifications/channels/{id}', {
          params: { path: { id: channel.id }, header: asShown(channel) },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['notifications'] });
      await queryClient.invalidateQueries({ queryKey: ['notification-messages'] });
      onDone();
    },
  });
}
