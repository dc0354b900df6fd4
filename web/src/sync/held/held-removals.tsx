import { Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { loadedItems } from '../../api/paging.ts';
import { queryClient } from '../../api/query-client.ts';
import { runChangesQuery } from '../../api/queries/runs.ts';
import type { Overview, Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { FirstNames } from '../../parts/bulk/bulk-words.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { heldIn } from '../runs/run-words.ts';
import { BringBackButton, DismissButton } from './bring-back.tsx';
import { decisionWords, type HeldDecision, heldInRunWords } from './guard-words.ts';
import { useGuardWords, useHeldAccess } from './held-access.ts';

/**
 * Removals that the guard keeps back, whichever runs hold them, with what can be done; or those that it will.
 *
 * @param onDecide asks before those on the page are decided about
 */
export function HeldRemovals({
  overview,
  isRunning,
  onDecide,
}: {
  overview: Overview;
  isRunning: boolean;
  onDecide: (decision: HeldDecision) => void;
}) {
  const { t } = useTranslation();
  const words = useGuardWords(overview);
  const { held } = overview.removalGuard;
  // While it runs, what will be held cannot be said.
  if (words === null || (isRunning && held === 0)) return null;
  return (
    <Notice
      tone="warning"
      title={inWords(words.title, t)}
      actions={
        words.bringsBack && (
          <>
            {held > 0 && <DecisionButtons count={held} onDecide={onDecide} />}
            <BringBackButton overview={overview} />
            <DismissButton dismiss={words.dismiss} />
          </>
        )
      }
    >
      {inWords(words.text, t)} {held > 0 && t('held.advice', { count: held })}
    </Notice>
  );
}

function DecisionButtons({ count, onDecide }: { count: number; onDecide: (decision: HeldDecision) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <ActButton
        act="POST /api/sync-preview/bulk"
        size="xs"
        color="red.8"
        onClick={() => onDecide('approve')}
      >
        {t('held.approve', { count })}
      </ActButton>
      <ActButton
        act="POST /api/sync-preview/bulk"
        size="xs"
        variant="default"
        onClick={() => onDecide('reject')}
      >
        {t('held.reject')}
      </ActButton>
    </>
  );
}

/** What one run holds, and what of its removals has been carried out, with the buttons to decide. */
export function HeldInRun({ run }: { run: Run }) {
  const { t } = useTranslation();
  const words = heldInRunWords(run, useHeldAccess());
  const [decision, setDecision] = useState<HeldDecision | null>(null);
  return (
    <>
      <Notice
        tone="warning"
        title={inWords(words.title, t)}
        actions={<DecisionButtons count={heldIn(run)} onDecide={setDecision} />}
      >
        {inWords(words.text, t)}
      </Notice>
      <DecisionDialog
        runId={run.id}
        count={heldIn(run)}
        decision={decision}
        onClose={() => setDecision(null)}
      />
    </>
  );
}

interface DecisionDialogProps {
  runId: string;
  count: number;
  decision: HeldDecision | null;
  onClose: () => void;
}

/** Asks before held deactivations are carried out or refused: those of a run. */
function DecisionDialog({ runId, count, decision, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const access = useHeldAccess();
  const toast = useToast();
  const wordsOf = (chosen: HeldDecision) => decisionWords(chosen, { count }, access);
  const decide = useMutation({
    mutationFn: (chosen: HeldDecision) => send(chosen, runId),
    onSuccess: async (_, chosen) => {
      const done = inWords(wordsOf(chosen).done, t);
      await queryClient.invalidateQueries();
      toast(done);
      onClose();
    },
  });
  const shown = decision ?? 'approve';
  const words = wordsOf(shown);
  return (
    <Confirm
      opened={decision !== null}
      title={inWords(words.title, t)}
      confirmLabel={inWords(words.confirm, t)}
      danger={shown === 'approve'}
      pending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate(shown)}
      onClose={onClose}
    >
      <Stack gap="sm">
        {inWords(words.text, t)}
        {decision !== null && <HeldNames runId={runId} count={count} />}
      </Stack>
    </Confirm>
  );
}

/** The first of those that a run holds. */
function HeldNames({ runId, count }: Pick<DecisionDialogProps, 'runId' | 'count'>) {
  const changes = loadedItems(useInfiniteQuery(runChangesQuery(runId, { kind: 'held' })));
  const waiting = changes.filter(({ state }) => state === 'held');
  return (
    <FirstNames
      people={waiting.map(({ directoryUserId, name }) => ({ id: directoryUserId, name }))}
      count={count}
    />
  );
}

function send(decision: HeldDecision, id: string) {
  const request = { params: { path: { id } } };
  return answer<unknown>(() =>
    decision === 'approve'
      ? api.POST('/api/sync-runs/{id}/approve', request)
      : api.POST('/api/sync-runs/{id}/reject', request),
  );
}
