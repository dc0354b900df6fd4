import type { HostPage } from './host.ts';
import type { Seen } from './messages.ts';

const headerHeightPx = 56;
/** What a dialog leaves free above and below it: see `shell.css`. */
const dialogMarginPx = 16;
/** A dialog is at least so high, if the frame is, however little of the frame can be seen. */
const placeHeightMinPx = 320;
const dialogs = '.mantine-Modal-content';

/** What the product around last told. */
let known: Seen | null = null;

/**
 * Puts dialogs, and what is said at the lower edge, into the part of the frame that can be seen.
 *
 * @param seen null: the frame fits into the window, and they are in its middle
 */
export function placeDialogs(seen: Seen | null): void {
  known = seen;
  const { dataset, style } = document.documentElement;
  if (seen === null) return void delete dataset.seen;
  const height = Math.min(Math.max(seen.height, placeHeightMinPx), window.innerHeight);
  const top = Math.max(0, Math.min(seen.top, window.innerHeight - height));
  dataset.seen = '';
  style.setProperty('--seen-top', `${top}px`);
  style.setProperty('--seen-height', `${height}px`);
}

/**
 * Tells the product how high the page is. While a dialog is open, that is at least what the dialog needs, as far as the
 * window of the product is high enough.
 *
 * @returns ends it
 */
export function tellHeight(host: HostPage): () => void {
  let told = 0;
  let asked = 0;
  const sizes = new ResizeObserver(() => soon());
  const look = () => {
    asked = 0;
    const main = document.querySelector('main')?.scrollHeight ?? 0;
    const navigation = document.querySelector('nav')?.scrollHeight ?? 0;
    const px = Math.ceil(Math.max(main, navigation + headerHeightPx, heightForDialogs(sizes)));
    if (px !== told) host.tell({ type: 'height', px });
    told = px;
  };
  const soon = () => {
    if (asked === 0) asked = window.requestAnimationFrame(look);
  };
  sizes.observe(document.body);
  // A dialog changes nothing about the size of the page.
  const contents = new MutationObserver(soon);
  contents.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    sizes.disconnect();
    contents.disconnect();
    window.cancelAnimationFrame(asked);
  };
}

/** @param sizes is told of the dialogs: they may grow */
function heightForDialogs(sizes: ResizeObserver): number {
  if (known === null) return 0;
  let highest = 0;
  for (const dialog of document.querySelectorAll(dialogs)) {
    sizes.observe(dialog);
    highest = Math.max(highest, dialog.scrollHeight + 2 * dialogMarginPx);
  }
  return highest === 0 ? 0 : known.top + Math.min(highest, known.most);
}
