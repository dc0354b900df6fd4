import type { Queryable } from '../database/queryable.ts';
import { optionsMax } from './property-options.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/**
 * Adds options that synchronization makes of values; those that exist by then are left alone.
 *
 * @param db the transaction that writes the members who hold them
 * @param added by the key of the property
 */
export async function addOptions(
  db: Queryable,
  workspaceId: string,
  added: readonly (PropertyOption & { property: string })[],
  now: Date,
): Promise<void> {
  if (added.length === 0) return;
  const byProperty = Map.groupBy(added, ({ property }) => property);
  const keys = [...byProperty.keys()].sort();
  const rows = await db.query<{ key: string; options: PropertyOption[] | null }[]>(
    `SELECT key, options FROM property WHERE workspace_id = $1 AND key = ANY ($2::text[]) AND options IS NOT NULL
     ORDER BY key FOR UPDATE`,
    [workspaceId, keys],
  );
  for (const { key, options } of rows) {
    const all = new Map((options ?? []).map((option) => [option.key, option]));
    for (const { key: optionKey, name } of byProperty.get(key) ?? []) {
      if (!all.has(optionKey) && all.size < optionsMax) all.set(optionKey, { key: optionKey, name });
    }
    if (all.size === options?.length) continue;
    await db.query('UPDATE property SET options = $3, updated_at = $4 WHERE workspace_id = $1 AND key = $2', [
      workspaceId,
      key,
      JSON.stringify([...all.values()]),
      now,
    ]);
  }
}
