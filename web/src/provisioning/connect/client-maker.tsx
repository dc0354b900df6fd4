import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { clientsQuery } from '../../api/queries/clients.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { ClientFields } from '../clients/client-secret-dialog.tsx';
import { MakeButton } from './make-button.tsx';

/** An OAuth client made where it is needed: its secret stands here until the page is left, and nowhere afterwards. */
export function ClientMaker({ name }: { name: string }) {
  const { t } = useTranslation();
  const clients = useQuery(clientsQuery).data;
  const live = (clients?.items ?? []).filter(({ state }) => state === 'active');
  const full =
    clients !== undefined && live.length >= clients.clientsMax
      ? t('problem.too-many-clients', { clientsMax: clients.clientsMax })
      : null;
  const make = useMutation({
    mutationFn: () => answer(() => api.POST('/api/oauth-clients', { body: { name } })),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: clientsQuery.queryKey }),
  });
  if (make.data !== undefined) {
    return (
      <Stack gap="sm">
        <ClientFields client={make.data} />
        <Text size="sm" c="dimmed" role="status">
          {t('guide.client.once')}
        </Text>
      </Stack>
    );
  }
  return (
    <Stack gap={6} align="flex-start">
      <MakeButton act="POST /api/oauth-clients" label={t('guide.client.make')} full={full} make={make} />
    </Stack>
  );
}
