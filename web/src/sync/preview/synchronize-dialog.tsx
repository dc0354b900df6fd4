import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { anywayWords, confirmTitle, type RunPlan, runNotes, willDo } from './preview-words.ts';

const refusedBecauseNewer = 'preview-changed';

interface SynchronizeDialogProps {
  opened: boolean;
  plan: RunPlan;
  version: string | undefined;
  onClose: () => void;
  onStarted: (runId: string) => void;
}

/** Says in plain numbers what Synchronize will do. What was shown is what runs. */
export function SynchronizeDialog(props: SynchronizeDialogProps) {
  const { opened, plan, version, onClose, onStarted } = props;
  const { t } = useTranslation();
  const start = useStart(onStarted);
  const isNewer = start.error instanceof ApiError && start.error.type === refusedBecauseNewer;
  return (
    <Confirm
      opened={opened}
      title={inWords(confirmTitle(plan), t)}
      confirmLabel={t('synchronize.action')}
      pending={start.isPending}
      error={isNewer ? null : start.error}
      onConfirm={() => start.mutate(version)}
      onClose={() => {
        start.reset();
        onClose();
      }}
    >
      <Stack gap="sm">
        <Consequences plan={plan} />
        {isNewer && (
          <Notice
            tone="warning"
            title={t('synchronize.changedTitle')}
            actions={
              <Button size="xs" variant="default" onClick={() => start.mutate(undefined)}>
                {inWords(anywayWords(plan), t)}
              </Button>
            }
          >
            {t('synchronize.changedText')}
          </Notice>
        )}
      </Stack>
    </Confirm>
  );
}

/** Starts a run of the preview with a version; without one, of whatever there is to do now. */
function useStart(onStarted: (runId: string) => void) {
  return useMutation({
    mutationFn: (previewVersion: string | undefined) =>
      answer(() => api.POST('/api/sync-runs', { body: { previewVersion } })),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries();
      onStarted(id);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.problem.runId) return onStarted(error.problem.runId);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      void queryClient.invalidateQueries({ queryKey: ['preview'] });
    },
  });
}

function Consequences({ plan }: { plan: RunPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <List size="sm">
        {willDo(plan).map((sentence) => (
          <List.Item key={sentence.text}>{inWords(sentence, t)}</List.Item>
        ))}
      </List>
      {runNotes(plan).map((sentence) => (
        <Text key={sentence.text} size="sm" c="dimmed">
          {inWords(sentence, t)}
        </Text>
      ))}
    </>
  );
}
