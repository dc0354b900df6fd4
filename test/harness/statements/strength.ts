/**
 * How a row's workspace is bound: `0` not at all; `1` by something that is bound itself, such as a CTE or a list of rows;
 * `2` by a parameter or a constant of the same statement, which is what a distributed PostgreSQL needs.
 */
export type Strength = 0 | 1 | 2;

export const unbound = 0;
export const derived = 1;
export const byParameter = 2;

export function weakest(strengths: readonly Strength[]): Strength {
  return strengths.length === 0 ? unbound : (Math.min(...strengths) as Strength);
}

export function strongest(strengths: readonly Strength[]): Strength {
  return strengths.length === 0 ? unbound : (Math.max(...strengths) as Strength);
}

/** What comes out of a CTE is not a parameter any more. */
export function atMostDerived(strength: Strength): Strength {
  return strength === unbound ? unbound : derived;
}
