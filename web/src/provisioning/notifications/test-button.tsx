import type { MantineSize } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Channel, NotificationMessage } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';

/** Sends a message to a channel at once. */
export function useTest({ id }: Pick<Channel, 'id'>) {
  return useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/notifications/channels/{id}/test', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['notification-messages'] }),
  });
}

export function TestButton({
  channel,
  test,
  size = 'xs',
}: {
  channel: Channel;
  test: ReturnType<typeof useTest>;
  size?: MantineSize;
}) {
  const { t } = useTranslation();
  return (
    <ActButton
      act="POST /api/notifications/channels/{id}/test"
      size={size}
      variant="default"
      loading={test.isPending}
      aria-label={t('notifications.sendTestTo', { name: channel.name })}
      onClick={() => test.mutate()}
    >
      {t('notifications.sendTest')}
    </ActButton>
  );
}

/** What came of it. */
export function TestResult({ channel, test }: { channel: Channel; test: ReturnType<typeof useTest> }) {
  const { t } = useTranslation();
  if (test.error) return <ErrorNote error={test.error} />;
  if (test.data === undefined) return null;
  const arrived = test.data.error === null;
  return (
    <Notice
      tone={arrived ? 'good' : 'bad'}
      title={t(arrived ? 'notifications.testSent' : 'notifications.testFailed', { name: channel.name })}
    >
      {!arrived && <Failure message={test.data} />}
    </Notice>
  );
}

/** Why a message did not arrive. */
export function Failure({ message: { error, status, answer: said } }: { message: NotificationMessage }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const details = said ? t('notifications.mailServerSaid', { answer: said }) : null;
  const code = status !== null && !said ? t('notifications.status', { status }) : null;
  return (
    <>
      {error.text} {details ?? code}
    </>
  );
}
