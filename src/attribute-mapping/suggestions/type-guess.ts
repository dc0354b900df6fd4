import { parsePropertyValue } from '../../member-directory/properties/property-types/registry.ts';

/** Most different values of one attribute that are told apart: more are no choice any more. */
export const distinctValuesMax = 50;

/** Types that are told from the values alone, the narrowest first. */
const narrowTypes = ['checkbox', 'number', 'date', 'email', 'url'] as const;

/** Longest value that is still an ordinary text, in UTF-16 units. */
const textLengthMaxChars = 1_000;

/** Values per different value, on average, that make an attribute a choice among some. */
const repetitionMin = 1.5;

/** Guesses the type of property that fits an attribute's values. */
export class TypeGuess {
  private possible: readonly string[] = narrowTypes;
  private isLong = false;
  private isList = false;
  private total = 0;

  /** @param values the values that one person has, none of them empty */
  add(values: readonly unknown[]): void {
    this.total += values.length;
    if (values.length > 1) this.isList = true;
    for (const value of values) this.addValue(value);
  }

  private addValue(value: unknown): void {
    if (typeof value === 'string' && value.length > textLengthMaxChars) this.isLong = true;
    if (this.possible.length > 0) this.possible = this.possible.filter((type) => fits(type, value));
  }

  /** @param distinct how many different values there are */
  guess(path: string, distinct: number): string {
    if (/manager(\.value)?$/iu.test(path)) return 'user';
    if (/^phoneNumbers/u.test(path)) return 'phone';
    const isChoice = distinct <= distinctValuesMax && this.total >= distinct * repetitionMin;
    if (this.isList && isChoice && !this.isLong) return 'multi_select';
    const [narrow] = this.possible;
    if (narrow !== undefined) return narrow;
    if (this.isLong) return 'long_text';
    return isChoice ? 'select' : 'text';
  }
}

function fits(type: string, value: unknown): boolean {
  if (typeof value === 'boolean') return type === 'checkbox';
  // A number with leading zeros is a code: 007 must not become 7.
  if (type === 'number' && typeof value === 'string' && !/^-?(0|[1-9]\d{0,14})(\.\d+)?$/u.test(value))
    return false;
  return 'value' in parsePropertyValue({ type, options: null }, value);
}
