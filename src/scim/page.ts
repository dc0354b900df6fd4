import type { FilterTarget } from '../scim-core/filter/sql.ts';
import { filterToSql, sortToSql } from '../scim-core/filter/sql.ts';
import type { ListRequest } from '../scim-core/list-request.ts';

/** A list query in SQL: condition and order, and where the page lies (RFC 7644 §3.4.2.4). */
export interface PageRequest {
  where: string;
  orderBy: string;
  offset: number;
  limit: number;
  parameters: unknown[];
}

/** The rows of a page, and how many rows match in all. */
export interface Page<Row> {
  total: number;
  rows: Row[];
}

/**
 * Puts a list request into SQL for one workspace. Without `sortBy` the order is that of creation, always total, so
 * that pages neither overlap nor leave anyone out while nobody is deleted.
 *
 * @param alias the table's alias in the statement
 * @throws ScimError `invalidFilter` for a filter that cannot be put into SQL
 */
export function pageRequest(
  workspaceId: string,
  request: ListRequest,
  alias: string,
  target: FilterTarget,
): PageRequest {
  const parameters: unknown[] = [workspaceId];
  const conditions = [`${alias}.workspace_id = $1`];
  if (request.filter !== null) conditions.push(`(${filterToSql(request.filter, target, parameters)})`);
  const order = [`${alias}.created_at`, `${alias}.id`];
  if (request.sort !== null)
    order.unshift(sortToSql(request.sort.path, request.sort.order, target, parameters));
  return {
    where: conditions.join(' AND '),
    orderBy: order.join(', '),
    offset: request.startIndex - 1,
    limit: request.count,
    parameters,
  };
}
