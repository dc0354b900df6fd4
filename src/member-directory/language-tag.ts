/**
 * The canonical form of the first language a text names, or null when it names none: `de`, `en-US`. Understands the
 * underscore that some directories write, and lists with weights as in `de-DE,en;q=0.8` (RFC 7643 §4.1.1:
 * preferredLanguage is written like Accept-Language).
 */
export function parseLanguage(text: string): string | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const language = readLanguage(text);
  if (parsed.size < rememberedMax && text.length <= rememberedLengthMaxChars) parsed.set(text, language);
  return language;
}

/** Companies have few languages and many people: the answers are remembered, since making them canonical is slow. */
const parsed = new Map<string, string | null>();
const rememberedMax = 1_000;
const rememberedLengthMaxChars = 100;

function readLanguage(text: string): string | null {
  const first = (text.split(/[,;]/u, 1)[0] ?? '').trim().replaceAll('_', '-');
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/u.test(first)) return null;
  try {
    return Intl.getCanonicalLocales(first)[0] ?? null;
  } catch {
    // A RangeError says that the tag is not well formed (ECMA-402 §6.2.1); nothing else is thrown for a string.
    return null;
  }
}
