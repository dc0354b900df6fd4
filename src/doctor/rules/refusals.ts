import { days } from '../../errors/duration.ts';
import type { Facts, RefusalFact } from '../facts/facts.ts';
import { earliest, type Found, logOf, type Rule } from './rule.ts';

/** A request that is refused so often is sent again in vain. */
const againAtLeast = 3;
/** Identity providers try again daily at the latest; once they do not, it has been fixed over there. */
const triesWithinMs = days(1);

/** The same person or group is refused again and again, and nothing of theirs succeeded since. */
function refusedAgain({ refusals, lastContact }: Facts): Found | null {
  const open = refusals.filter(({ isResolved }) => !isResolved);
  const again = [...Map.groupBy(open, ({ target }) => target).values()].filter(
    (each) => each.length >= againAtLeast && isTriedStill(each, lastContact?.at),
  );
  const most = again.sort((left, right) => right.length - left.length)[0];
  const [newest] = most ?? [];
  if (most === undefined || newest === undefined) return null;
  return {
    params: { name: newest.name, count: most.length, others: again.length - 1, detail: newest.detail },
    since: earliest(most.map(({ at }) => at)),
    log: logOf({ outcome: 'error', ...(again.length === 1 && { resourceId: newest.resourceId }) }),
  };
}

function isTriedStill([newest]: readonly RefusalFact[], lastContact: Date | undefined): boolean {
  if (newest === undefined || lastContact === undefined) return false;
  return lastContact.getTime() - newest.at.getTime() < triesWithinMs;
}

/** What of an attribute was left out, because it could not be read. */
function dropped({ dropped: facts }: Facts): Found | null {
  const byAttribute = [...Map.groupBy(facts, ({ note }) => note.path)].map(([attribute, notes]) => ({
    attribute,
    people: new Set(notes.map(({ resourceId }) => resourceId)),
    since: earliest(notes.map(({ at }) => at)),
  }));
  const most = byAttribute.sort((left, right) => right.people.size - left.people.size)[0];
  if (most === undefined) return null;
  const [only] = [...most.people];
  return {
    params: { attribute: most.attribute, count: most.people.size, others: byAttribute.length - 1 },
    since: most.since,
    log: logOf({ kind: 'change', ...(most.people.size === 1 && { resourceId: only ?? null }) }),
  };
}

/** What was refused, and what was not read. */
export const refusalRules: readonly Rule[] = [
  { code: 'refused-again', severity: 'error', find: refusedAgain },
  { code: 'attribute-dropped', severity: 'warning', find: dropped },
];
