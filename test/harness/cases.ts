import fc from 'fast-check';

/**
 * How many cases the property tests try, in multiples of what `npm test` tries. `npm run test:long` sets it by
 * the environment variable `TEST_CASES_FACTOR`.
 */
export const casesFactor = Number(process.env.TEST_CASES_FACTOR ?? 1);

/** The seed of `npm test`, so that every run tries the same cases. */
const seed = 20_270_131;

/**
 * How a property test runs: `npm test` tries the same cases each time, `npm run test:long` many more and
 * different ones each time. fast-check prints the seed of a failure.
 * @param count cases in `npm test`
 */
export function cases(count: number): { numRuns: number; seed?: number } {
  return casesFactor === 1 ? { numRuns: count, seed } : { numRuns: Math.round(count * casesFactor) };
}

/** Applies the same rule to fast-check's default of 100 cases. */
export function configureCases(): void {
  fc.configureGlobal(cases(100));
}
