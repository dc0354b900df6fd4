import type { DataSource, EntityManager } from 'typeorm';
import { type Property, propertySelectList } from './property-row.ts';

/**
 * All properties of a workspace in the order of their making; there are few by design.
 *
 * @param database the data source, or the transaction that must see its own writes
 */
export async function propertiesOf(
  database: DataSource | EntityManager,
  workspaceId: string,
): Promise<Property[]> {
  return database.query<Property[]>(
    `SELECT ${propertySelectList} FROM property WHERE workspace_id = $1 ORDER BY id`,
    [workspaceId],
  );
}

/**
 * Reads properties by key and keeps them from being deleted until the transaction ends, so that a rule can be
 * written that fills them.
 */
export async function holdProperties(
  manager: EntityManager,
  workspaceId: string,
  keys: readonly string[],
): Promise<Property[]> {
  return manager.query<Property[]>(
    `SELECT ${propertySelectList} FROM property WHERE workspace_id = $1 AND key = ANY ($2::text[])
     ORDER BY id FOR KEY SHARE`,
    [workspaceId, keys],
  );
}

/** Does a rule of the current attribute mapping fill this property? */
export async function isFilledByRule(
  manager: EntityManager,
  workspaceId: string,
  key: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `SELECT 1 FROM attribute_mapping_rule
     WHERE workspace_id = $1 AND target_kind = 'property' AND target_key = $2
       AND version = (SELECT max(version) FROM attribute_mapping WHERE workspace_id = $1)
     LIMIT 1`,
    [workspaceId, key],
  );
  return rows.length > 0;
}

/**
 * How many members hold each of these options, those that nobody holds left out.
 *
 * @param key the property's key
 * @param optionKeys the options that are asked for
 */
export async function membersByOption(
  manager: EntityManager,
  workspaceId: string,
  key: string,
  optionKeys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await manager.query<{ option: string; members: number }[]>(
    `SELECT o.option, count(*)::integer AS members
     FROM unnest($3::text[]) AS o (option)
     JOIN member m ON m.workspace_id = $1
       AND (m.properties -> $2 = to_jsonb(o.option) OR m.properties -> $2 @> jsonb_build_array(o.option))
     GROUP BY o.option`,
    [workspaceId, key, optionKeys],
  );
  return new Map(rows.map((row) => [row.option, row.members]));
}

/** Takes a property's values from all members, and provisioning's claim to it. */
export async function clearPropertyValues(
  manager: EntityManager,
  workspaceId: string,
  key: string,
): Promise<void> {
  await manager.query(
    `UPDATE member SET properties = properties - $2::text,
       provisioned_fields = array_remove(provisioned_fields, 'properties.' || $2)
     WHERE workspace_id = $1 AND (properties ? $2 OR 'properties.' || $2 = ANY (provisioned_fields))`,
    [workspaceId, key],
  );
}
