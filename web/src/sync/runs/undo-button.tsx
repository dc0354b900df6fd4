import { Button, type MantineSize } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, type Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';

/** Takes a run back, after asking, or brings back what one took back; shows the run that does it. */
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
  const ofGroups = Object.values(run.groups).reduce((sum, each) => sum + each, 0);
  if (count + ofGroups === 0 || run.state !== 'succeeded') return null;
  const isUndo = run.trigger === 'undo';
  const label = isUndo
    ? t('undo.again.confirm')
    : count === 0
      ? t('undo.action')
      : t('undo.confirm', { count });
  return (
    <>
      <Button variant="default" size={size} onClick={() => setAsking(true)}>
        {t(isUndo ? 'undo.again.action' : 'undo.action')}
      </Button>
      <Confirm
        opened={asking}
        title={t(isUndo ? 'undo.again.title' : 'undo.title')}
        confirmLabel={label}
        danger
        pending={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
        onClose={() => setAsking(false)}
      >
        {isUndo ? t('undo.again.text') : count === 0 ? t('undo.groups.text') : t('undo.text', { count })}
      </Confirm>
    </>
  );
}
