/**
 * `node bench/mapping/main.ts`: what it costs to map one person by twenty rules, as a multiple of a function that was
 * written by hand to do the same. The figure required is at most {@link ratioMax}.
 */
import { performance } from 'node:perf_hooks';
import { compileRules } from '../../src/attribute-mapping/compile-rules.ts';
import { mapAttributes } from '../../src/attribute-mapping/map-attributes.ts';
import { mapByHand } from './hand-written.ts';
import { person, properties, rules } from './twenty-rules.ts';

/** The most that twenty rules may cost, in times the cost of the hand-written function. */
const ratioMax = 3;
const peopleCount = 2_000;
const roundsCount = 60;
const microsecondsPerMillisecond = 1_000;

const people = Array.from({ length: peopleCount }, (_, number) => person(number));
const { faults } = compileRules(rules, properties);
if (faults.length > 0)
  throw new Error(`The rules of the measurement are not sound: ${JSON.stringify(faults)}`);
requireSameResult();

// Both in turn, so that whatever slows the machine down slows down both; the fastest round of each counts.
let byRules = Number.POSITIVE_INFINITY;
let byHand = Number.POSITIVE_INFINITY;
for (let round = 0; round < roundsCount; round += 1) {
  byRules = Math.min(
    byRules,
    measure((resource) => mapAttributes(rules, resource, properties)),
  );
  byHand = Math.min(byHand, measure(mapByHand));
}
const ratio = byRules / byHand;
process.stdout.write(
  `${rules.length} rules: ${byRules.toFixed(2)} µs a person; by hand ${byHand.toFixed(2)} µs; ` +
    `${ratio.toFixed(2)} times (at most ${ratioMax}): ${ratio <= ratioMax ? 'met' : 'MISSED'}\n`,
);
process.exitCode = ratio <= ratioMax ? 0 : 1;

/** @returns microseconds a person */
function measure(map: (resource: (typeof people)[number]) => unknown): number {
  const started = performance.now();
  let kept: unknown;
  for (const resource of people) kept = map(resource);
  const elapsedMs = performance.now() - started;
  if (kept === undefined) throw new Error('Nothing was mapped');
  return (elapsedMs * microsecondsPerMillisecond) / people.length;
}

/** The comparison is fair only if both make the same of everybody. */
function requireSameResult(): void {
  for (const resource of people) {
    const { fields, properties: values, manager, problems } = mapAttributes(rules, resource, properties);
    const expected = mapByHand(resource);
    const given = JSON.stringify([fields, values, manager]);
    if (
      problems.length > 0 ||
      given !== JSON.stringify([expected.fields, expected.properties, expected.manager])
    ) {
      throw new Error(`Rules and hand differ: ${given} ${JSON.stringify(expected)}`);
    }
  }
}
