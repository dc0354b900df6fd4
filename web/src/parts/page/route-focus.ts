import { createContext, type RefObject, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { productName } from '../../page-facts.ts';
import { useAnnounce } from './announcer.tsx';

/** The name of the workspace that the page shows, for titles; empty while there is none. */
export const WorkspaceName = createContext('');

/** The address whose heading had the focus last; null before the first page, which the browser announces. */
let focusedPath: string | null = null;

/**
 * Gives the focus to the heading of a page that the reader went to, so that a screen reader says where they are; and the
 * window its title. A heading that changes later, since its data came, is announced.
 *
 * @returns the reference for the heading
 */
export function useRouteFocus(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const said = useRef({ path: '', title: '' });
  const { pathname } = useLocation();
  const announce = useAnnounce();
  useTitle(title);
  useEffect(() => {
    const isFirst = focusedPath === null;
    if (focusedPath !== pathname) {
      focusedPath = pathname;
      if (!isFirst) heading.current?.focus({ preventScroll: true });
    } else if (said.current.path === pathname && said.current.title !== title) announce(title);
    said.current = { path: pathname, title };
  }, [pathname, title, announce]);
  useLayoutEffect(
    () => () => {
      // Another heading takes its place: the one of the same page, once it is loaded.
      if (document.activeElement !== null && document.activeElement === heading.current) focusedPath = '';
    },
    [],
  );
  return heading;
}

/** The title of the window: the page, the workspace and the product. */
export function useTitle(title: string): void {
  const workspace = useContext(WorkspaceName);
  useEffect(() => {
    document.title = [title, workspace, productName].filter(Boolean).join(' – ');
  }, [title, workspace]);
}
