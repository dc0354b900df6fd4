import { useState } from 'react';
import type { PendingKind } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import type { BulkAct, BulkAction, BulkResult } from '../../parts/bulk/bulk.ts';
import { BulkDialog, type BulkWho, type BulkWords } from '../../parts/bulk/bulk-dialog.tsx';
import { BulkOutcome } from '../../parts/bulk/bulk-outcome.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { decisionWords } from '../held/guard-words.ts';
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
function useHeldWords(): (action: BulkAction, who: BulkWho) => BulkWords | null {
  const { t } = useTranslation();
  const access = useHeldAccess();
  return (action, who) => {
    if (action !== 'approve' && action !== 'reject') return null;
    const { title, isNamed, text, confirm } = decisionWords(action, who, access);
    return { title: inWords(title, t), isNamed, text: inWords(text, t), confirm: inWords(confirm, t) };
  };
}
