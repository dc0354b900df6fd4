import { list, nothing, type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import type { ChangeKind } from '../decision/change.ts';

/** Which changes of a run are asked for. */
export interface ChangesAsked {
  kind?: ChangeKind;
  /** A part of the name, or of an address: the member's, or one that the change names. */
  search?: string;
  groupId?: string;
}

/**
 * Further conditions, each after AND, for rows of `sync_change` of a workspace; a change that waits for an admin is `held`.
 */
export function changesMatching(workspace: Parameter, { kind, search = '' }: ChangesAsked): Sql {
  const forms = searchForms(search);
  const ofKind =
    kind === undefined ? nothing : sql`AND CASE state WHEN 'held' THEN 'held' ELSE kind END = ${kind}`;
  if (forms.length === 0) return ofKind;
  const texts = sql`SELECT scim_fold(name) COLLATE "C" UNION ALL
    SELECT scim_fold(address.known) COLLATE "C" FROM jsonb_array_elements(fields) f
    CROSS JOIN LATERAL (VALUES (f ->> 'before'), (f ->> 'after')) address(known)
    WHERE f ->> 'field' = 'email' UNION ALL
    SELECT m.email_key FROM member m WHERE m.workspace_id = ${workspace} AND m.id = sync_change.member_id`;
  const found = forms.map((form) => sql`strpos(text.folded, ${parameter(form)}) > 0`);
  return sql`${ofKind} AND EXISTS (SELECT FROM (${texts}) text(folded) WHERE ${list(found, ' OR ')})`;
}
