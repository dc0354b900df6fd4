import { expect, it } from '@jest/globals';
import { allowedRemovals } from './removal-guard.ts';

it.each([
  [20, 10, 0, 10],
  [20, 10, 50, 10],
  [20, 10, 100, 20],
  [20, 10, 104, 20],
  [0, 0, 1000, 0],
  [100, 0, 7, 7],
])(
  'with %i percent and at least %i, of %i active people %i may leave',
  (percent, atLeast, active, allowed) => {
    expect(allowedRemovals({ percent, atLeast }, active)).toBe(allowed);
  },
);
