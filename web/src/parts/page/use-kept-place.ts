import { useEffect, useLayoutEffect, useRef } from 'react';

/** How long the place of a list is looked for after it appears; then the reader has the page. */
const lookForMs = 15_000;
const noteAfterMs = 150;

/**
 * Keeps how far the page was scrolled in its entry of the browser's history, and goes back there when the list comes again
 * by Back or reload: pages are loaded until the place is reached, unless the reader scrolls first.
 */
export function useKeptPlace(list: {
  count: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}): void {
  const wantedPx = useRef(keptPx());
  useEffect(() => {
    const timer = window.setTimeout(() => (wantedPx.current = 0), lookForMs);
    const stop = () => (wantedPx.current = 0);
    const options = { passive: true } as const;
    for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      window.addEventListener(event, stop, options);
    }
    return () => {
      window.clearTimeout(timer);
      for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
        window.removeEventListener(event, stop);
      }
    };
  }, []);
  const { count, hasMore, isLoadingMore, loadMore } = list;
  useLayoutEffect(() => {
    if (wantedPx.current === 0 || count === 0) return;
    const isReached = document.documentElement.scrollHeight - window.innerHeight >= wantedPx.current;
    if (isReached || !hasMore) {
      window.scrollTo(0, wantedPx.current);
      wantedPx.current = 0;
    } else if (!isLoadingMore) loadMore();
  }, [count, hasMore, isLoadingMore, loadMore]);
  useEffect(() => {
    let timer = 0;
    const note = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (wantedPx.current === 0) keep(Math.round(window.scrollY));
      }, noteAfterMs);
    };
    window.addEventListener('scroll', note, { passive: true });
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('scroll', note);
    };
  }, []);
}

/** The place in this entry of the history, in pixels; 0: the top, or none. */
function keptPx(): number {
  const state: unknown = window.history.state;
  const place = typeof state === 'object' && state !== null && 'placePx' in state ? state.placePx : 0;
  return typeof place === 'number' ? place : 0;
}

/** What the router keeps there stays. */
function keep(placePx: number): void {
  const state: unknown = window.history.state;
  const others = typeof state === 'object' && state !== null ? state : {};
  window.history.replaceState({ ...others, placePx }, '');
}
