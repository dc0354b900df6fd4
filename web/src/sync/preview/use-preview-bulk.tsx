import { useState } from 'react';
import type { PendingKind } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import type { BulkAct, BulkAction, BulkResult } from '../../parts/bulk/bulk.ts';
import { BulkDialog, type BulkWords } from '../../parts/bulk/bulk-dialog.tsx';
import { BulkOutcome } from '../../parts/bulk/bulk-outcome.tsx';
import { useHeldAccess } from '../held/held-access.ts';
import { type ActOn, previewAct, type PreviewAction } from './preview-acts.ts';

/**
 * Acts about people of the preview: the dialog that asks, and what became of the last act.
 *
 * @param onDone when an act is done
 */
export function usePreviewBulk(onDone: () => void) {
  const [act, setAct] = useState<BulkAct | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const wordsOf = useHeldWords();
  return {
    ask: (action: PreviewAction, on: ActOn, kinds: readonly PendingKind[]) => {
      setResult(null);
      setAct(previewAct(action, on, kinds));
    },
    dialog: (
      <BulkDialog
        act={act}
        wordsOf={wordsOf}
        onClose={() => setAct(null)}
        onDone={(done) => {
          setAct(null);
          setResult(done);
          onDone();
        }}
      />
    ),
    outcome: result && <BulkOutcome result={result} onResult={setResult} onDismiss={() => setResult(null)} />,
  };
}

/** The words about held removals, which depend on whether people keep access until they are decided about. */
function useHeldWords(): (action: BulkAction, count: number) => BulkWords | null {
  const { t } = useTranslation();
  const access = useHeldAccess();
  return (action, count) => {
    if (action !== 'approve' && action !== 'reject') return null;
    return {
      title: t(`held.${action}Title`, { count }),
      text: t(`held.${action}Text`, { count, access }),
      confirm: t(`held.${action}`),
    };
  };
}
