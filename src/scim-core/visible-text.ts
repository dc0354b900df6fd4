/**
 * Letters and pictures that joiners and variation selectors may shape: Persian and Indic names need them, so do rare
 * Chinese characters and emoji. In Latin, Greek and Cyrillic they change nothing that anybody sees.
 */
const shaped =
  '[[\\p{L}\\p{M}\\p{Emoji}]--[\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}\\p{sc=Inherited}\\p{Default_Ignorable_Code_Point}]]';
const selector = '\\p{Variation_Selector}';
const joiner = '[\\u200c\\u200d]';
/** Direction overrides, zero-width characters, soft hyphens, tags, annotation marks, the note without a head. */
const unseen = `[[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb\\u{1d159}]--[${selector}${joiner}]]`;

const misplaced = new RegExp(
  `(?<!${shaped})${selector}|(?<!${shaped}${selector}?)${joiner}|${joiner}(?!${shaped})|${unseen}`,
  'gv',
);
const suspicious = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb\u{1d159}]/u;
/** Ends that are blank; the empty Braille pattern is a blank that Unicode does not count as white space. */
const blankEnds = /^[\s\u2800]+|[\s\u2800]+$/gu;
const lineControls = /[\p{Cc}\u2028\u2029]+/gu;
/** Of long texts tabs and line ends are a part. */
const textControls = /[[\p{Cc}]--[\t\n\r]]+/gv;
/** NUL counts as seen: it cannot be stored, and that is reported. */
const seen = /[\0[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{1d159}]]/v;

/**
 * A name or another text of one line as people see it: without invisible characters, which make one name look like
 * another or turn the text around it, and with a blank in place of line ends and other control characters.
 */
export function cleanLine(text: string): string {
  if (!suspicious.test(text)) return text.trim();
  return text.replace(misplaced, '').replace(lineControls, ' ').replace(blankEnds, '');
}

/** The same for a text of several lines: tabs and line ends stay. */
export function cleanText(text: string): string {
  if (!suspicious.test(text)) return text.trim();
  return text.replace(misplaced, '').replace(textControls, ' ').replace(blankEnds, '');
}

/** The text without every invisible character, also without those that shape letters; every blank is one. */
export function withoutInvisible(text: string): string {
  if (!suspicious.test(text)) return text;
  return text
    .replace(/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u{1d159}]/gu, '')
    .replaceAll('\u2800', ' ');
}

/** Is there anything to see? */
export function isVisible(text: string): boolean {
  return seen.test(text);
}

/** Does the text hold control characters or invisible ones? */
export function holdsUnseen(text: string): boolean {
  return suspicious.test(text);
}
