import type { Facts } from '../facts/facts.ts';
import { credentialRules } from './credentials.ts';
import { groupRules } from './groups.ts';
import { peopleRules } from './people.ts';
import { refusalRules } from './refusals.ts';
import { type FindingCode, findingCodes, type Found, type Rule, type Severity } from './rule.ts';
import { trafficRules } from './traffic.ts';

/** Every rule, each about one thing. */
export const rules: readonly Rule[] = [
  ...credentialRules,
  ...trafficRules,
  ...refusalRules,
  ...peopleRules,
  ...groupRules,
];

/** Something that is wrong at the identity provider, or good to know about it. */
export interface Finding extends Found {
  code: FindingCode;
  severity: Severity;
}

/** What nobody can tell before the first people have all arrived: managers and members of groups come at the end. */
const toldAfterTheFirstCycle: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'managers-unknown',
  'managers-never-sent',
  'empty-groups',
]);

/** What the facts show, in the order of `findingCodes`. */
export function diagnose(facts: Facts): Finding[] {
  const all = rules.flatMap(({ code, severity, find }) => {
    const result = find(facts);
    return result === null ? [] : [{ code, severity, ...result }];
  });
  const isFirstCycle = all.some(({ code }) => code === 'first-cycle-running');
  const found = isFirstCycle ? all.filter(({ code }) => !toldAfterTheFirstCycle.has(code)) : all;
  const place = (code: FindingCode) => findingCodes.indexOf(code);
  return found.sort((left, right) => place(left.code) - place(right.code));
}
