import type { Language } from '../../errors/sentence.ts';

/** A moment as a date in words, in UTC; null for what is no moment. */
export function dateOf(value: string, language: Language): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return null;
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(value));
}
