const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** How many values and levels a JSON text may have, and how many names one of its objects. */
export interface JsonLimits {
  valuesMax: number;
  levelsMax: number;
  keysMax: number;
}

/**
 * Tells which limit a JSON text goes beyond, by one look at each byte as it comes, before anything is made of it: `[[[[…`
 * of 16 MB takes seconds to parse, and gigabytes. Up to the first fault of syntax the count is right; what is behind one
 * is parsed by nobody.
 */
export class JsonShape {
  private readonly limits: JsonLimits;
  // Each value but the first of a list or object has a comma before it.
  private values = 1;
  private levels = 0;
  private isInString = false;
  private isEscaped = false;
  /** Of each object that is open, by its level, how many names it has so far; of a list -1. */
  private readonly keys: Int32Array;

  constructor(limits: JsonLimits) {
    this.limits = limits;
    this.keys = new Int32Array(limits.levelsMax + 1).fill(-1);
  }

  /**
   * Looks at the next part of the text.
   *
   * @param part in UTF-8, where no byte of a longer character looks like ASCII; it may begin and end anywhere
   * @returns null as long as the text keeps to both limits
   */
  take(part: Uint8Array): keyof JsonLimits | null {
    const { valuesMax, levelsMax, keysMax } = this.limits;
    const { keys } = this;
    const length = part.length;
    let at = this.isInString ? this.endOfString(part, 0) : 0;
    for (; at < length; at += 1) {
      switch (part[at]) {
        case quote:
          at = this.endOfString(part, at + 1) - 1;
          break;
        case comma:
          this.values += 1;
          if (keys[this.levels]! > 0 && (keys[this.levels]! += 1) > keysMax) return 'keysMax';
          break;
        case openingBracket:
        case openingBrace:
          this.values += 1;
          this.levels += 1;
          if (this.levels > levelsMax) return 'levelsMax';
          keys[this.levels] = part[at] === openingBrace ? 1 : -1;
          break;
        case closingBracket:
        case closingBrace:
          if (this.levels > 0) this.levels -= 1;
          break;
        default:
      }
      if (this.values > valuesMax) return 'valuesMax';
    }
    return null;
  }

  /** @returns the place behind the quote that ends the string, or that behind the part */
  private endOfString(part: Uint8Array, from: number): number {
    const length = part.length;
    let at = this.isEscaped ? from + 1 : from;
    for (; at < length; at += 1) {
      if (part[at] === backslash) at += 1;
      else if (part[at] === quote) {
        this.isInString = false;
        this.isEscaped = false;
        return at + 1;
      }
    }
    this.isInString = true;
    // A backslash that ends the part stands for a character of the next one.
    this.isEscaped = at > length;
    return length;
  }
}
