import type { Db } from '../../database/db.ts';
import { json, sql } from '../../database/sql.ts';
import { optionsMax } from './property-options.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/** An option by its property and its own key. */
export interface OptionName {
  property: string;
  key: string;
}

/** Properties have no room for the options that values need; the members with those values must not be written. */
export class NoRoomForOptionsError extends Error {
  readonly options: readonly OptionName[];

  constructor(options: readonly OptionName[]) {
    super(`No room for ${options.length} more options`);
    this.options = options;
  }
}

/**
 * Adds options that synchronization makes of values; options that exist by then stay as they are.
 *
 * @param db the transaction that writes the members who hold them
 * @param added by the key of the property
 * @throws NoRoomForOptionsError naming all options without room, when others were added first; nothing is added then
 */
export async function addOptions(
  db: Db,
  workspaceId: string,
  added: readonly (PropertyOption & { property: string })[],
  now: Date,
): Promise<void> {
  if (added.length === 0) return;
  const byProperty = Map.groupBy(added, ({ property }) => property);
  const keys = [...byProperty.keys()].sort();
  const { rows } = await db.run(
    sql<{ key: string; options: PropertyOption[] | null }>`SELECT key, options FROM property
     WHERE workspace_id = ${workspaceId} AND key = ANY (${keys}::text[]) AND options IS NOT NULL
     ORDER BY key FOR UPDATE`,
  );
  const noRoom: OptionName[] = [];
  const changed = rows.flatMap(({ key, options }) => {
    const all = new Map((options ?? []).map((option) => [option.key, option]));
    for (const { key: optionKey, name } of byProperty.get(key) ?? []) {
      if (all.has(optionKey)) continue;
      if (all.size < optionsMax) all.set(optionKey, { key: optionKey, name });
      else noRoom.push({ property: key, key: optionKey });
    }
    return all.size === options?.length ? [] : [{ key, all }];
  });
  if (noRoom.length > 0) throw new NoRoomForOptionsError(noRoom);
  for (const { key, all } of changed) {
    await db.run(
      sql`UPDATE property SET options = ${json([...all.values()])}, updated_at = ${now}
       WHERE workspace_id = ${workspaceId} AND key = ${key}`,
    );
  }
}
