import { type MantineSize } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { undoWords } from './run-words.ts';

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
  const words = undoWords(run);
  if (words === null) return null;
  return (
    <>
      <ActButton
        act="POST /api/sync-runs/{id}/undo"
        variant="default"
        size={size}
        onClick={() => setAsking(true)}
      >
        {inWords(words.action, t)}
      </ActButton>
      <Confirm
        opened={asking}
        title={inWords(words.title, t)}
        confirmLabel={inWords(words.confirm, t)}
        danger
        pending={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
        onClose={() => setAsking(false)}
      >
        {inWords(words.text, t)}
      </Confirm>
    </>
  );
}
