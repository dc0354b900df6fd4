import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { availableIn, carriedOutKinds, withheldKinds, type Pending } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';

const refusedBecauseNewer = 'preview-changed';

interface SynchronizeDialogProps {
  opened: boolean;
  pending: Pending;
  /** How many groups are created, changed or deleted. */
  groupChanges: number;
  version: string | undefined;
  /** Whether this is the first synchronization, after which it runs automatically. */
  startsAutomation: boolean;
  onClose: () => void;
  onStarted: (runId: string) => void;
}

/** Says in plain numbers what Synchronize will do. What was shown is what runs. */
export function SynchronizeDialog(props: SynchronizeDialogProps) {
  const { opened, pending, version, onClose, onStarted } = props;
  const { t } = useTranslation();
  const start = useStart(onStarted);
  const isNewer = start.error instanceof ApiError && start.error.type === refusedBecauseNewer;
  return (
    <Confirm
      opened={opened}
      title={t('synchronize.confirmTitle', { count: availableIn(pending) })}
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
        <Consequences {...props} />
        {isNewer && (
          <Notice
            tone="warning"
            title={t('synchronize.changedTitle')}
            actions={
              <Button size="xs" variant="default" onClick={() => start.mutate(undefined)}>
                {t('synchronize.anyway', { count: availableIn(pending) })}
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

function Consequences({ pending, groupChanges, startsAutomation }: SynchronizeDialogProps) {
  const { t } = useTranslation();
  const withheld = withheldKinds.reduce((sum, kind) => sum + pending[kind], 0);
  return (
    <>
      <List size="sm">
        {carriedOutKinds
          .filter((kind) => pending[kind] > 0)
          .map((kind) => (
            <List.Item key={kind}>{t(`synchronize.will.${kind}`, { count: pending[kind] })}</List.Item>
          ))}
        {groupChanges > 0 && <List.Item>{t('synchronize.willGroups', { count: groupChanges })}</List.Item>}
      </List>
      {withheld > 0 && (
        <Text size="sm" c="dimmed">
          {t('synchronize.withheld', { count: withheld })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('synchronize.guardNote')}
      </Text>
      {startsAutomation && (
        <Text size="sm" c="dimmed">
          {t('synchronize.startsAutomation')}
        </Text>
      )}
    </>
  );
}
