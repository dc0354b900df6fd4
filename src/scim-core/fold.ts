/**
 * The form in which text is compared when case does not matter: NFC, then simple lower-casing of each code point on its
 * own, so that a final sigma becomes σ and İ (U+0130) becomes i. PostgreSQL's `lower(normalize(x, NFC))` under the
 * builtin locale C.UTF-8 gives the same, except for letters that are newer than the Unicode version of either side.
 * @param text any well-formed text
 */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text.normalize('NFC')) {
    folded += character === '\u0130' ? 'i' : character.toLowerCase();
  }
  return folded;
}

/**
 * Invisible characters: default-ignorable code points (Unicode, chapter 5.21), the marks of interlinear annotation, the
 * musical note without a head, and control characters except white space.
 */
const unseen = /\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB\u{1D159}]|(?!\s)\p{Cc}/gu;
/** White space, and the one blank that Unicode does not count as such: the empty Braille pattern. */
const blanks = /[\s\u2800]+/gu;
/** Matches nearly all names: they hold nothing invisible. */
const plainName = /^[!-~]*$/;

/**
 * The form in which names that look the same are equal: `foldCase`, without invisible characters and without white
 * space at the ends; white space inside is one blank. A name that would become empty is only folded.
 * @param name any well-formed text
 */
export function foldName(name: string): string {
  if (plainName.test(name)) return name.toLowerCase();
  return foldNamePart(name).trim() || foldCase(name);
}

/** The same for a part of a name: its ends may be blanks inside the whole name. */
export function foldNamePart(part: string): string {
  return foldCase(part.replace(unseen, '').replace(blanks, ' '));
}

/** Whether nobody sees a text: it is empty, or holds nothing but white space and invisible characters. */
export function isInvisible(text: string): boolean {
  return foldNamePart(text).trim() === '';
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) return false;
  }
  return true;
}

/**
 * Compares two texts by code point, which is also the order of PostgreSQL's collation `C`.
 * JavaScript's `<` compares UTF-16 units and puts U+1F600 before U+FF5E.
 * @returns negative, zero or positive
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const leftUnit = left.charCodeAt(at);
    const rightUnit = right.charCodeAt(at);
    if (leftUnit !== rightUnit) return rank(leftUnit) - rank(rightUnit);
  }
  return left.length - right.length;
}

/** Surrogates encode the highest code points, so they rank above all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
