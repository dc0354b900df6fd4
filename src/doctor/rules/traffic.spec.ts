import { describe, expect, it } from '@jest/globals';
import type { Facts, PersonFact, RequestFact } from '../facts/facts.ts';
import { trafficRules } from './traffic.ts';

const now = new Date('2030-01-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const firstCycle = trafficRules.find(({ code }) => code === 'first-cycle-running');

/** A company whose newest people came so long ago, and whose latest requests are all about groups. */
function facts(cameMinutesAgo: number, people: number, beganMinutesAgo = 60): Facts {
  const createdAt = minutesAgo(cameMinutesAgo);
  const request: Partial<RequestFact> = { at: now, method: 'PATCH', status: 204, resourceType: 'Group' };
  const given: Partial<Facts> = {
    now,
    users: 3000,
    early: { count: 500, inactive: 0, since: minutesAgo(beganMinutesAgo) },
    people: Array.from(
      { length: people },
      (_, at): PersonFact => ({ id: String(at), createdAt }) as PersonFact,
    ),
    requests: [request as RequestFact],
  };
  return given as Facts;
}

describe('the finding that the first people still arrive', () => {
  it.each([
    ['while only their groups are still being filled', facts(2, 200), true],
    ['up to ten minutes after the last of them', facts(11, 200), false],
    ['not for a newcomer or two', facts(1, 2), false],
    ['not in a company that began long ago', facts(1, 200, 3 * 24 * 60), false],
  ])('stands %s', (_, given, stands) => {
    expect(firstCycle?.find(given) != null).toBe(stands);
  });
});
