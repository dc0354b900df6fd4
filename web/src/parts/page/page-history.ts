import { createPath, type Location, NavigationType, type Navigator, parsePath, type To } from 'react-router';

/** Where the tab is, and how it came there. */
export interface Place {
  location: Location;
  navigationType: NavigationType;
}

/** Answers whether the page that moves to this path has to wait; `proceed` then moves it. */
export type Guard = (pathname: string, proceed: () => void) => boolean;

/** What is kept with each entry of the browser's history. */
interface Entry {
  index: number;
  key: string;
  state: unknown;
}

/**
 * The history of the tab, for the router, which takes its functions by themselves. It asks before the page is left by a
 * link, by Back and by Forward.
 */
export class PageHistory implements Navigator {
  /** Whether a move has to wait. */
  guard: Guard = () => false;

  private place: Place;

  private index: number;

  /** What the next move of the browser is: our own, back to where it was or on after the question. */
  private expected: 'return' | 'proceed' | null = null;

  private readonly listeners = new Set<() => void>();

  constructor() {
    const entry = entryNow();
    if (entry === null) history.replaceState(entryOf(0, null), '');
    this.index = entry?.index ?? 0;
    this.place = { location: locationNow(), navigationType: NavigationType.Pop };
    window.addEventListener('popstate', () => this.popped());
  }

  readonly current = (): Place => this.place;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly createHref = (to: To): string => (typeof to === 'string' ? to : createPath(to));

  readonly push = (to: To, state: unknown = null): void => {
    this.unlessGuarded(this.pathnameOf(to), () => {
      this.index += 1;
      history.pushState(entryOf(this.index, state), '', this.createHref(to));
      this.arrive(NavigationType.Push);
    });
  };

  readonly replace = (to: To, state: unknown = null): void => {
    this.unlessGuarded(this.pathnameOf(to), () => {
      history.replaceState(entryOf(this.index, state), '', this.createHref(to));
      this.arrive(NavigationType.Replace);
    });
  };

  readonly go = (delta: number): void => history.go(delta);

  private pathnameOf(to: To): string {
    const { pathname } = typeof to === 'string' ? parsePath(to) : to;
    return pathname ?? this.place.location.pathname;
  }

  private unlessGuarded(pathname: string, move: () => void): void {
    if (pathname === this.place.location.pathname || !this.guard(pathname, move)) move();
  }

  /** The browser has moved already; where it has to wait, it goes back first. */
  private popped(): void {
    const expected = this.expected;
    this.expected = null;
    if (expected === 'return') return;
    const index = entryNow()?.index;
    const delta = index === undefined ? 0 : index - this.index;
    const proceed = () => {
      this.expected = 'proceed';
      history.go(delta);
    };
    const { pathname } = window.location;
    const isLeft = expected === null && delta !== 0 && pathname !== this.place.location.pathname;
    if (isLeft && this.guard(pathname, proceed)) {
      this.expected = 'return';
      history.go(-delta);
      return;
    }
    this.index = index ?? this.index;
    this.arrive(NavigationType.Pop);
  }

  private arrive(navigationType: NavigationType): void {
    this.place = { location: locationNow(), navigationType };
    for (const listener of this.listeners) listener();
  }
}

function entryNow(): Entry | null {
  const entry = history.state as Partial<Entry> | null;
  return typeof entry?.index === 'number' ? (entry as Entry) : null;
}

function entryOf(index: number, state: unknown): Entry {
  return { index, key: Math.random().toString(36).slice(2), state };
}

function locationNow(): Location {
  const { pathname, search, hash } = window.location;
  const entry = entryNow();
  return { pathname, search, hash, key: entry?.key ?? 'default', state: entry?.state ?? null };
}
