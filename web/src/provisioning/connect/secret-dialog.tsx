import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { IssuedToken } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { ShownOnce, StoredIt } from '../../parts/dialogs/shown-once.tsx';

/** Shows a new token's secret once. It closes only when the admin confirms that they have stored it. */
export function SecretDialog({ token, onStored }: { token: IssuedToken | null; onStored: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce opened={token !== null} title={t('secret.title')}>
      {token !== null && <Secret key={token.id} token={token} onStored={onStored} />}
    </ShownOnce>
  );
}

function Secret({ token, onStored }: { token: IssuedToken; onStored: () => void }) {
  const { t } = useTranslation();
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
      <StoredIt onStored={onStored} />
    </Stack>
  );
}
