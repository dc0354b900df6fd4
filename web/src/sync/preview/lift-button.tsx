import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { useToast } from '../../parts/page/toast.tsx';

/** Allows again, after asking, what is suppressed: for everybody, or for those that the search finds. */
export function LiftButton({ count, search }: { count: number; search: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const lift = useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/sync-preview/lift', { body: { filter: search === '' ? {} : { search } } })),
    onSuccess: async ({ people }) => {
      setAsking(false);
      await queryClient.invalidateQueries();
      toast(t('lift.done', { count: people }));
    },
  });
  const label = search === '' ? t('lift.all', { count }) : t('lift.found');
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Confirm
        opened={asking}
        title={t('lift.title')}
        confirmLabel={label}
        pending={lift.isPending}
        error={lift.error}
        onConfirm={() => lift.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('lift.text')}
      </Confirm>
    </>
  );
}
