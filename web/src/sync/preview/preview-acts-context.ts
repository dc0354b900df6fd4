import { createContext, type RefObject, useContext, useMemo, useRef } from 'react';
import type { PendingKind } from '../../api/shapes.ts';
import type { ActOn, PreviewAction } from './preview-acts.ts';

/** What a page with the preview offers to what stands in its rows, which go when they are decided about. */
export interface PreviewActs {
  ask: (action: PreviewAction, on: ActOn, kinds: readonly PendingKind[]) => void;
  /** Brings the focus to the list, where what had it is gone. */
  focusList: () => void;
}

export const PreviewActsContext = createContext<PreviewActs | null>(null);

/**
 * What a page offers to its rows. It stays the same object, so that rows are not drawn again with each ask.
 *
 * @param list what takes the focus for what was in it
 */
export function useOfferedActs(ask: PreviewActs['ask'], list: RefObject<HTMLElement | null>): PreviewActs {
  const latest = useRef(ask);
  latest.current = ask;
  return useMemo(
    () => ({ ask: (...given) => latest.current(...given), focusList: () => list.current?.focus() }),
    [list],
  );
}

/** Of the page around; null where it has no such list. */
export function usePreviewActs(): PreviewActs | null {
  return useContext(PreviewActsContext);
}
