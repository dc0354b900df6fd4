import type { Place } from '../../http/paging/page.ts';
import type { Queryable } from '../../database/queryable.ts';
import { listWithin } from '../../database/rows-within.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { type MemberRow, memberSelectList, memberSizeBytes, type MemberSort } from './member-row.ts';
import { isAddressSearch, type MemberSearch, partsAreIndexed, searchCondition } from './member-search.ts';
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

const heldLinks = `SELECT l.member_id FROM sync_link l WHERE l.workspace_id = $1 AND l.state = 'held'`;

/** Those who are held are few as a rule, and are looked up one by one. */
const heldConditions = {
  true: `AND m.status = 'active' AND m.id = ANY (ARRAY(${heldLinks}))`,
  false: `AND NOT (m.status = 'active' AND EXISTS (${heldLinks} AND l.member_id = m.id))`,
} as const;

/** Ids are made in the order of time, so the creation needs no other key. */
const sortKeys: Readonly<Record<MemberSort, SortKey | null>> = {
  createdAt: null,
  name: textKey(
    `scim_fold(coalesce(m.display_name, nullif(concat_ws(' ', m.first_name, m.last_name), ''), m.email))`,
  ),
  email: textKey('m.email_key'),
  updatedAt,
};

/** A page of the list, and one row more. */
export interface ListedPage {
  /** Which members it lists, and in which order. */
  filter: Omit<MemberListQuery, 'cursor' | 'limit' | 'search'>;
  search: MemberSearch | null;
  place: Place | null;
  limit: number;
  /** What else is read of each, and where from. */
  beside?: { columns: string; join: string };
}

/**
 * The statement that reads one page of members and one row more. The page goes on after the place where the last one
 * ended, whatever has become of the member who stood there: those who keep their place are listed exactly once.
 */
export function memberListStatement(
  workspaceId: string,
  { filter: query, search, place, limit, beside }: ListedPage,
): { sql: string; parameters: unknown[] } {
  const key = sortKeys[query.sort ?? 'createdAt'];
  const [direction, after] = query.order === 'desc' ? ['DESC', '<'] : ['ASC', '>'];
  const behind =
    key === null
      ? `m.id ${after} $2::uuid AND $3::text IS NULL`
      : `(${key.sql}, m.id) ${after} (${key.fromText('$3::text')}, $2::uuid)`;
  const order = key === null ? `m.id ${direction}` : `${key.sql} ${direction}, m.id ${direction}`;
  const parameters: unknown[] = [
    workspaceId,
    place?.id ?? null,
    place?.sortValue ?? null,
    query.status ?? null,
    query.source ?? null,
    query.managerId ?? null,
    query.groupId ?? null,
    limit + 1,
  ];
  const found = search === null ? 'true' : searchCondition(search, parameters);
  const select = `SELECT ${memberSelectList}, ${key?.text ?? 'NULL'} AS sort_value${beside ? `, ${beside.columns}` : ''}
    FROM member m ${beside?.join ?? ''}
    WHERE m.workspace_id = $1
      AND ($2::uuid IS NULL OR (${behind}))
      AND CASE WHEN $4::text IS NULL THEN m.status <> 'removed' ELSE m.status = $4 END
      AND ($5::text IS NULL OR m.source = $5)
      AND ($6::uuid IS NULL OR m.manager_id = $6)
      AND ($7::uuid IS NULL OR EXISTS (SELECT 1 FROM member_group_member gm
        WHERE gm.workspace_id = $1 AND gm.group_id = $7 AND gm.member_id = m.id))
      AND ${found}
      ${query.held === undefined ? '' : heldConditions[query.held]}
    ORDER BY ${order} LIMIT $8`;
  return { sql: listWithin(select, memberSizeBytes, pageSizeMaxBytes), parameters };
}

/**
 * One page of the list, and one row more. A whole address finds the member who has it; one that nobody has is looked for
 * as a part of others.
 */
export async function readMemberPage<Row extends ListedMemberRow>(
  db: Queryable,
  workspaceId: string,
  filter: Omit<MemberListQuery, 'cursor' | 'limit'>,
  page: Pick<ListedPage, 'place' | 'limit' | 'beside'>,
): Promise<Row[]> {
  const { search: text = '' } = filter;
  const read = (search: MemberSearch | null): Promise<Row[]> => {
    const { sql, parameters } = memberListStatement(workspaceId, { filter, search, ...page });
    return db.query<Row[]>(sql, parameters);
  };
  if (text === '') return read(null);
  if (page.place === null && isAddressSearch(text, filter.status)) {
    const found = await read({ kind: 'address', text });
    if (found.length > 0) return found;
  }
  return read({ kind: (await partsAreIndexed(db)) ? 'part' : 'beginning', text });
}
