import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messagesQuery } from '../../api/queries/notifications.ts';
import type { NotificationMessage } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge, type Tone } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Ago, Until } from '../../parts/text/time-text.tsx';
import { Failure } from './test-button.tsx';

type ShownState = NotificationMessage['state'] | 'retrying';

const tones: Record<ShownState, Tone> = {
  pending: 'blue',
  retrying: 'amber',
  delivered: 'green',
  failed: 'red',
};

/** The latest messages, and what became of each. */
export function LatestMessages() {
  const { t, language } = useTranslation();
  const messages = useQuery(messagesQuery(language));
  const items = messages.data?.items ?? [];
  return (
    <Section title={t('notifications.latest')} intro={t('notifications.latestText')}>
      <ErrorNote error={messages.error} retry={() => void messages.refetch()} />
      {messages.isPending ? (
        <ListSkeleton />
      ) : items.length === 0 ? (
        <EmptyState
          title={t('notifications.noMessages')}
          text={t('notifications.noMessagesText')}
          error={messages.error}
        />
      ) : (
        <ul className="channel-list">
          {items.map((message) => (
            <li key={message.id}>
              <MessageRow message={message} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function MessageRow({ message }: { message: NotificationMessage }) {
  const { t } = useTranslation();
  const { title, channel, createdAt, error, nextAttemptAt } = message;
  const state: ShownState = message.state === 'pending' && error !== null ? 'retrying' : message.state;
  return (
    <Stack gap={2}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} flex="1 1 14rem">
          {title}
        </Text>
        <StateBadge tone={tones[state]}>{t(`notifications.state.${state}`)}</StateBadge>
      </Group>
      <Text size="sm" c="dimmed" className="found-resource">
        {t(`notifications.kind.${channel.kind}`)} · {channel.name} · <Ago at={createdAt} />
      </Text>
      {error !== null && (
        <Text size="sm" className="found-resource">
          <Failure message={message} />{' '}
          {nextAttemptAt !== null && (
            <>
              {t('notifications.nextAttempt')}: <Until at={nextAttemptAt} />
            </>
          )}
        </Text>
      )}
    </Stack>
  );
}
