import { type MantineSize, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { undoPreviewQuery } from '../../api/queries/runs.ts';
import type { Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { undoEffect, undoWords } from './run-words.ts';

/** Takes a run back, after asking, or brings back what one took back; shows the run that does it. */
export function UndoButton({ run, size = 'sm' }: { run: Run; size?: MantineSize }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const preview = useQuery({ ...undoPreviewQuery(run.id), enabled: asking });
  const undo = useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/sync-runs/{id}/undo', { params: { path: { id: run.id } } })),
    onSuccess: async ({ id }) => {
      // What the undo would do is not asked again: it is being done.
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'undo' });
      await navigate(`/user-provisioning/runs/${id}`);
    },
  });
  const close = () => {
    setAsking(false);
    // Asked again, it says what is so then.
    queryClient.removeQueries({ queryKey: undoPreviewQuery(run.id).queryKey });
  };
  const words = undoWords(run);
  if (words === null) return null;
  const effect = preview.data && undoEffect(run, preview.data);
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
        confirmLabel={inWords(effect?.confirm ?? words.action, t)}
        danger
        blocked={effect === undefined || effect.confirm === null}
        pending={undo.isPending}
        error={preview.error ?? undo.error}
        onConfirm={() => undo.mutate()}
        onClose={close}
      >
        {effect === undefined ? (
          preview.isFetching && (
            <Text size="sm" role="status">
              {t('bulk.counting')}
            </Text>
          )
        ) : (
          <Effect sentences={effect.text.map((each) => inWords(each, t))} />
        )}
      </Confirm>
    </>
  );
}

/** One sentence a line: they are numbers to compare. */
function Effect({ sentences }: { sentences: readonly string[] }) {
  return sentences.map((sentence) => (
    <Text key={sentence} size="sm" mb={4}>
      {sentence}
    </Text>
  ));
}
