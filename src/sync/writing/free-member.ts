import type { EntityManager } from 'typeorm';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { dbOf } from '../../database/db-of.ts';
import { settleSuspensions } from './suspend-held.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { parameter, sql } from '../../database/sql.ts';
import { ConflictError, type DomainError, NotFoundError } from '../../errors/domain-errors.ts';
import { releaseLinks } from '../planning/former-links.ts';
import { releaseHolds } from './release-holds.ts';

/** A person of the directory, and the member that an admin says they are. */
export interface WantedLink {
  directoryUserId: string;
  memberId: string;
}

/** Who has a member by now. */
interface Holder {
  memberId: string;
  id: string;
  state: string;
  isActive: boolean;
}

/**
 * Makes sure that members can be linked to people. A link to somebody who is inactive in the directory, or gone, is
 * released; the member of somebody who is active stays theirs.
 *
 * @param links each person once
 * @param by the admin who says that the two are one
 * @returns for each person the member's folded address, or why not: NotFoundError, ConflictError `member-removed`,
 * `member-linked`
 */
export async function freeMembers(
  manager: EntityManager,
  { workspaceId, by, now, events }: { workspaceId: string; by: string; now: Date; events: MemberEvents },
  links: readonly WantedLink[],
): Promise<Map<string, { emailKey: string } | DomainError>> {
  const memberIds = links.map(({ memberId }) => memberId.toLowerCase());
  const members = await lockMembers(manager, workspaceId, memberIds);
  const holders = await readHolders(manager, workspaceId, memberIds);
  const given = new Set<string>();
  const released: (Holder & { givenTo: string })[] = [];
  const outcomes = new Map<string, { emailKey: string } | DomainError>();
  for (const { directoryUserId, memberId } of links) {
    const id = memberId.toLowerCase();
    const member = members.get(id);
    const holder = holders.get(id);
    if (member === undefined) {
      outcomes.set(directoryUserId, new NotFoundError('member'));
      continue;
    }
    const refusal = given.has(id) ? memberLinked(holder?.id) : whyNotLinked(member, holder, directoryUserId);
    if (refusal !== null) {
      outcomes.set(directoryUserId, refusal);
      continue;
    }
    given.add(id);
    if (holder !== undefined && holder.id !== directoryUserId)
      released.push({ ...holder, givenTo: directoryUserId });
    outcomes.set(directoryUserId, { emailKey: member.emailKey });
  }
  const held = released.filter(({ state }) => state === 'held').map(({ id }) => id);
  await inPipeline(manager, (db) => releaseHolds(db, workspaceId, held, now, 'linked-since'));
  const formers = released.map(({ id, givenTo }) => ({ directoryUserId: id, givenTo, givenBy: by }));
  await releaseLinks(dbOf(manager), workspaceId, formers, now);
  const settled = released.map(({ memberId }) => memberId);
  await settleSuspensions(dbOf(manager), { workspaceId, now, events }, settled);
  return outcomes;
}

/**
 * Why a person cannot be this member: ConflictError `member-removed`, `member-linked`; null when they can. The member of
 * somebody who is active in the directory stays theirs.
 *
 * @param holder whose member it is by now
 */
export function whyNotLinked(
  member: { status: string },
  holder: { id: string; isActive: boolean } | undefined,
  directoryUserId: string,
): ConflictError | null {
  if (member.status === 'removed') return new ConflictError('member-removed', 'This member was removed.');
  return holder?.isActive === true && holder.id !== directoryUserId ? memberLinked(holder.id) : null;
}

function memberLinked(directoryUserId: string | undefined): ConflictError {
  return new ConflictError(
    'member-linked',
    'This member belongs to another person of the directory, who is active.',
    directoryUserId === undefined ? {} : { directoryUserId },
  );
}

async function lockMembers(
  manager: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, { status: string; emailKey: string }>> {
  const { rows } = await dbOf(manager).run(sql<{ id: string; status: string; emailKey: string }>`
    SELECT id, status, email_key AS "emailKey" FROM member
    WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`);
  return new Map(rows.map(({ id, ...member }) => [id, member]));
}

/** Read behind the lock, so that of two requests for the same member the second sees what the first did. */
async function readHolders(
  manager: EntityManager,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<Map<string, Holder>> {
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(manager).run(sql<Holder>`
    SELECT l.member_id AS "memberId", l.directory_user_id AS id, l.state, coalesce(u.active, false) AS "isActive"
    FROM sync_link l
    LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
    WHERE l.workspace_id = ${workspace} AND l.member_id = ANY (${memberIds}::uuid[])`);
  return new Map(rows.map((holder) => [holder.memberId, holder]));
}
