import { decodePlace } from '../audit/page.ts';
import type { SealedCursors } from '../database/cursor-seal.ts';
import { listWithin } from '../database/rows-within.ts';
import { pageSizeMaxBytes } from '../scim-core/limits.ts';
import { foldCase } from '../scim-core/fold.ts';
import { type MemberRow, memberSelectList, memberSizeBytes, type MemberSort } from './member-row.ts';
import type { MemberListQuery } from './member.dto.ts';

/** A row of {@link memberListStatement}. */
export type ListedMemberRow = MemberRow & { listed: number; sort_value: string | null };

/** What an order is by: the key, never null, as a text that a cursor holds, and that text as a key again. */
interface SortKey {
  sql: string;
  text: string;
  fromText: (text: string) => string;
}

function textKey(sql: string): SortKey {
  return { sql, text: sql, fromText: (text) => text };
}

/** To the microsecond, as PostgreSQL holds it. */
const updatedAt: SortKey = {
  sql: 'm.updated_at',
  text: '(extract(epoch FROM m.updated_at) * 1000000)::bigint::text',
  fromText: (text) => `'epoch'::timestamptz + ${text}::bigint * interval '1 microsecond'`,
};

/** Ids are made in the order of time, so the creation needs no other key. */
const sortKeys: Readonly<Record<MemberSort, SortKey | null>> = {
  createdAt: null,
  name: textKey(
    `scim_fold(coalesce(m.display_name, nullif(concat_ws(' ', m.first_name, m.last_name), ''), m.email))`,
  ),
  email: textKey('m.email_key'),
  updatedAt,
};

/**
 * The statement that reads one page of members and one row more. The page goes on after the place where the last one
 * ended, whatever has become of the member who stood there: whoever keeps his place is listed exactly once.
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
  const place = decodePlace(cursors, query.cursor);
  const behind =
    key === null
      ? `m.id ${after} $2::uuid AND $3::text IS NULL`
      : `(${key.sql}, m.id) ${after} (${key.fromText('$3::text')}, $2::uuid)`;
  const order = key === null ? `m.id ${direction}` : `${key.sql} ${direction}, m.id ${direction}`;
  const select = `SELECT ${memberSelectList}, ${key?.text ?? 'NULL'} AS sort_value FROM member m
    WHERE m.workspace_id = $1
      AND ($2::uuid IS NULL OR (${behind}))
      AND CASE WHEN $4::text IS NULL THEN m.status <> 'removed' ELSE m.status = $4 END
      AND ($5::text IS NULL OR m.source = $5)
      AND ($6::text IS NULL OR strpos(
        scim_fold(concat_ws(' ', m.email, m.display_name, m.first_name, m.last_name)), $6) > 0)
      AND ($7::uuid IS NULL OR m.manager_id = $7)
      AND ($8::uuid IS NULL OR EXISTS (SELECT 1 FROM member_group_member gm
        WHERE gm.workspace_id = $1 AND gm.group_id = $8 AND gm.member_id = m.id))
    ORDER BY ${order} LIMIT $9`;
  const parameters = [
    workspaceId,
    place?.id ?? null,
    place?.sortValue ?? null,
    query.status ?? null,
    query.source ?? null,
    query.search === undefined || query.search === '' ? null : foldCase(query.search),
    query.managerId ?? null,
    query.groupId ?? null,
    query.limit + 1,
  ];
  return { sql: listWithin(select, memberSizeBytes, pageSizeMaxBytes), parameters };
}
