import type { Browser } from 'playwright-core';

/** Something that an admin waits for, with the longest that it may take; null: it is only told. */
export interface ScreenFigure {
  label: string;
  ms: number;
  atMostMs: number | null;
}

/** Where the screen is, and who may open it. */
export interface ScreenPlace {
  browser: Browser;
  url: string;
  /** The code of a new admin link. */
  newCode: () => Promise<string>;
}
