import type { Db } from '../../database/db.ts';
import { arrayLiteral } from '../../database/row-arrays.ts';
import { parameter, sql } from '../../database/sql.ts';
import { memberNameSql } from '../../member-directory/fields/member-name-sql.ts';
import type { Decision } from '../decision/decide.ts';
import type { Person } from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';

/** Most members in the chains above the people of one batch; with more, circles may go unnoticed. */
const chainMembersMax = 10_000;
/** Longest circle that is detected, in people. */
const circleLengthMax = 100;
/** Most people of a circle that a reason names. */
const namesShownMax = 10;

/**
 * Somebody in a chain of managers.
 *
 * @property managerId the manager's member, or the directory user of a manager without a member
 */
export interface ChainLink {
  name: string;
  managerId: string | null;
}

/** The manager of each member, by the member's id. */
export type ManagerChains = Map<string, ChainLink>;

/** Reads the managers of these members, and so on upwards, until the top or a circle. */
export async function readManagerChains(
  db: Db,
  workspaceId: string,
  from: readonly string[],
): Promise<ManagerChains> {
  if (from.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ id: string; name: string; manager_id: string | null }>`
         WITH RECURSIVE chain (id) AS (
       SELECT DISTINCT id FROM unnest(${arrayLiteral(from)}::uuid[]) AS wanted(id)
       UNION
       SELECT m.manager_id FROM chain CROSS JOIN LATERAL (
         SELECT manager_id FROM member WHERE workspace_id = ${workspace} AND id = chain.id OFFSET 0) m
       WHERE m.manager_id IS NOT NULL
     )
     SELECT m.id, ${memberNameSql('m')} AS name, m.manager_id
     FROM (SELECT id FROM chain LIMIT ${chainMembersMax}) above
     CROSS JOIN LATERAL (SELECT * FROM member WHERE workspace_id = ${workspace} AND id = above.id OFFSET 0) m`.onOneNode(
      workspaceId,
      { id: 'uuid', name: 'text', manager_id: 'uuid' },
    ),
  );
  return new Map(rows.map(({ id, name, manager_id: managerId }) => [id, { name, managerId }]));
}

/**
 * Notes in the reasons of those who would be their own manager over others that this is so (`managerCircle`). It
 * prevents nothing: only a reference is written, and only the identity provider knows which one is wrong.
 *
 * @param stored the chains as the database has them
 * @param planned what earlier batches of the plan decided; this batch is added to it
 * @param managerOf the directory user that a reference means, who has no member yet
 * @param memberIdOf the member that a directory user will have
 * @returns the decisions, in the same order
 */
export function withManagerCircles(
  people: readonly Person[],
  decisions: readonly Decision[],
  stored: ManagerChains,
  planned: ManagerChains,
  managerOf: (reference: string) => string | null,
  memberIdOf: (directoryUserId: string) => string | undefined,
): Decision[] {
  const starts = new Map<Decision, string>();
  for (const [at, decision] of decisions.entries()) {
    const member = decision.member ?? people[at]?.member ?? null;
    if (member === null) continue;
    const reference = decision.waitsFor?.manager ?? null;
    const awaited = reference === null ? null : managerOf(reference);
    const managerId = awaited ?? member.managerId;
    planned.set(member.id, { name: decision.name, managerId });
    if (managerId !== null && member.status === 'active' && isCarriedOut(decision))
      starts.set(decision, member.id);
  }
  const linkOf = (id: string) => planned.get(id) ?? stored.get(id);
  const above = (id: string) => {
    const managerId = linkOf(id)?.managerId ?? null;
    return managerId === null ? null : (memberIdOf(managerId) ?? managerId);
  };
  return decisions.map((decision) => {
    const id = starts.get(decision);
    const circle = id === undefined ? null : circleFrom(id, above);
    if (circle === null) return decision;
    const names = circle.map((each) => linkOf(each)?.name ?? '…');
    return { ...decision, reason: withCircle(decision.reason, names) };
  });
}

/** A change that is withheld has a reason of its own. */
function isCarriedOut({ kind }: Decision): boolean {
  return !['conflict', 'held', 'excluded', 'suppressed'].includes(kind);
}

/** The ids of the circle that somebody is on, beginning with them; null when they are on none. */
function circleFrom(start: string, above: (id: string) => string | null): string[] | null {
  const passed = new Set([start]);
  for (let id = above(start); id !== null; id = above(id)) {
    if (id === start) return [...passed];
    if (passed.has(id) || passed.size >= circleLengthMax) return null;
    passed.add(id);
  }
  return null;
}

function withCircle(reason: Reason, names: readonly string[]): Reason {
  const shown = names.length > namesShownMax ? [...names.slice(0, namesShownMax), '…'] : names;
  const managerCircle = [...shown, names[0]].join(' → ');
  return { ...reason, params: { ...reason.params, managerCircle } } as Reason;
}
