/**
 * The canonical form of the first language a text names, or null when it names none: `de`, `en-US`. Understands the
 * underscore that some directories write, and lists with weights as in `de-DE,en;q=0.8` (RFC 7643 §4.1.1:
 * preferredLanguage is written like Accept-Language).
 */
export function parseLanguage(text: string): string | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const language = languageTag(text.split(/[,;]/u, 1)[0] ?? '');
  if (parsed.size < rememberedMax && text.length <= rememberedLengthMaxChars) parsed.set(text, language);
  return language;
}

/** Companies have few languages and many people: the answers are remembered, since making them canonical is slow. */
const parsed = new Map<string, string | null>();
const rememberedMax = 1_000;
const rememberedLengthMaxChars = 100;

/** All languages that a text names, canonical, those of most weight first (RFC 9110 §12.5.4); what is none is left out. */
export function parseLanguageRanges(text: string): string[] {
  return text
    .split(',')
    .flatMap((part) => {
      const [range = '', ...parameters] = part.split(';');
      const language = languageTag(range);
      const weight = parameters.find((parameter) => /^\s*q\s*=/iu.test(parameter))?.split('=')[1];
      const q = weight === undefined ? 1 : Number(weight);
      return language !== null && q > 0 ? [{ language, q }] : [];
    })
    .sort((a, b) => b.q - a.q)
    .map(({ language }) => language);
}

/** Language tags (BCP 47) with commas between them, canonical and each once; null when one of them is none. */
export function parseLanguageList(text: string): string[] | null {
  const tags = text.split(',').map(languageTag);
  const known = tags.filter((tag) => tag !== null);
  return known.length === tags.length ? [...new Set(known)] : null;
}

function languageTag(text: string): string | null {
  const tag = text.trim().replaceAll('_', '-');
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/u.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // A RangeError says that the tag is not well formed (ECMA-402 §6.2.1); nothing else is thrown for a string.
    return null;
  }
}
