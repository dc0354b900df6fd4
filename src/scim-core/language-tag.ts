import { LRUCache } from 'lru-cache';

/**
 * The language that a text prefers, in canonical form (`de`, `en-US`), or null if it names none. Understands the names
 * of POSIX systems (`de_DE.UTF-8@euro`), and lists with weights as in `de-DE,en;q=0.8` (RFC 7643 §4.1.1:
 * preferredLanguage is written like Accept-Language).
 */
export function parseLanguage(text: string): string | null {
  const known = parsed.get(text);
  if (known !== undefined) return known.language;
  const language = parseLanguageRanges(text).wanted[0] ?? null;
  if (text.length <= rememberedLengthMaxChars) parsed.set(text, { language });
  return language;
}

/** Companies have few languages and many people. Answers are remembered because making tags canonical is slow. */
const rememberedMax = 1_000;
const parsed = new LRUCache<string, { language: string | null }>({ max: rememberedMax });
const rememberedLengthMaxChars = 100;

/** Longest language name that is read, in UTF-16 units. A longer one is cut, and is then not a language. */
const tagLengthMaxChars = 100;

/**
 * All languages that a text names, in canonical form (RFC 9110 §12.5.4). Anything else is left out.
 *
 * @returns the wanted languages, highest weight first, and the refused ones: their weight is 0
 */
export function parseLanguageRanges(text: string): { wanted: string[]; refused: string[] } {
  const ranges = text.split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.split(';');
    const language = languageTag(range);
    const weight = parameters.find((parameter) => /^\s*q\s*=/iu.test(parameter))?.split('=')[1];
    const q = weight === undefined ? 1 : Number(weight);
    return language !== null && q >= 0 ? [{ language, q }] : [];
  });
  const wanted = ranges.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q);
  const refused = ranges.filter(({ q }) => q === 0);
  return { wanted: wanted.map(({ language }) => language), refused: refused.map(({ language }) => language) };
}

/** Comma-separated language tags (BCP 47), canonical and without repetition; null if one of them is not a tag. */
export function parseLanguageList(text: string): string[] | null {
  const tags = text.split(',').map(languageTag);
  const known = tags.filter((tag) => tag !== null);
  return known.length === tags.length ? [...new Set(known)] : null;
}

/** `language_TERRITORY.codeset@modifier` (POSIX.1-2024 §8.2); `en_US_POSIX` is how Apple and ICU write the locale C. */
const posixName = /^([a-z]{2,3}(?:[_-][a-z0-9]+)*?)(?:[_-]posix)?(?:\.[\w-]+)?(?:@([\w=-]+))?$/iu;

/** Modifiers that name a script; others are about money and sorting. */
const scripts: Readonly<Record<string, string>> = {
  latin: 'Latn',
  cyrillic: 'Cyrl',
  devanagari: 'Deva',
  arabic: 'Arab',
};

function languageTag(text: string): string | null {
  const [, name, modifier = ''] = posixName.exec(text.trim().slice(0, tagLengthMaxChars + 1)) ?? [];
  if (name === undefined) return null;
  const [language = '', ...subtags] = name.replaceAll('_', '-').split('-');
  const script = subtags.some((subtag) => /^[a-z]{4}$/iu.test(subtag))
    ? undefined
    : scripts[modifier.toLowerCase()];
  const tag = [language, ...(script === undefined ? [] : [script]), ...subtags].join('-');
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/u.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // A RangeError says that the tag is not well formed (ECMA-402 §6.2.1); nothing else is thrown for a string.
    return null;
  }
}
