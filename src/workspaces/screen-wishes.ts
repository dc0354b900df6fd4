import { type Language, languages } from '../errors/sentence.ts';

export const colorSchemes = ['light', 'dark', 'auto'] as const;
export type ColorScheme = (typeof colorSchemes)[number];

/** How somebody who is signed in is to meet the screen. */
export interface ScreenWishes {
  /** What they are called; null: only their address is known. */
  name: string | null;
  /** null: as the browser or they themselves have chosen. */
  locale: Language | null;
  colorScheme: ColorScheme | null;
  /** Where a link back to the product leads. */
  returnUrl: string | null;
}

/**
 * The language of the screen for a language tag (BCP 47), whatever its region.
 *
 * @returns null where the screen does not speak it, and the browser of the admin decides
 */
export function screenLanguageOf(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split('-', 1);
  return languages.find((language) => language === primary) ?? null;
}

/** Whether a text is a language tag at all. */
export function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
