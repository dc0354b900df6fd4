import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from 'react';

/** Long enough for what follows at once to be said instead. */
const pauseMs = 500;
const Announce = createContext<(text: string) => void>(() => undefined);

/** Says to screen readers, politely, what changed on the page without the focus going there. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const timer = useRef(0);
  const announce = useCallback((text: string) => {
    window.clearTimeout(timer.current);
    // Emptied first: the same words twice are two announcements.
    if (region.current) region.current.textContent = '';
    timer.current = window.setTimeout(() => {
      if (region.current) region.current.textContent = text;
    }, pauseMs);
  }, []);
  return (
    <Announce value={announce}>
      {children}
      <div ref={region} role="status" aria-live="polite" className="for-screen-readers announcer" />
    </Announce>
  );
}

/** Announces a sentence. */
export function useAnnounce(): (text: string) => void {
  return useContext(Announce);
}

/** Announces a sentence when it is there first, and whenever it changes; an empty one not. */
export function useAnnouncement(text: string): void {
  const announce = useAnnounce();
  useEffect(() => {
    if (text !== '') announce(text);
  }, [text, announce]);
}
