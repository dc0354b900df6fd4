import { type ComponentType, lazy } from 'react';
import { loadMoreTexts } from '../../i18n.ts';

const reloadedAtKey = 'user-provisioning.reloadedAt';
/** Who has reloaded a moment ago and still lacks a file would reload for ever. */
const reloadAgainAfterMs = 30_000;

/** A file of the page did not come. */
export class NotLoadedError extends Error {}

/** A screen that is loaded when it is first opened, with its texts. It throws {@link NotLoadedError} when its files do not come. */
export function later<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => {
    try {
      const [screen] = await Promise.all([load(), loadMoreTexts()]);
      return { default: screen[name] };
    } catch (cause) {
      throw new NotLoadedError(name, { cause });
    }
  });
}

/** Reloads the page once, which after an update has the names of the new files. Without a connection it would get none. */
export function reloadForNewFiles(): void {
  const reloadedAt = Number(sessionStorage.getItem(reloadedAtKey) ?? 0);
  if (!navigator.onLine || Date.now() - reloadedAt < reloadAgainAfterMs) return;
  sessionStorage.setItem(reloadedAtKey, String(Date.now()));
  window.location.reload();
}
