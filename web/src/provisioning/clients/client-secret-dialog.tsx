import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { IssuedOAuthClient } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';

interface ClientSecretDialogProps {
  client: IssuedOAuthClient | null;
  onStored: () => void;
}

/** Shows what the identity provider needs of a client. It closes only when the admin has stored the secret. */
export function ClientSecretDialog({ client, onStored }: ClientSecretDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={client !== null}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('client.secretTitle')}
      size="lg"
      centered
    >
      {client !== null && <ClientSecret key={client.secret} client={client} onStored={onStored} />}
    </Modal>
  );
}

function ClientSecret({ client, onStored }: { client: IssuedOAuthClient; onStored: () => void }) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  return (
    <Stack>
      <Text size="sm">{t('client.secretText')}</Text>
      <ClientFields client={client} />
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

/** What is to be pasted into the identity provider. */
export function ClientFields({ client }: { client: IssuedOAuthClient }) {
  const { t } = useTranslation();
  return (
    <>
      <CopyField label={t('client.tokenUrl')} value={client.tokenUrl} />
      <CopyField label={t('client.id')} value={client.id} />
      <CopyField label={t('client.secret')} value={client.secret} />
    </>
  );
}
