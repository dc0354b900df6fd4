/**
 * Random numbers that are the same on every machine for the same seed (the mulberry32 generator, public domain).
 * Good for believable test data, never for secrets.
 */
export class SeededRandom {
  private state: number;

  /** @param seed any integer; only its lower 32 bits count. */
  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One item of a list; throws a RangeError on an empty one. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Nothing to pick from.');
    return items[this.below(items.length)] as T;
  }

  /** Up to `count` different items of a list, in random order. */
  sample<T>(items: readonly T[], count: number): T[] {
    const pool = [...items];
    const taken: T[] = [];
    while (taken.length < count && pool.length > 0) {
      taken.push(...pool.splice(this.below(pool.length), 1));
    }
    return taken;
  }

  /** A string of decimal digits of the given length. */
  digits(length: number): string {
    return Array.from({ length }, () => this.below(10)).join('');
  }

  /** An object id as Entra writes it: a version 4 GUID in lower case. */
  guid(): string {
    const hex = Array.from({ length: 32 }, () => this.below(16));
    hex[12] = 4;
    hex[16] = 8 + this.below(4);
    const text = hex.map((digit) => digit.toString(16)).join('');
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
      '-',
    );
  }
}
