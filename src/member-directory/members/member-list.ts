import type { Place } from '../../http/paging/page.ts';
import type { Db } from '../../database/db.ts';
import { pageWithinSize } from '../../database/rows-within.ts';
import { list, nothing, parameter, type Parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import { memberNameSql } from '../fields/member-name-sql.ts';
import { type MemberRow, memberSelectList, memberSizeBytes, type MemberSort } from './member-row.ts';
import { isAddressSearch, type MemberSearch, partsAreIndexed, searchCondition } from './member-search.ts';
import type { MemberListQuery } from './member.dto.ts';

/** A row of {@link memberListStatement}. */
export type ListedMemberRow = MemberRow & { listed: number; sort_value: string | null };

/** What an order is by: the key, never null, as a text that a cursor holds, and that text as a key again. */
interface SortKey {
  key: Sql;
  text: Sql;
  fromText: (text: Sql) => Sql;
}

function textKey(key: Sql): SortKey {
  return { key, text: key, fromText: (text) => text };
}

/** To the microsecond, which is how PostgreSQL stores it. */
const updatedAt: SortKey = {
  key: sql`m.updated_at`,
  text: sql`(extract(epoch FROM m.updated_at) * 1000000)::bigint::text`,
  fromText: (text) => sql`'epoch'::timestamptz + ${text}::bigint * interval '1 microsecond'`,
};

/** Ids are made in order of time, so the order of creation needs no other key. */
const sortKeys: Readonly<Record<MemberSort, SortKey | null>> = {
  createdAt: null,
  name: textKey(sql`scim_fold(${memberNameSql('m')})`),
  email: textKey(sql`m.email_key`),
  updatedAt,
};

/** A page of the list, and one row more. */
export interface ListedPage {
  /** Which members it lists, and in which order. */
  filter: Omit<MemberListQuery, 'cursor' | 'limit' | 'search'>;
  search: MemberSearch | null;
  place: Place | null;
  limit: number;
  /** What else is read with each member, and where from. */
  beside?: { columns: Sql; join: (workspace: Parameter) => Sql };
}

/**
 * The statement that reads one page of members and one row more. The page begins after the place where the last one
 * ended, whatever has happened to the member at that place: members who keep their place are listed exactly once.
 */
export function memberListStatement(
  workspaceId: string,
  { filter, search, place, limit, beside }: ListedPage,
): Sql<ListedMemberRow> {
  const workspace = parameter(workspaceId);
  const key = sortKeys[filter.sort ?? 'createdAt'];
  const direction = filter.order === 'desc' ? sql`DESC` : sql`ASC`;
  const conditions = [
    sql`m.workspace_id = ${workspace}`,
    ...(place === null ? [] : [behind(key, place, filter.order)]),
    ...filterConditions(workspace, filter),
    ...(search === null ? [] : [searchCondition(search)]),
  ];
  const select = sql<ListedMemberRow>`
    SELECT ${memberSelectList(workspace)}, ${key?.text ?? sql`NULL`} AS sort_value${beside ? sql`, ${beside.columns}` : nothing}
    FROM member m ${beside?.join(workspace) ?? nothing}
    WHERE ${list(conditions, ' AND ')}
    ORDER BY ${key === null ? nothing : sql`${key.key} ${direction}, `}m.id ${direction} LIMIT ${limit + 1}`;
  return pageWithinSize(select, memberSizeBytes, pageSizeMaxBytes);
}

/** What comes after a place. Without a key, a place that has one belongs to another order and is followed by nothing. */
function behind(key: SortKey | null, { id, sortValue }: Place, order: 'asc' | 'desc' | undefined): Sql {
  const after = raw(order === 'desc' ? '<' : '>');
  if (key === null) return sql`m.id ${after} ${id}::uuid AND ${sortValue}::text IS NULL`;
  return sql`(${key.key}, m.id) ${after} (${key.fromText(sql`${sortValue}::text`)}, ${id}::uuid)`;
}

function filterConditions(workspace: Parameter, filter: ListedPage['filter']): Sql[] {
  const { status, source, managerId, groupId, held, linkable, suspended } = filter;
  const conditions = [status === undefined ? sql`m.status <> 'removed'` : sql`m.status = ${status}`];
  if (source !== undefined) conditions.push(sql`m.source = ${source}`);
  if (managerId !== undefined) conditions.push(sql`m.manager_id = ${managerId}`);
  if (groupId !== undefined) {
    conditions.push(sql`EXISTS (SELECT 1 FROM member_group_member gm
      WHERE gm.workspace_id = ${workspace} AND gm.group_id = ${groupId} AND gm.member_id = m.id)`);
  }
  if (held !== undefined) conditions.push(heldCondition(workspace, held === 'true'));
  if (linkable !== undefined) conditions.push(linkableCondition(workspace, linkable === 'true'));
  if (suspended !== undefined) {
    conditions.push(suspended === 'true' ? sql`m.suspension IS NOT NULL` : sql`m.suspension IS NULL`);
  }
  return conditions;
}

/** Few members are held as a rule, so they are looked up one by one. */
function heldCondition(workspace: Parameter, isHeld: boolean): Sql {
  const links = sql`SELECT l.member_id FROM sync_link l WHERE l.workspace_id = ${workspace} AND l.state = 'held'`;
  if (isHeld) return sql`m.status = 'active' AND m.id = ANY (ARRAY(${links}))`;
  return sql`NOT (m.status = 'active' AND EXISTS (${links} AND l.member_id = m.id))`;
}

/** The member of a person who is active in the directory stays theirs; one who was removed belongs to nobody. */
function linkableCondition(workspace: Parameter, isLinkable: boolean): Sql {
  const taken = sql`EXISTS (SELECT 1 FROM sync_link l
    JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
    WHERE l.workspace_id = ${workspace} AND l.member_id = m.id AND u.active)`;
  return isLinkable ? sql`m.status <> 'removed' AND NOT ${taken}` : sql`(m.status = 'removed' OR ${taken})`;
}

/** Which members a list shows, whatever page and order. */
export type MemberFilter = Omit<MemberListQuery, 'cursor' | 'limit' | 'sort' | 'order' | 'total'>;

/** One page of the list, and one row more. */
export async function readMemberPage<Row extends ListedMemberRow>(
  db: Db,
  workspaceId: string,
  filter: Omit<MemberListQuery, 'cursor' | 'limit'>,
  page: Pick<ListedPage, 'place' | 'limit' | 'beside'>,
): Promise<Row[]> {
  return searching(db, filter, page.place === null, async (search) => {
    const { rows } = await db.run(memberListStatement(workspaceId, { filter, search, ...page }));
    return rows as Row[];
  });
}

/** Everybody on a list with this filter, in order of creation; at most so many. */
export async function readMemberIds(
  db: Db,
  workspaceId: string,
  filter: MemberFilter,
  most: number,
): Promise<string[]> {
  const ids = await searching(db, filter, true, async (search) => {
    const shown = shownBy(workspaceId, filter, search);
    const { rows } = await db.run(
      sql<{ id: string }>`SELECT m.id FROM member m WHERE ${shown} ORDER BY m.id LIMIT ${most}`,
    );
    return rows;
  });
  return ids.map(({ id }) => id);
}

/** How many members a list with this filter shows, on all its pages. */
export async function countMembers(db: Db, workspaceId: string, filter: MemberFilter): Promise<number> {
  const [counted] = await searching(db, filter, true, async (search) => {
    const shown = shownBy(workspaceId, filter, search);
    const { rows } = await db.run(
      sql<{ count: number }>`SELECT count(*)::integer AS count FROM member m WHERE ${shown}`,
    );
    return rows.filter(({ count }) => count > 0);
  });
  return counted?.count ?? 0;
}

function shownBy(workspaceId: string, filter: MemberFilter, search: MemberSearch | null): Sql {
  const workspace = parameter(workspaceId);
  const conditions = [
    sql`m.workspace_id = ${workspace}`,
    ...filterConditions(workspace, filter),
    ...(search === null ? [] : [searchCondition(search)]),
  ];
  return list(conditions, ' AND ');
}

/**
 * Reads with the search of a filter. A whole address finds the member who has it. An address that nobody has is searched
 * for as a part of others.
 *
 * @param isWhole whether it is read from the beginning: what follows an address that was found would be others
 */
async function searching<Row>(
  db: Db,
  { search: text = '', status }: Pick<MemberFilter, 'search' | 'status'>,
  isWhole: boolean,
  read: (search: MemberSearch | null) => Promise<Row[]>,
): Promise<Row[]> {
  if (searchForms(text).length === 0) return read(null);
  if (isWhole && isAddressSearch(text, status)) {
    const found = await read({ kind: 'address', text });
    if (found.length > 0) return found;
  }
  return read({ kind: (await partsAreIndexed(db)) ? 'part' : 'beginning', text });
}
