import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { clientsQuery } from '../../api/queries/clients.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { ClientFields } from '../clients/client-secret-dialog.tsx';

/** An OAuth client made where it is needed: its secret stands here until the page is left, and nowhere afterwards. */
export function ClientMaker({ name }: { name: string }) {
  const { t } = useTranslation();
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
      <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>
        {t('guide.client.make')}
      </Button>
      <ErrorNote error={make.error} />
    </Stack>
  );
}
