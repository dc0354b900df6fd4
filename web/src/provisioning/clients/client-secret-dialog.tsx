import { Stack, Text } from '@mantine/core';
import type { IssuedOAuthClient } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { ShownOnce, StoredIt } from '../../parts/dialogs/shown-once.tsx';

interface ClientSecretDialogProps {
  client: IssuedOAuthClient | null;
  onStored: () => void;
}

/** Shows what the identity provider needs of a client. It closes only when the admin has stored the secret. */
export function ClientSecretDialog({ client, onStored }: ClientSecretDialogProps) {
  const { t } = useTranslation();
  return (
    <ShownOnce opened={client !== null} title={t('client.secretTitle')}>
      {client !== null && <ClientSecret key={client.secret} client={client} onStored={onStored} />}
    </ShownOnce>
  );
}

function ClientSecret({ client, onStored }: { client: IssuedOAuthClient; onStored: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm">{t('client.secretText')}</Text>
      <ClientFields client={client} />
      <StoredIt onStored={onStored} />
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
