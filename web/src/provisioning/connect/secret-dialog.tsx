import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { IssuedToken } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';

/** Shows a new token's secret once. It closes only when the admin confirms that they have stored it. */
export function SecretDialog({ token, onStored }: { token: IssuedToken | null; onStored: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={token !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('secret.title')}
      size="lg"
      centered
    >
      {token !== null && <Secret key={token.id} token={token} onStored={onStored} />}
    </Modal>
  );
}

function Secret({ token, onStored }: { token: IssuedToken; onStored: () => void }) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  return (
    <Stack>
      <Text size="sm">{t('secret.text')}</Text>
      <CopyField label={t('secret.label')} value={token.secret} />
      <Group>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(token.secret)}`}
          download={`${token.prefix}-${token.lastFour}.txt`}
          variant="subtle"
          leftSection={<IconDownload size={16} />}
        >
          {t('secret.download')}
        </Button>
      </Group>
      <Checkbox
        label={t('secret.stored')}
        checked={stored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!stored} onClick={onStored}>
          {t('secret.done')}
        </Button>
      </Group>
    </Stack>
  );
}
