/**
 * The canonical form of the first language a text names, or null when it names none: `de`, `en-US`. Understands the
 * underscore that some directories write, and lists with weights as in `de-DE,en;q=0.8` (RFC 7643 §4.1.1:
 * preferredLanguage is written like Accept-Language).
 */
export function parseLanguage(text: string): string | null {
  const first = (text.split(/[,;]/u, 1)[0] ?? '').trim().replaceAll('_', '-');
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/u.test(first)) return null;
  try {
    return Intl.getCanonicalLocales(first)[0] ?? null;
  } catch {
    // A RangeError says that the tag is not well formed (ECMA-402 §6.2.1); nothing else is thrown for a string.
    return null;
  }
}
