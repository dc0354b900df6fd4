import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Overview } from '../api/shapes.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Notice } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';
import { useWaitingRun } from './waiting-run.ts';

type Decision = 'approve' | 'reject';

/** Removals that the guard keeps back: approve or reject them all. Single ones are decided in the run. */
export function HeldRemovals({
  overview: { pending, lastRun },
  isRunning,
}: {
  overview: Overview;
  isRunning: boolean;
}) {
  const waiting = useWaitingRun(lastRun);
  const [decision, setDecision] = useState<Decision | null>(null);
  // While it runs, what will be held cannot be said.
  if (isRunning && waiting === undefined) return null;
  return (
    <>
      <HeldNotice count={pending.held} onDecide={waiting && setDecision} />
      {waiting && (
        <DecisionDialog
          runId={waiting.id}
          count={waiting.counts.held}
          decision={decision}
          onClose={() => setDecision(null)}
        />
      )}
    </>
  );
}

/** Says how many removals are held; where they can be decided, with the buttons. */
export function HeldNotice({
  count,
  onDecide,
}: {
  count: number;
  onDecide: ((decision: Decision) => void) | undefined;
}) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="warning"
      title={t(onDecide ? 'held.title' : 'held.aheadTitle', { count })}
      actions={
        onDecide && (
          <>
            <Button size="xs" color="red.8" onClick={() => onDecide('approve')}>
              {t('held.approve')}
            </Button>
            <Button size="xs" variant="default" onClick={() => onDecide('reject')}>
              {t('held.reject')}
            </Button>
          </>
        )
      }
    >
      {t(onDecide ? 'held.text' : 'held.aheadText')}
    </Notice>
  );
}

/** Asks before held removals are carried out or refused; `people` names some, all when absent. */
export function DecisionDialog({
  runId,
  count,
  decision,
  people,
  onClose,
}: {
  runId: string;
  count: number;
  decision: Decision | null;
  people?: string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const decide = useMutation({
    mutationFn: (chosen: Decision) => {
      const request = { params: { path: { id: runId } }, body: { directoryUserIds: people } };
      return answer<unknown>(() =>
        chosen === 'approve'
          ? api.POST('/api/sync-runs/{id}/approve', request)
          : api.POST('/api/sync-runs/{id}/reject', request),
      );
    },
    onSuccess: async (_, chosen) => {
      await queryClient.invalidateQueries();
      toast(t(chosen === 'approve' ? 'held.approved' : 'held.rejected'));
      onClose();
    },
  });
  const shown = decision ?? 'approve';
  return (
    <Confirm
      opened={decision !== null}
      title={t(`held.${shown}Title`, { count })}
      confirmLabel={t(`held.${shown}`)}
      danger={shown === 'approve'}
      pending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate(shown)}
      onClose={onClose}
    >
      {t(`held.${shown}Text`, { count })}
    </Confirm>
  );
}
