import type { Queryable } from '../../database/queryable.ts';
import { optionsMax } from './property-options.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/** An option by its property and its own key. */
export interface OptionName {
  property: string;
  key: string;
}

/** Properties have no room for options that values need; who holds those values must not be written. */
export class NoRoomForOptionsError extends Error {
  readonly options: readonly OptionName[];

  constructor(options: readonly OptionName[]) {
    super(`No room for ${options.length} more options`);
    this.options = options;
  }
}

/**
 * Adds options that synchronization makes of values; those that exist by then are left alone.
 *
 * @param db the transaction that writes the members who hold them
 * @param added by the key of the property
 * @throws NoRoomForOptionsError naming all that found no room, others having added theirs first; nothing is added then
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
    await db.query('UPDATE property SET options = $3, updated_at = $4 WHERE workspace_id = $1 AND key = $2', [
      workspaceId,
      key,
      JSON.stringify([...all.values()]),
      now,
    ]);
  }
}
