import { type RefObject, useEffect, useRef } from 'react';

/** How long a focus that was lost is looked after: until the dialog that asked has gone. */
const lookForMs = 5_000;
const lookEveryMs = 50;
const focusable = 'a[href], button:not([disabled]), input:not([disabled])';

/**
 * Keeps the focus in a list when what had it disappears, as a row does once something was decided about it: then the row
 * that took its place gets it, or the last one; and the heading of the page, when the list is gone.
 *
 * @returns the place of the row that has the focus, which must stay on the page while it scrolls out of sight; -1: none
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>): { readonly current: number } {
  const place = useRef(-1);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    let last: Element | null = null;
    let timer = 0;
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      const row = element.contains(target) ? target.closest('[data-index]') : null;
      if (row !== null) {
        last = target;
        place.current = Number(row.getAttribute('data-index'));
      } else if (target.closest('[role=dialog]') === null) {
        last = null;
        place.current = -1;
      }
    };
    const check = () => {
      if (last === null || last.isConnected) return;
      const at = place.current;
      window.clearInterval(timer);
      timer = restore(() => focusRow(element, at));
      last = null;
    };
    const observer = new MutationObserver(check);
    observer.observe(element, { childList: true, subtree: true });
    document.addEventListener('focusin', note);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', note);
      if (last !== null) restore(focusHeading);
    };
  }, [list]);
  return place;
}

/** Gives the focus back as soon as nothing has it, unless the reader takes it elsewhere first. */
function restore(giveFocus: () => void): number {
  const until = performance.now() + lookForMs;
  const timer = window.setInterval(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost) giveFocus();
    if (isLost || activeElement.closest('[role=dialog]') === null || performance.now() > until) {
      window.clearInterval(timer);
    }
  }, lookEveryMs);
  return timer;
}

function focusRow(list: HTMLElement, at: number): void {
  const rows = [...list.querySelectorAll('[data-index]')];
  const row = rows.find((each) => Number(each.getAttribute('data-index')) >= at) ?? rows.at(-1);
  const control = row?.querySelector<HTMLElement>(focusable);
  if (control) control.focus();
  else focusHeading();
}

function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
