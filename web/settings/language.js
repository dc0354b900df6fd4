import { de } from './texts-de.js';
import { en } from './texts-en.js';

/** `de` or `en`, by the browser. */
export const language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
const texts = language === 'de' ? de : en;
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
document.documentElement.lang = language;

/** The text of that key; `{n}` and other names in braces are filled in. With `n`, a text may have a form for one. */
export function t(key, values = {}) {
  let text = texts[key] ?? en[key] ?? key;
  if (typeof text === 'object') text = text[plurals.select(values.n ?? 0)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** Is there a text for that key? */
export function hasText(key) {
  return key in en;
}

/** A number as people write it. */
export function number(value) {
  return numbers.format(value);
}

/** A time in ISO 8601 as people write it. */
export function time(iso) {
  return times.format(new Date(iso));
}

function shown(value) {
  return typeof value === 'number' ? number(value) : String(value ?? '');
}
