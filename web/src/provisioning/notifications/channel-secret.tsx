import { Button, Group, Stack, Text } from '@mantine/core';
import type { AddedChannel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { ShownOnce } from '../../parts/dialogs/shown-once.tsx';

/** Shows what messages to any URL are signed with, once. It closes only when the admin says that they have it. */
export function ChannelSecretDialog({
  channel,
  onStored,
}: {
  channel: AddedChannel | null;
  onStored: () => void;
}) {
  const { t } = useTranslation();
  return (
    <ShownOnce opened={channel !== null} title={t('notifications.secretTitle')}>
      <Stack>
        <Text size="sm">{t('notifications.secretText')}</Text>
        <CopyField label={t('notifications.secret')} value={channel?.secret ?? ''} />
        <Group justify="flex-end">
          <Button onClick={onStored}>{t('notifications.secretDone')}</Button>
        </Group>
      </Stack>
    </ShownOnce>
  );
}
