import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectCost } from '../../../test/harness/relative-cost.ts';
import { type JsonLimits, JsonShape } from './json-shape.ts';

/** Of a text that is there as a whole. */
function limitBroken(text: Uint8Array, limits: JsonLimits): keyof JsonLimits | null {
  return new JsonShape(limits).take(text);
}

const brokenBy = (text: string, valuesMax: number, levelsMax = 10, keysMax = 1e6) =>
  limitBroken(Buffer.from(text), { valuesMax, levelsMax, keysMax });

/** Every value: each list and object, and what is in it. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + valuesIn(part), 1);
}

/** How many names the object has that has most. */
function mostKeysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Math.max(own, ...Object.values(value).map(mostKeysIn));
}

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(0, ...Object.values(value).map(levelsOf)) + 1;
}

describe('JsonShape', () => {
  it('counts the values of any JSON, an empty list or object as one more at most', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, indented) => {
        const text = JSON.stringify(value, null, indented ? 2 : 0);
        const values = valuesIn(value);
        const empty = text.match(/\[\]|\{\}/g)?.length ?? 0;
        expect(brokenBy(text, values + empty, 100)).toBeNull();
        if (values > 1) expect(brokenBy(text, values - 1, 100)).toBe('valuesMax');
      }),
    );
  });

  it('counts the levels of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const levels = levelsOf(value);
        expect(brokenBy(JSON.stringify(value), 1e6, levels)).toBeNull();
        if (levels > 0) expect(brokenBy(JSON.stringify(value), 1e6, levels - 1)).toBe('levelsMax');
      }),
    );
  });

  it('counts the names of each object by itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const most = mostKeysIn(value);
        expect(brokenBy(JSON.stringify(value), 1e6, 100, Math.max(most, 1))).toBeNull();
        if (most > 1) expect(brokenBy(JSON.stringify(value), 1e6, 100, most - 1)).toBe('keysMax');
      }),
    );
  });

  it.each(['"[[[[,,,,{{{{"', '"\\"[[[[,,,,"', '"\\\\"', '"∁∢,[Ḣ"', ''])(
    'counts nothing inside a text: %s',
    (text) => {
      expect(brokenBy(text, 1, 0)).toBeNull();
    },
  );

  it('counts the same wherever the text is cut into parts', () => {
    const limits = fc.record({
      valuesMax: fc.nat({ max: 20 }),
      levelsMax: fc.nat({ max: 6 }),
      keysMax: fc.nat({ max: 5 }),
    });
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 4 });
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', ',', '{', 'ä') }),
    );
    fc.assert(
      fc.property(text, limits, cuts, (whole, within, at) => {
        const bytes = Buffer.from(whole);
        const shape = new JsonShape(within);
        const places = [0, ...at.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        let broken: ReturnType<typeof limitBroken> = null;
        for (const [n, from] of places.slice(0, -1).entries()) {
          broken ??= shape.take(bytes.subarray(from, places[n + 1]));
        }
        expect(broken).toBe(limitBroken(bytes, within));
      }),
    );
  });

  it('survives a text that does not end', () => {
    expect(brokenBy('["\\', 10)).toBeNull();
    expect(brokenBy(']]]]', 10)).toBeNull();
  });

  it('costs less than parsing', () => {
    const megabyte = Buffer.from(
      JSON.stringify(
        Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@example.com`, type: 'work' })),
      ),
    );
    expectCost(() => limitBroken(megabyte, { valuesMax: 1e6, levelsMax: 64, keysMax: 1e6 }), 1);
  });

  it('costs next to nothing for a text that goes beyond a limit, however long', () => {
    const levels = Buffer.alloc(16 * 1024 * 1024, '[');
    expectCost(() => limitBroken(levels, { valuesMax: 1e6, levelsMax: 64, keysMax: 1e6 }), 0.1);
  });
});
