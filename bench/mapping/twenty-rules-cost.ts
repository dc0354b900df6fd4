import { performance } from 'node:perf_hooks';
import { compileRules } from '../../src/attribute-mapping/compile/compile-rules.ts';
import { mapAttributes } from '../../src/attribute-mapping/mapping/map-attributes.ts';
import { mapByHand } from './hand-written.ts';
import { person, properties, rules } from './twenty-rules.ts';

const peopleCount = 2_000;
const roundsCount = 60;
const microsecondsPerMillisecond = 1_000;

/** What mapping one person costs, in microseconds. */
export interface MappingCost {
  rules: number;
  byRulesMicroseconds: number;
  byHandMicroseconds: number;
}

type People = readonly ReturnType<typeof person>[];

/**
 * What it costs to map one person by twenty rules, and by a function that was written by hand to do the same.
 *
 * @throws Error when the two do not make the same of everybody: the comparison would not be fair
 */
export function measureTwentyRules(): MappingCost {
  const people = Array.from({ length: peopleCount }, (_, number) => person(number));
  const { faults } = compileRules(rules, properties);
  if (faults.length > 0) throw new Error(`The rules are not sound: ${JSON.stringify(faults)}`);
  requireSameResult(people);
  // Both in turn, so that whatever slows the machine down slows down both; the fastest round of each counts.
  let byRules = Number.POSITIVE_INFINITY;
  let byHand = Number.POSITIVE_INFINITY;
  for (let round = 0; round < roundsCount; round += 1) {
    byRules = Math.min(
      byRules,
      measure(people, (resource) => mapAttributes(rules, resource, properties)),
    );
    byHand = Math.min(byHand, measure(people, mapByHand));
  }
  return { rules: rules.length, byRulesMicroseconds: byRules, byHandMicroseconds: byHand };
}

/** @returns microseconds a person */
function measure(people: People, map: (resource: People[number]) => unknown): number {
  const started = performance.now();
  let kept: unknown;
  for (const resource of people) kept = map(resource);
  const elapsedMs = performance.now() - started;
  if (kept === undefined) throw new Error('Nothing was mapped');
  return (elapsedMs * microsecondsPerMillisecond) / people.length;
}

function requireSameResult(people: People): void {
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
