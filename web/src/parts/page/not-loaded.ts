import { type ComponentType, lazy } from 'react';
import { loadMoreTexts } from '../../i18n.ts';

const reloadedAtKey = 'reloadedAt';
/** Who has reloaded a moment ago and still lacks a file would reload for ever. */
const reloadAgainAfterMs = 30_000;

/** A file of the page did not come. */
export class NotLoadedError extends Error {}

/**
 * A screen that is loaded when it is first opened, with its texts. It throws {@link NotLoadedError} when its files do not
 * come.
 */
export function later<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazily(async () => {
    const [screen] = await Promise.all([load(), loadMoreTexts()]);
    return screen[name];
  });
}

/** A part that is loaded when it is first shown, and needs no more texts. It throws as {@link later} does. */
export function lazily<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new NotLoadedError('A part of the page', { cause });
    }
  });
}

/** Reloads the page once, which after an update has the names of the new files. Without a connection it would get none. */
export function reloadForNewFiles(): void {
  if (!navigator.onLine || Date.now() - reloadedAt() < reloadAgainAfterMs) return;
  history.replaceState({ ...(history.state as object | null), [reloadedAtKey]: Date.now() }, '');
  window.location.reload();
}

/** When this entry of the history was reloaded; browsers keep that also where they keep nothing of other sites. */
function reloadedAt(): number {
  const state: unknown = history.state;
  return Number((state as Record<string, unknown> | null)?.[reloadedAtKey] ?? 0);
}
