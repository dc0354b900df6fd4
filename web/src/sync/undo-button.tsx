import { Button, type MantineSize } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { availableIn, type Run } from '../api/shapes.ts';
import { Confirm } from '../parts/confirm.tsx';

/** Takes a run back, after asking; shows the run that does it. */
export function UndoButton({ run, size = 'sm' }: { run: Run; size?: MantineSize }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/sync-runs/{id}/undo', { params: { path: { id: run.id } } })),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/user-provisioning/runs/${id}`);
    },
  });
  const count = availableIn(run.counts);
  if (count === 0 || run.trigger === 'undo' || run.state !== 'succeeded') return null;
  return (
    <>
      <Button variant="default" size={size} onClick={() => setAsking(true)}>
        {t('undo.action')}
      </Button>
      <Confirm
        opened={asking}
        title={t('undo.title')}
        confirmLabel={t('undo.confirm', { count })}
        danger
        pending={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('undo.text', { count })}
      </Confirm>
    </>
  );
}
