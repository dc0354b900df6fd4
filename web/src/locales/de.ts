import type { en } from './en.ts';
import { firstDe } from './first-de.ts';
import { moreDe } from './more-de.ts';

/** The page in German. */
export const de: Record<keyof typeof en, string> = { ...firstDe, ...moreDe };
