/** A guessable secret has fewer characters than this that are not foreseen by those before them. */
const surprisingCharsMin = 10;
const distinctCharsMin = 6;

/** Texts that stand where a secret should be put in. */
const placeholder =
  /change.?me|replace.?(?:me|this|with)|place.?holder|your.{0,12}(?:token|secret)|example|[<>…]|\.\.\.|x{6}/i;

/** What everybody tries first. A secret made of nothing else, but for digits and signs, is none. */
const commonWords =
  /p[a4@][s5$]{2}(?:w[o0]rd|wort)?|admin(?:istrator)?|root|letmein|welcome|qwert[yz](?:uiop)?|asdf(?:gh(?:jkl)?)?|zxcvb(?:nm)?|iloveyou/gi;
const lettersBesideMin = 4;

/**
 * Why a secret of sufficient length is still obviously weak; null when it is not. It tells mistakes from secrets, such as
 * the placeholder of `.env.example`; a secret that passes may still be a bad one.
 */
export function weaknessOf(secret: string): string | null {
  if (placeholder.test(secret)) return 'is the placeholder of an example';
  if (new Set(secret).size < distinctCharsMin) return 'has too few different characters';
  if (surprisingChars(secret) < surprisingCharsMin) return 'repeats itself or counts up';
  const letters = secret.replace(commonWords, '').replace(/[^a-z]/gi, '');
  const isWords = letters.length < lettersBesideMin && secret.search(commonWords) !== -1;
  return isWords ? 'is made of common words' : null;
}

/** Characters that neither repeat nor count on from the one before, nor repeat what stood some places before. */
function surprisingChars(secret: string): number {
  const unit = shortestPeriod(secret.toLowerCase());
  return [...unit].filter((_, at) => at === 0 || Math.abs(unit.charCodeAt(at) - unit.charCodeAt(at - 1)) > 1)
    .length;
}

/** The part that, repeated, makes the text: `abcabcab` is `abc`. */
function shortestPeriod(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}
