import { decodeCursor } from '../audit/page.ts';
import type { SealedCursors } from '../database/cursor-seal.ts';
import { listWithin } from '../database/rows-within.ts';
import { pageSizeMaxBytes } from '../scim-core/limits.ts';
import { foldCase } from '../scim-core/fold.ts';
import { memberSelectList, memberSizeBytes, type MemberSort } from './member-row.ts';
import type { MemberListQuery } from './member.dto.ts';

/** What the order is by; ids are made in the order of time, so the creation needs no other key. */
const sortKeys: Readonly<Record<MemberSort, string | null>> = {
  createdAt: null,
  name: `scim_fold(coalesce(m.display_name, nullif(concat_ws(' ', m.first_name, m.last_name), ''), m.email))`,
  email: 'm.email_key',
  updatedAt: 'm.updated_at',
};

const heldLinks = `SELECT l.member_id FROM sync_link l WHERE l.workspace_id = $1 AND l.state = 'held'`;

/** Those who are held are few as a rule, and are looked up one by one. */
const heldConditions = {
  true: `AND m.status = 'active' AND m.id = ANY (ARRAY(${heldLinks}))`,
  false: `AND NOT (m.status = 'active' AND EXISTS (${heldLinks} AND l.member_id = m.id))`,
} as const;

/**
 * The statement that reads one page of members and one row more. The page goes on after a member, wherever he stands by
 * then, so that nobody is skipped while others change.
 *
 * @throws BadInputError when the cursor is none of ours
 */
export function memberListStatement(
  cursors: SealedCursors,
  workspaceId: string,
  query: MemberListQuery,
): { sql: string; parameters: unknown[] } {
  const key = sortKeys[query.sort ?? 'createdAt'];
  const [direction, after] = query.order === 'desc' ? ['DESC', '<'] : ['ASC', '>'];
  const position = key === null ? 'm.id' : `${key}, m.id`;
  const order = key === null ? `m.id ${direction}` : `${key} ${direction}, m.id ${direction}`;
  const select = `SELECT ${memberSelectList} FROM member m
    WHERE m.workspace_id = $1
      AND ($2::uuid IS NULL OR (${position}) ${after} (
        SELECT ${position} FROM member m WHERE m.workspace_id = $1 AND m.id = $2))
      AND CASE WHEN $3::text IS NULL THEN m.status <> 'removed' ELSE m.status = $3 END
      AND ($4::text IS NULL OR m.source = $4)
      AND ($5::text IS NULL OR strpos(
        scim_fold(concat_ws(' ', m.email, m.display_name, m.first_name, m.last_name)), $5) > 0)
      AND ($6::uuid IS NULL OR m.manager_id = $6)
      AND ($7::uuid IS NULL OR EXISTS (SELECT 1 FROM member_group_member gm
        WHERE gm.workspace_id = $1 AND gm.group_id = $7 AND gm.member_id = m.id))
      ${query.held === undefined ? '' : heldConditions[query.held]}
    ORDER BY ${order} LIMIT $8`;
  const parameters = [
    workspaceId,
    decodeCursor(cursors, query.cursor),
    query.status ?? null,
    query.source ?? null,
    query.search === undefined || query.search === '' ? null : foldCase(query.search),
    query.managerId ?? null,
    query.groupId ?? null,
    query.limit + 1,
  ];
  return { sql: listWithin(select, memberSizeBytes, pageSizeMaxBytes), parameters };
}
