const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** How many values and levels a JSON text may have. */
export interface JsonLimits {
  valuesMax: number;
  levelsMax: number;
}

/**
 * Which limit a JSON text goes beyond, told by one look at each byte, before anything is made of it: `[[[[…` of 16 MB
 * takes seconds to parse, and gigabytes. Up to the first fault of syntax the count is right; what is behind one is
 * parsed by nobody.
 *
 * @param text in UTF-8, where no byte of a longer character looks like ASCII
 * @returns null when it keeps to both
 */
export function limitBroken(text: Uint8Array, { valuesMax, levelsMax }: JsonLimits): keyof JsonLimits | null {
  const length = text.length;
  // Each value but the first of a list or object has a comma before it.
  let values = 1;
  let levels = 0;
  for (let at = 0; at < length; at += 1) {
    switch (text[at]) {
      case quote:
        at = endOfString(text, at + 1);
        break;
      case comma:
        values += 1;
        break;
      case openingBracket:
      case openingBrace:
        values += 1;
        levels += 1;
        if (levels > levelsMax) return 'levelsMax';
        break;
      case closingBracket:
      case closingBrace:
        levels -= 1;
        break;
      default:
    }
    if (values > valuesMax) return 'valuesMax';
  }
  return null;
}

function endOfString(text: Uint8Array, from: number): number {
  const length = text.length;
  for (let at = from; at < length; at += 1) {
    if (text[at] === backslash) at += 1;
    else if (text[at] === quote) return at;
  }
  return length;
}
