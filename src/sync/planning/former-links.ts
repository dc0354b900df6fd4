import type { MemberEvents } from '../../member-directory/events/member-events.ts';
import { type ArrayColumns, arrayLiteral, rowsFrom } from '../../database/row-arrays.ts';
import type { Db } from '../../database/db.ts';
import { parameter, raw, sql, when } from '../../database/sql.ts';
import { because, enqueue, queueRow } from '../../sync-queue/enqueue.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { FormerMember, Person } from '../decision/person.ts';

/**
 * Adds the member that people without one had before an admin linked it to another person. People who come back under
 * another id are recognized by their `externalId`.
 *
 * @param lock whether to lock those members, which the caller may write
 */
export async function addFormerMembers(
  db: Db,
  workspaceId: string,
  people: readonly Person[],
  lock: boolean,
): Promise<void> {
  const unlinked = people.filter(({ member }) => member === null);
  if (unlinked.length === 0) return;
  const workspace = parameter(workspaceId);
  const ids = arrayLiteral(unlinked.map(({ directoryUserId }) => directoryUserId));
  const externalIds = unlinked.map(
    ({ directoryUser, link }) => directoryUser?.externalId ?? link?.externalId ?? null,
  );
  const { rows } = await db.run(
    sql<FormerMember & { id: string }>`
     SELECT w.id, ${memberJson('m')} AS member, f.given_by AS "givenBy", l.directory_user_id AS "heldBy",
       coalesce((SELECT active FROM directory_user WHERE workspace_id = ${workspace}
         AND id = l.directory_user_id), false)
         AS "holderIsActive"
     FROM unnest(${ids}::uuid[], ${externalIds}::text[]) AS w(id, external_id)
     CROSS JOIN LATERAL (
       SELECT * FROM (
         (SELECT * FROM former_link WHERE workspace_id = ${workspace} AND directory_user_id = w.id)
         UNION ALL
         (SELECT * FROM former_link WHERE workspace_id = ${workspace} AND external_id = w.external_id)) found
       ORDER BY given_at DESC LIMIT 1) f
     CROSS JOIN LATERAL (
       SELECT * FROM member WHERE workspace_id = ${workspace} AND id = f.member_id
       OFFSET 0 ${when(lock, sql`FOR NO KEY UPDATE`)}) m
     LEFT JOIN LATERAL (
       SELECT directory_user_id FROM sync_link WHERE workspace_id = ${workspace}
         AND member_id = m.id OFFSET 0) l ON true`.onOneNode(workspaceId, {
      id: 'uuid',
      member: 'json',
      givenBy: 'text',
      heldBy: 'uuid',
      holderIsActive: 'boolean',
    }),
  );
  const formers = new Map(rows.map(({ id, ...former }) => [id, former]));
  for (const person of unlinked) person.former = formers.get(person.directoryUserId) ?? null;
}

/** A link that is released, because an admin linked the member to another person. */
export interface ReleasedLink {
  directoryUserId: string;
  givenTo: string;
  givenBy: string;
}

const releasedColumns: ArrayColumns<ReleasedLink> = {
  id: { type: 'uuid', of: ({ directoryUserId }) => directoryUserId },
  given_to: { type: 'uuid', of: ({ givenTo }) => givenTo },
  given_by: { type: 'text', of: ({ givenBy }) => givenBy },
};

/** Releases the links of members, because an admin linked them to other people, and remembers it. */
export async function releaseLinks(
  db: Db,
  workspaceId: string,
  links: readonly ReleasedLink[],
  now: Date,
): Promise<void> {
  if (links.length === 0) return;
  const workspace = parameter(workspaceId);
  await db.run(
    sql`WITH released AS (
       DELETE FROM sync_link l USING ${rowsFrom(releasedColumns, links)}
       WHERE l.workspace_id = ${workspace} AND l.directory_user_id = x.id
       RETURNING l.directory_user_id, l.member_id, l.external_id, l.name, x.given_to, x.given_by
     )
     INSERT INTO former_link
       (workspace_id, directory_user_id, member_id, external_id, name, given_to, given_by, given_at)
     SELECT ${workspace}, directory_user_id, member_id, external_id, name, given_to, given_by, ${now}
     FROM released WHERE member_id IS NOT NULL
     ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET member_id = excluded.member_id,
       external_id = excluded.external_id, name = excluded.name, given_to = excluded.given_to,
       given_by = excluded.given_by, given_at = excluded.given_at`,
  );
}

/**
 * Gives members back to the people they were linked to before, because an admin's link is undone, and queues these
 * people. A member that somebody else has by now stays with them.
 *
 * @param events is told of members whose id at the identity provider changes with that
 * @param givenTo the directory users whose link is undone; they have let go of their members already
 */
export async function giveBackMembers(
  db: Db,
  workspaceId: string,
  givenTo: readonly string[],
  now: Date,
  events: MemberEvents,
): Promise<void> {
  if (givenTo.length === 0) return;
  const workspace = parameter(workspaceId);
  const queued = queueRow({
    workspace: raw('workspace_id'),
    person: 'directory_user_id',
    cause: because('admin'),
    dueAt: raw('now'),
  });
  const { rows } = await db.run(
    sql<{ memberId: string; before: string | null; after: string | null }>`WITH former AS (
       DELETE FROM former_link f WHERE workspace_id = ${workspace} AND given_to = ANY (${[...givenTo]}::uuid[])
         AND NOT EXISTS (
         SELECT 1 FROM sync_link l WHERE l.workspace_id = ${workspace} AND l.member_id = f.member_id)
       RETURNING directory_user_id, member_id, external_id, name
     ), linked AS (
       INSERT INTO sync_link (workspace_id, directory_user_id, member_id, external_id, state, name, updated_at)
       SELECT ${workspace}, directory_user_id, member_id, external_id, 'linked', name, ${now} FROM former
       ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET member_id = excluded.member_id,
         external_id = excluded.external_id WHERE sync_link.member_id IS NULL
       RETURNING workspace_id, directory_user_id, member_id, external_id
     ), old AS (
       SELECT m.id, m.external_id AS before, l.external_id AS after FROM linked l
       JOIN member m ON m.workspace_id = ${workspace} AND m.id = l.member_id
     ), known AS (
       UPDATE member m SET external_id = old.after, version = m.version + 1 FROM old
       WHERE m.workspace_id = ${workspace} AND m.id = old.id AND m.external_id IS DISTINCT FROM old.after
       RETURNING m.id, old.before, old.after
     ), moment AS (
       SELECT ${now}::timestamptz AS now
     ), queued AS (
       ${enqueue(sql`SELECT ${queued} FROM linked, moment ORDER BY directory_user_id`, 'refresh')}
     )
     SELECT id AS "memberId", before, after FROM known`,
  );
  for (const { memberId, before, after } of rows) {
    events.member('member.updated', memberId, [{ field: 'idp.externalId', before, after }]);
  }
}

/** Forgets the former members of people who have one now, or who an admin says are somebody else. */
export async function forgetFormer(db: Db, workspaceId: string, people: readonly Person[]): Promise<void> {
  const known = people.filter(({ former }) => former !== null);
  if (known.length === 0) return;
  const ids = known.map(({ directoryUserId }) => directoryUserId);
  const externalIds = known.flatMap(({ directoryUser }) => directoryUser?.externalId ?? []);
  await db.run(
    sql`DELETE FROM former_link WHERE workspace_id = ${workspaceId}
       AND (directory_user_id = ANY (${ids}::uuid[]) OR external_id = ANY (${externalIds}::text[]))`,
  );
}
