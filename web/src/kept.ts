import { isEmbedded } from './page-facts.ts';

/** What is kept for as long as the page is open, where the browser keeps nothing or must not. */
const forNow = new Map<string, string>();

/**
 * What was kept in this browser.
 *
 * A page in a frame of a product keeps nothing: browsers that keep no data of other sites refuse to be asked even.
 */
export function kept(key: string): string | null {
  if (isEmbedded) return forNow.get(key) ?? null;
  try {
    return localStorage.getItem(key);
  } catch {
    return forNow.get(key) ?? null;
  }
}

/** Keeps a text in this browser; null: no more. */
export function keep(key: string, text: string | null): void {
  if (text === null) forNow.delete(key);
  else forNow.set(key, text);
  if (isEmbedded) return;
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It is kept for as long as the page is open.
  }
}
