import type { Db } from '../../database/db.ts';
import { list, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import { cleanLine } from '../../scim-core/visible-text.ts';
import { isEmailAddress } from '../fields/email-address.ts';

/**
 * How members are searched: by a whole address, by any part of a name or an address, or by the beginning of one where
 * PostgreSQL has no index of parts.
 */
export type SearchKind = 'address' | 'part' | 'beginning';

/** A search as a condition about `m`, a row of `member`. */
export interface MemberSearch {
  kind: SearchKind;
  text: string;
}

/** Every text that begins with `x` comes before `x` with this behind it. */
const lastCharacter = '\u{10ffff}';

/** Whether the index that finds parts exists; an installation may lack the extension that it needs. */
export async function partsAreIndexed(db: Db): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ found: boolean }>`SELECT to_regclass('member_search') IS NOT NULL AS found`,
  );
  return rows[0]?.found ?? false;
}

/**
 * Whether a search is for a whole address.
 *
 * @param status the status that the list asks for: removed members have given their address back
 */
export function isAddressSearch(search: string, status: string | undefined): boolean {
  return status !== 'removed' && isEmailAddress(cleanLine(search));
}

/** The condition of a search. */
export function searchCondition({ kind, text }: MemberSearch): Sql {
  const forms = searchForms(text);
  if (kind === 'address') {
    return sql`m.status <> 'removed' AND m.email_key = ANY (${forms})`;
  }
  if (kind === 'part') {
    const holds = forms.map((form) => {
      const pattern = `%${form.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
      return sql`member_search_text(m.email_key, m.display_name, m.first_name, m.last_name) LIKE ${pattern}`;
    });
    return sql`(${list(holds, ' OR ')})`;
  }
  return sql`(${list(forms.map(beginsWith), ' OR ')})`;
}

function beginsWith(form: string): Sql {
  const from = parameter(form);
  const to = parameter(form + lastCharacter);
  const begins = (key: string) => sql`(${raw(key)} >= ${from} AND ${raw(key)} < ${to})`;
  const named = ['first_name', 'last_name', 'display_name'].map(
    (name) => sql`(m.${raw(name)} IS NOT NULL AND ${begins(`scim_fold(m.${name}) COLLATE "C"`)})`,
  );
  // The unique index holds the addresses of members who are not removed.
  return sql`((m.status <> 'removed' AND ${begins('m.email_key')}) OR ${list(named, ' OR ')})`;
}
