import { useState } from 'react';
import { isSameJson } from './same-json.ts';

export interface DraftState<Saved, Draft> {
  draft: Draft;
  /** What the draft began with. A write names it, so that it does not overwrite what somebody else saved since. */
  shown: Saved;
  /** Whether the draft differs from what is saved. */
  changed: boolean;
  setDraft: (next: (before: Draft) => Draft) => void;
  /** Replaces a part of the draft. */
  change: (part: Partial<Draft>) => void;
  /** Begins again with this. */
  begin: (saved: Saved) => void;
}

/**
 * Something saved while it is being edited.
 *
 * @param saved as it is saved now; the draft stays when this changes
 * @param draftOf the form in which it is edited
 * @param comparable what of a draft counts as a change
 */
export function useDraft<Saved, Draft>(
  saved: Saved,
  draftOf: (saved: Saved) => Draft,
  comparable: (draft: Draft) => unknown = (draft) => draft,
): DraftState<Saved, Draft> {
  const [shown, setShown] = useState(saved);
  const [draft, setDraft] = useState(() => draftOf(saved));
  return {
    draft,
    shown,
    changed: !isSameJson(comparable(draft), comparable(draftOf(saved))),
    setDraft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    begin: (next) => {
      setShown(next);
      setDraft(draftOf(next));
    },
  };
}
