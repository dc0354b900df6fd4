import { describe, expect, it } from '@jest/globals';
import { newId } from './ids.ts';

describe('newId', () => {
  it('is greater than the one before, within one millisecond too', () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});
