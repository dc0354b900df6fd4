import type { EntityManager } from 'typeorm';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { dbOf } from '../../database/db-of.ts';
import { settleSuspensions } from './suspend-held.ts';
import { inPipeline } from '../../database/statement-pipeline.ts';
import { parameter, sql } from '../../database/sql.ts';
import { ConflictError, NotFoundError } from '../../errors/domain-errors.ts';
import { releaseLink } from '../planning/former-links.ts';
import { releaseHolds } from './release-holds.ts';

/**
 * Makes sure that a member can be linked to a person. A link to somebody who is inactive in the directory, or gone, is
 * released; the member of somebody who is active stays theirs.
 *
 * @param link the directory user, the member, and the admin who says that the two are one
 * @returns the member's folded address
 * @throws NotFoundError, ConflictError `member-removed`, `member-linked`
 */
export async function freeMember(
  manager: EntityManager,
  workspaceId: string,
  link: { directoryUserId: string; memberId: string; by: string },
  now: Date,
  events: MemberEvents,
): Promise<{ emailKey: string }> {
  const { directoryUserId, memberId, by } = link;
  const db = dbOf(manager);
  const found = await db.run(
    sql<{ status: string; email_key: string }>`SELECT status, email_key FROM member
     WHERE workspace_id = ${workspaceId} AND id = ${memberId} FOR UPDATE`,
  );
  const [member] = found.rows;
  if (member === undefined) throw new NotFoundError('member');
  if (member.status === 'removed') throw new ConflictError('member-removed', 'This member was removed.');
  // Read behind the lock, so that of two requests for the same member the second sees what the first did.
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ id: string; state: string; is_active: boolean }>`
     SELECT l.directory_user_id AS id, l.state, coalesce(u.active, false) AS is_active FROM sync_link l
     LEFT JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
     WHERE l.workspace_id = ${workspace} AND l.member_id = ${memberId}
       AND l.directory_user_id <> ${directoryUserId}`,
  );
  const [holder] = rows;
  if (holder?.is_active === true) {
    throw new ConflictError(
      'member-linked',
      'This member belongs to another person of the directory, who is active.',
      {
        directoryUserId: holder.id,
      },
    );
  }
  if (holder !== undefined) {
    if (holder.state === 'held') {
      await inPipeline(manager, (db) => releaseHolds(db, workspaceId, [holder.id], now, 'linked-since'));
    }
    await releaseLink(
      dbOf(manager),
      workspaceId,
      { directoryUserId: holder.id, givenTo: directoryUserId, givenBy: by },
      now,
    );
    await settleSuspensions(dbOf(manager), { workspaceId, now, events }, [memberId]);
  }
  return { emailKey: member.email_key };
}
