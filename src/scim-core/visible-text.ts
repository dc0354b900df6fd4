/**
 * Letters and pictures that joiners and variation selectors may shape: Persian and Indic names need them, so do rare
 * Chinese characters and emoji. In Latin, Greek and Cyrillic they change nothing that anybody sees.
 */
const shaped =
  '[[\\p{L}\\p{M}\\p{Emoji}]--[\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}\\p{sc=Inherited}\\p{Default_Ignorable_Code_Point}]]';
const selector = '\\p{Variation_Selector}';
const joiner = '[\\u200c\\u200d]';
/** Direction overrides, zero-width characters, soft hyphens, tags, annotation marks. */
const unseen = `[[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]--[${selector}${joiner}]]`;

const misplaced = new RegExp(
  `(?<!${shaped})${selector}|(?<!${shaped}${selector}?)${joiner}|${joiner}(?!${shaped})|${unseen}`,
  'gv',
);
const suspicious = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/u;
const lineControls = /[\p{Cc}\u2028\u2029]+/gu;
/** Of long texts tabs and line ends are a part. */
const textControls = /[[\p{Cc}]--[\t\n\r]]+/gv;
/** NUL counts as seen: it cannot be stored, and that is reported. */
const seen = /[\0[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]]/v;

/**
 * A name or another text of one line as people see it: without invisible characters, which make one name look like
 * another or turn the text around it, and with a blank in place of line ends and other control characters.
 */
export function cleanLine(text: string): string {
  if (!suspicious.test(text)) return text.trim();
  return text.replace(misplaced, '').replace(lineControls, ' ').trim();
}

/** The same for a text of several lines: tabs and line ends stay. */
export function cleanText(text: string): string {
  if (!suspicious.test(text)) return text.trim();
  return text.replace(misplaced, '').replace(textControls, ' ').trim();
}

/** The text without every invisible character, also without those that shape letters. */
export function withoutInvisible(text: string): string {
  return suspicious.test(text) ? text.replace(/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu, '') : text;
}

/** Is there anything to see? */
export function isVisible(text: string): boolean {
  return seen.test(text);
}

/** Does the text hold control characters or invisible ones? */
export function holdsUnseen(text: string): boolean {
  return suspicious.test(text);
}
