import { hours, minutes } from '../../errors/duration.ts';
import type { Facts } from '../facts/facts.ts';
import { agoMs, earliest, type Found, logOf, type Rule } from './rule.ts';

/** People may come after the groups they are in. */
const peopleFollowWithinMs = minutes(15);
/** Members may come after their group. */
const membersFollowWithinMs = hours(2);

function onlyGroups(facts: Facts): Found | null {
  const [first] = facts.groupFacts;
  const since = earliest(facts.groupFacts.map(({ createdAt }) => createdAt));
  if (facts.users > 0 || first === undefined || since === null) return null;
  if (agoMs(facts, since) < peopleFollowWithinMs) return null;
  return { params: { count: facts.groups, name: first.name }, since, log: logOf({ kind: 'change' }) };
}

function nested({ nested: groups }: Facts): Found | null {
  const [first] = groups;
  if (first === undefined) return null;
  const { outer, inner, outerId } = first;
  return {
    params: { outer, inner, count: groups.length },
    since: null,
    log: logOf({ kind: 'change', resourceId: outerId }),
  };
}

function empty(facts: Facts): Found | null {
  const groups = facts.groupFacts.filter(
    (group) => group.isEmpty && agoMs(facts, group.createdAt) > membersFollowWithinMs,
  );
  const [first] = groups;
  if (facts.users === 0 || first === undefined) return null;
  return {
    params: { count: groups.length, name: first.name },
    since: earliest(groups.map(({ createdAt }) => createdAt)),
    log: logOf({ kind: 'change', resourceId: first.id }),
  };
}

/** What the groups say that arrived. */
export const groupRules: readonly Rule[] = [
  { code: 'only-groups', severity: 'error', find: onlyGroups },
  { code: 'nested-groups', severity: 'warning', find: nested },
  { code: 'empty-groups', severity: 'info', find: empty },
];
