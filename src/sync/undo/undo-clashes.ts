import type { Db } from '../../database/db.ts';
import type { Pair } from './undo-statements.ts';
import { sql } from '../../database/sql.ts';
import type { SeatRoom } from '../../member-directory/members/seats.ts';
import type { RoleLedger } from '../decision/roles.ts';
import { withoutRole } from './undo-roles.ts';

/**
 * What an undo that is only looked at has not written: it would be in the database by the time of these changes.
 *
 * @property groups those that are restored before people return to them
 * @property addresses by member, the address that earlier changes of the undo give; null: they are removed
 */
export interface Foreseen {
  groups: ReadonlySet<string>;
  addresses: ReadonlyMap<string, string | null>;
}

/** An undo that is carried out finds in the database what it has done. */
export const nothingForeseen: Foreseen = { groups: new Set(), addresses: new Map() };

/**
 * Keeps the changes that cannot be undone because of others: an address that is taken, a group that is gone, no seat, no
 * room for a role, or nobody left with a privileged one.
 *
 * @param roles who has which role; null: nobody here has or had one
 */
export async function freeOfClashes(
  db: Db,
  workspaceId: string,
  pairs: Pair[],
  { seats, roles, foreseen }: { seats: SeatRoom | null; roles: RoleLedger | null; foreseen: Foreseen },
): Promise<Pair[]> {
  const groups = await freeOfGoneGroups(db, workspaceId, pairs, foreseen);
  const addresses = await freeOfTakenAddresses(db, workspaceId, groups, foreseen);
  return withinRoles(withinSeats(addresses, seats), roles);
}

/** Keeps those changes whose undo would make more members active than there are seats. */
function withinSeats(pairs: Pair[], seats: SeatRoom | null): Pair[] {
  if (seats === null) return pairs;
  const { limit } = seats;
  let { free } = seats;
  return pairs.map((pair): Pair => {
    const { change, reversal } = pair;
    if ('kept' in reversal) return pair;
    const was = change.member?.status === 'active';
    const is = reversal.member.status === 'active';
    if (is && !was && free < 1)
      return { ...pair, reversal: { kept: { code: 'no-seat-left', params: { limit } } } };
    free += Number(was) - Number(is);
    return pair;
  });
}

/**
 * Keeps those changes whose undo would take a privileged role from the last who has one, or give back one that is not free
 * any more. Who gets access again has it without such a role.
 */
function withinRoles(pairs: Pair[], roles: RoleLedger | null): Pair[] {
  if (roles === null) return pairs;
  return pairs.map((pair): Pair => {
    const { change, reversal } = pair;
    if ('kept' in reversal) return pair;
    if (roles.losesLast(change.member, reversal.member))
      return { ...pair, reversal: { kept: { code: 'last-admin-stays', params: {} } } };
    if (roles.lacksPlace(change.member, reversal.member)) {
      if (change.member?.status === 'active')
        return { ...pair, reversal: { kept: { code: 'role-not-free', params: {} } } };
      return { ...pair, reversal: { ...reversal, ...withoutRole(reversal.member, reversal.fields) } };
    }
    roles.note(change.member, reversal.member);
    return pair;
  });
}

/** Nobody can return to a group that a later run deleted. */
async function freeOfGoneGroups(
  db: Db,
  workspaceId: string,
  pairs: Pair[],
  foreseen: Foreseen,
): Promise<Pair[]> {
  const leftBy = ({ change }: Pair) => (change.groups?.left ?? []).map(({ id }) => id);
  const wanted = [...new Set(pairs.flatMap(leftBy))];
  if (wanted.length === 0) return pairs;
  const { rows } = await db.run(
    sql<{ id: string }>`
         SELECT id FROM member_group WHERE workspace_id = ${workspaceId} AND id = ANY (${wanted}::uuid[])`,
  );
  const there = new Set([...rows.map(({ id }) => id), ...foreseen.groups]);
  return pairs.map((pair) => {
    if ('kept' in pair.reversal || leftBy(pair).every((id) => there.has(id))) return pair;
    return { ...pair, reversal: { kept: { code: 'changed-since', params: {} } } };
  });
}

/** Keeps those changes whose earlier address belongs to somebody else by now. */
async function freeOfTakenAddresses(
  db: Db,
  workspaceId: string,
  pairs: Pair[],
  foreseen: Foreseen,
): Promise<Pair[]> {
  const { rows: holders } = await db.run(
    sql<{ id: string; email_key: string }>`
         SELECT id, email_key FROM member WHERE workspace_id = ${workspaceId} AND status <> 'removed'
           AND email_key = ANY (${pairs.flatMap(({ reversal }) => ('kept' in reversal ? [] : [reversal.member.emailKey]))}::text[])`,
  );
  const holderOf = new Map(
    holders.flatMap(({ email_key: key, id }) =>
      (foreseen.addresses.get(id) ?? key) === key && foreseen.addresses.get(id) !== null ? [[key, id]] : [],
    ),
  );
  for (const [id, key] of foreseen.addresses) if (key !== null) holderOf.set(key, id);
  let current = pairs;
  for (;;) {
    const leaving = new Set(
      current.flatMap(({ change, reversal }) => {
        if ('kept' in reversal || change.member === null) return [];
        const leaves =
          reversal.member.status === 'removed' || reversal.member.emailKey !== change.member.emailKey;
        return leaves ? [change.member.id] : [];
      }),
    );
    const next = current.map((pair): Pair => {
      const { reversal } = pair;
      if ('kept' in reversal || reversal.member.status === 'removed') return pair;
      const holder = holderOf.get(reversal.member.emailKey);
      const clashes = holder !== undefined && holder !== reversal.member.id && !leaving.has(holder);
      return clashes ? { ...pair, reversal: { kept: { code: 'address-taken-since', params: {} } } } : pair;
    });
    if (next.every((pair, at) => pair === current[at])) return next;
    current = next;
  }
}
