import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Overview, Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { BringBackButton } from './bring-back.tsx';
import { useHeldAccess } from './held-access.ts';

/** What can be decided about held removals. */
export type Decision = 'approve' | 'reject';

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
  onDecide: (decision: Decision) => void;
}) {
  const { t } = useTranslation();
  const words = useGuardWords(overview);
  const { held, lostAccess } = overview.removalGuard;
  // While it runs, what will be held cannot be said.
  if (words === null || (isRunning && held === 0)) return null;
  return (
    <Notice
      tone="warning"
      title={words.title}
      actions={
        !words.isAhead && (
          <>
            {held > 0 && <DecisionButtons onDecide={onDecide} />}
            {lostAccess > 0 && <BringBackButton count={lostAccess} />}
          </>
        )
      }
    >
      {words.text} {held > 0 && t('held.advice')}
    </Notice>
  );
}

/**
 * Who lost access and who is held, in numbers; null where the guard holds nothing and nobody is to be brought back.
 * `isAhead`: the next run will hold them, so there is nothing to decide yet.
 */
export function useGuardWords({ pending, removalGuard: { limitExceeded, lostAccess, held } }: Overview) {
  const { t } = useTranslation();
  const access = useHeldAccess();
  const lost = lostAccess > 0 ? t('held.lost', { count: lostAccess }) : t('held.nobodyLost');
  if (held > 0) {
    const title = t('held.title', { count: held });
    return { title, text: `${lost} ${t('held.keep', { count: held, access })}`, isAhead: false };
  }
  if (pending.held > 0) {
    const through = pending.deactivate + pending.remove;
    const title = t('held.aheadTitle', { count: pending.held });
    const first = through > 0 ? `${t('held.aheadThrough', { count: through })} ` : '';
    return { title, text: first + t('held.aheadKeep', { count: pending.held, access }), isAhead: true };
  }
  if (!limitExceeded || lostAccess === 0) return null;
  return { title: t('held.exceededTitle'), text: lost, isAhead: false };
}

function DecisionButtons({ onDecide }: { onDecide: (decision: Decision) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="xs" color="red.8" onClick={() => onDecide('approve')}>
        {t('held.approve')}
      </Button>
      <Button size="xs" variant="default" onClick={() => onDecide('reject')}>
        {t('held.reject')}
      </Button>
    </>
  );
}

/** What one run holds, and what of its removals has been carried out, with the buttons to decide. */
export function HeldInRun({ run: { id, counts } }: { run: Run }) {
  const { t } = useTranslation();
  const access = useHeldAccess();
  const [decision, setDecision] = useState<Decision | null>(null);
  const through = counts.deactivate + counts.remove;
  return (
    <>
      <Notice
        tone="warning"
        title={t('held.title', { count: counts.held })}
        actions={<DecisionButtons onDecide={setDecision} />}
      >
        {t('held.runThrough', { count: through })} {t('held.keep', { count: counts.held, access })}{' '}
        {t('held.advice')}
      </Notice>
      <DecisionDialog runId={id} count={counts.held} decision={decision} onClose={() => setDecision(null)} />
    </>
  );
}

/** Asks before the held removals of a run are carried out or refused. */
function DecisionDialog({
  runId,
  count,
  decision,
  onClose,
}: {
  runId: string;
  count: number;
  decision: Decision | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const access = useHeldAccess();
  const toast = useToast();
  const decide = useMutation({
    mutationFn: (chosen: Decision) => send(chosen, runId),
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
      {t(`held.${shown}Text`, { count, access })}
    </Confirm>
  );
}

function send(decision: Decision, id: string) {
  const request = { params: { path: { id } } };
  return answer<unknown>(() =>
    decision === 'approve'
      ? api.POST('/api/sync-runs/{id}/approve', request)
      : api.POST('/api/sync-runs/{id}/reject', request),
  );
}
