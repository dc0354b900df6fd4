import { createContext, useContext } from 'react';
import type { PendingKind } from '../../api/shapes.ts';
import type { ActOn, PreviewAction } from './preview-acts.ts';

/** What a page with the preview offers to what stands in its rows, which go when they are decided about. */
export interface PreviewActs {
  ask: (action: PreviewAction, on: ActOn, kinds: readonly PendingKind[]) => void;
  /** Brings the focus to the list, where what had it is gone. */
  focusList: () => void;
}

export const PreviewActsContext = createContext<PreviewActs | null>(null);

/** Of the page around; null where it has no such list. */
export function usePreviewActs(): PreviewActs | null {
  return useContext(PreviewActsContext);
}
