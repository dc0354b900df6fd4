import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** So near to the edge of the window, in pixels, it scrolls along. */
const edgePx = 72;
const scrollStepPx = 14;

interface Drag {
  from: number;
  to: number;
  offsetPx: number;
}

/**
 * Puts the items of a list into another order: by dragging their handles with mouse, pen or finger, and by arrow keys
 * on a handle. Escape ends a drag without effect.
 *
 * @param onMove called with the old and the new place of an item
 */
export function useDragOrder(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => () => end.current?.(), []);

  const start = (from: number, event: PointerEvent) => {
    if (event.button !== 0) return;
    const startY = event.clientY + window.scrollY;
    let current: Drag = { from, to: from, offsetPx: 0 };
    const show = (next: Drag | null) => {
      if (next) current = next;
      setDrag(next);
    };
    const move = ({ clientY }: globalThis.PointerEvent) => {
      scrollAlong(clientY);
      const to = placeAt(list.current, clientY, from);
      show({ from, to, offsetPx: clientY + window.scrollY - startY });
    };
    const finish = (done: boolean) => {
      end.current?.();
      show(null);
      if (done && current.to !== from) onMove(from, current.to);
    };
    const drop = () => finish(true);
    const cancel = () => finish(false);
    const escape = ({ key }: globalThis.KeyboardEvent) => {
      if (key === 'Escape') cancel();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', cancel);
    window.addEventListener('keydown', escape);
    end.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', cancel);
      window.removeEventListener('keydown', escape);
      end.current = null;
    };
    show(current);
  };

  const handle = (at: number, count: number) => ({
    onPointerDown: (event: PointerEvent) => start(at, event),
    onKeyDown: (event: KeyboardEvent) => {
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to >= 0 && to < count && to !== at) onMove(at, to);
    },
  });

  return { list, drag, handle };
}

function scrollAlong(clientY: number): void {
  if (clientY < edgePx) window.scrollBy(0, -scrollStepPx);
  else if (clientY > window.innerHeight - edgePx) window.scrollBy(0, scrollStepPx);
}

/** The place that an item would have which is let go at this height. */
function placeAt(list: HTMLElement | null, clientY: number, from: number): number {
  const items = [...(list?.children ?? [])];
  const others = items.filter((_, at) => at !== from);
  return others.filter((item) => {
    const { top, height } = item.getBoundingClientRect();
    return clientY > top + height / 2;
  }).length;
}
