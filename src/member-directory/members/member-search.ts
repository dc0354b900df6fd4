import type { Queryable } from '../../database/queryable.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { isEmailAddress } from '../fields/email-address.ts';

/**
 * How members are searched: for one whole address, for any part of a name or an address, or, where PostgreSQL has no
 * index of parts, for the beginning of one.
 */
export type SearchKind = 'address' | 'part' | 'beginning';

/** A search as a condition about `m`, a row of `member`. */
export interface MemberSearch {
  kind: SearchKind;
  text: string;
}

/** No text begins with what it begins with and is greater than that with this behind it. */
const lastCharacter = '\u{10ffff}';

/** Whether there is the index that finds parts; an installation may lack the extension that it needs. */
export async function partsAreIndexed(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }[]>(
    `SELECT to_regclass('member_search') IS NOT NULL AS found`,
  );
  return row?.found ?? false;
}

/**
 * What is looked for; null: nothing in particular.
 *
 * @param status the members' status that is asked for: removed ones have given their address back
 */
export function isAddressSearch(search: string, status: string | undefined): boolean {
  return status !== 'removed' && isEmailAddress(search.trim());
}

/**
 * The condition of a search.
 *
 * @param parameters those of the statement, to which its own are added
 */
export function searchCondition({ kind, text }: MemberSearch, parameters: unknown[]): string {
  const folded = foldCase(text);
  if (kind === 'address') {
    return `m.status <> 'removed' AND m.email_key = $${parameters.push(foldCase(text.trim()))}`;
  }
  if (kind === 'part') {
    const pattern = `%${folded.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
    return `member_search_text(m.email_key, m.display_name, m.first_name, m.last_name) LIKE $${parameters.push(pattern)}`;
  }
  const from = `$${parameters.push(folded)}`;
  const to = `$${parameters.push(folded + lastCharacter)}`;
  const begins = (key: string) => `(${key} >= ${from} AND ${key} < ${to})`;
  const named = ['first_name', 'last_name', 'display_name'].map(
    (name) => `(m.${name} IS NOT NULL AND ${begins(`scim_fold(m.${name}) COLLATE "C"`)})`,
  );
  // The unique index holds the addresses of those who are not removed.
  return `((m.status <> 'removed' AND ${begins('m.email_key')}) OR ${named.join(' OR ')})`;
}
