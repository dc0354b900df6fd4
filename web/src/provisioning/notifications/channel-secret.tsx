import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { AddedChannel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';

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
    <Modal
      opened={channel !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('notifications.secretTitle')}
      size="lg"
      centered
    >
      <Stack>
        <Text size="sm">{t('notifications.secretText')}</Text>
        <CopyField label={t('notifications.secret')} value={channel?.secret ?? ''} />
        <Group justify="flex-end">
          <Button onClick={onStored}>{t('notifications.secretDone')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
