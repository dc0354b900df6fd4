import type { Queryable } from '../../database/queryable.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import type { Decision } from '../decision/decide.ts';
import type { Person } from '../decision/person.ts';

/** Most members of the chains above the people of one batch; of more, circles may stay unseen. */
const chainMembersMax = 10_000;
/** Longest circle that is looked for, in people. */
const circleLengthMax = 100;
/** Most people of a circle who are named. */
const namesShownMax = 10;

/**
 * Somebody on the way up from one manager to the next.
 *
 * @property managerId the manager's member; of a manager who has none yet the directory user
 */
export interface ChainLink {
  name: string;
  managerId: string | null;
}

/** Who manages whom, by the id of the member. */
export type ManagerChains = Map<string, ChainLink>;

/** Reads whom these members report to, and so on upwards. A circle ends it as the top does. */
export async function readManagerChains(
  db: Queryable,
  workspaceId: string,
  from: readonly string[],
): Promise<ManagerChains> {
  if (from.length === 0) return new Map();
  const rows = await db.query<{ id: string; name: string; manager_id: string | null }[]>(
    `WITH RECURSIVE chain (id) AS (
       SELECT DISTINCT id FROM unnest($2::uuid[]) AS wanted(id)
       UNION
       SELECT m.manager_id FROM chain CROSS JOIN LATERAL (
         SELECT manager_id FROM member WHERE workspace_id = $1 AND id = chain.id OFFSET 0) m
       WHERE m.manager_id IS NOT NULL
     )
     SELECT m.id, coalesce(m.display_name, m.email) AS name, m.manager_id
     FROM (SELECT id FROM chain LIMIT ${chainMembersMax}) above
     CROSS JOIN LATERAL (SELECT * FROM member WHERE workspace_id = $1 AND id = above.id OFFSET 0) m`,
    [workspaceId, arrayLiteral(from)],
  );
  return new Map(rows.map(({ id, name, manager_id: managerId }) => [id, { name, managerId }]));
}

/**
 * Says of everybody who would be their own manager over others that this is so (`managerCircle`). It hinders nothing: a
 * reference is all that is written, and only the identity provider knows which one is wrong.
 *
 * @param stored the chains as the database has them
 * @param planned what earlier batches of the plan decided; this batch is added to it
 * @param managerOf the directory user whom a reference means that waits for its member
 * @param memberIdOf the member whom a directory user will have
 */
export function noteManagerCircles(
  people: readonly Person[],
  decisions: readonly Decision[],
  stored: ManagerChains,
  planned: ManagerChains,
  managerOf: (reference: string) => string | null,
  memberIdOf: (directoryUserId: string) => string | undefined,
): void {
  const starts: { id: string; decision: Decision }[] = [];
  for (const [at, decision] of decisions.entries()) {
    const member = decision.member ?? people[at]?.member ?? null;
    if (member === null) continue;
    const pending = decision.reason.params.managerPending;
    const awaited = typeof pending === 'string' ? managerOf(pending) : null;
    const managerId = awaited ?? member.managerId;
    planned.set(member.id, { name: decision.name, managerId });
    if (managerId !== null && member.status === 'active' && isCarriedOut(decision))
      starts.push({ id: member.id, decision });
  }
  const linkOf = (id: string) => planned.get(id) ?? stored.get(id);
  const above = (id: string) => {
    const managerId = linkOf(id)?.managerId ?? null;
    return managerId === null ? null : (memberIdOf(managerId) ?? managerId);
  };
  for (const { id, decision } of starts) {
    const circle = circleFrom(id, above);
    if (circle !== null)
      decision.reason = withCircle(
        decision.reason,
        circle.map((each) => linkOf(each)?.name ?? '…'),
      );
  }
}

/** What is kept back has a reason of its own. */
function isCarriedOut({ kind }: Decision): boolean {
  return !['conflict', 'held', 'excluded', 'suppressed'].includes(kind);
}

/** The ids of the circle on which somebody is, beginning there; null when they are on none. */
function circleFrom(start: string, above: (id: string) => string | null): string[] | null {
  const passed = new Set([start]);
  for (let id = above(start); id !== null; id = above(id)) {
    if (id === start) return [...passed];
    if (passed.has(id) || passed.size >= circleLengthMax) return null;
    passed.add(id);
  }
  return null;
}

function withCircle(reason: Decision['reason'], names: readonly string[]): Decision['reason'] {
  const shown = names.length > namesShownMax ? [...names.slice(0, namesShownMax), '…'] : names;
  return { ...reason, params: { ...reason.params, managerCircle: [...shown, names[0]].join(' → ') } };
}
