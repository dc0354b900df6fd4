import { currentLanguage } from '../../i18n.ts';
import { daysMs, hoursMs, minutesMs, secondsMs } from '../../duration.ts';

/** The reader's own variety of the language of the page, whose dates they know; else the most common one. */
const locale = () => {
  const language = currentLanguage();
  const own = navigator.languages.find(
    (tag) => tag.toLowerCase().startsWith(`${language}-`) && isLanguageTag(tag),
  );
  return own ?? (language === 'de' ? 'de-DE' : 'en-US');
};

/** Some systems name their languages as `en-US@posix`, which no browser can format by. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', daysMs(1)],
  ['hour', hoursMs(1)],
  ['minute', minutesMs(1)],
  ['second', secondsMs(1)],
];

/** A number with the separators of the language. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** A length of time in its largest unit: "1.4 seconds", "9 minutes", "2 days". */
export function formatDuration(seconds: number): string {
  const ms = secondsMs(seconds);
  const [unit, lengthMs] = steps.find(([, length]) => ms >= length) ?? ['second', secondsMs(1)];
  const maximumFractionDigits = ms < 10 * lengthMs ? 1 : 0;
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits,
  }).format(ms / lengthMs);
}

/** A moment in the viewer's time zone. */
export function formatTime(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** A moment to the second in the viewer's time zone. */
export function formatSecond(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(iso),
  );
}

/** The time of day to the second in the viewer's time zone. */
export function formatClock(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(iso));
}

export function formatDay(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(iso));
}

/** A moment to the second, in UTC: for comparing with the identity provider's own log. */
export function formatUtc(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

/** How long ago or how long until: "3 minutes ago", "in 5 hours". */
export function formatRelative(iso: string, now: number): string {
  const difference = new Date(iso).getTime() - now;
  const [unit, lengthMs] = steps.find(([, length]) => Math.abs(difference) >= length) ?? [
    'second',
    secondsMs(1),
  ];
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  return format.format(Math.trunc(difference / lengthMs), unit);
}
