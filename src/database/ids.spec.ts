import { afterEach, describe, expect, it } from '@jest/globals';
import { alignIds, newId } from './ids.ts';

const hourMs = 3_600_000;

/** RFC 9562 §5.7: the first 48 bits are milliseconds since 1970. */
function timeOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}

describe('newId', () => {
  afterEach(() => alignIds(0));

  it('is greater than the one before, within one millisecond too', () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it.each([hourMs, -hourMs])('carries the shared time where the machine is wrong by %d ms', (ms) => {
    alignIds(ms);
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(Math.abs(timeOf(ids[0] ?? '') - Date.now() - ms)).toBeLessThan(60_000);
    for (const id of ids.slice(0, 100))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('goes back with the shared time', () => {
    alignIds(hourMs);
    const wrong = newId();
    alignIds(0);
    expect(newId() < wrong).toBe(true);
  });
});
