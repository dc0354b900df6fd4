import fc from 'fast-check';

/**
 * How many cases the property tests try, in multiples of what `npm test` tries. `npm run test:long` sets it by
 * the environment variable `TEST_CASES_FACTOR`.
 */
export const casesFactor = Number(process.env.TEST_CASES_FACTOR ?? 1);

/** The seed of `npm test`: a change is judged by the same cases each time. */
const seed = 20_270_131;

/**
 * How a property test runs: `npm test` tries the same cases each time, `npm run test:long` many more and
 * others each time; fast-check prints the seed of what it finds.
 * @param count cases in `npm test`
 */
export function cases(count: number): { numRuns: number; seed?: number } {
  return casesFactor === 1 ? { numRuns: count, seed } : { numRuns: Math.round(count * casesFactor) };
}

/** fast-check's own default of 100 cases, by the same rule. */
export function configureCases(): void {
  fc.configureGlobal(cases(100));
}
