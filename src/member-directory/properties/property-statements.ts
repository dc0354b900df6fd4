import type { DataSource, EntityManager } from 'typeorm';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
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

/** How many members, those who are removed left out, hold no value of a property. */
export async function membersWithout(
  manager: EntityManager,
  workspaceId: string,
  key: string,
): Promise<number> {
  const [row] = await manager.query<{ members: number }[]>(
    `SELECT count(*)::integer AS members FROM member
     WHERE workspace_id = $1 AND status <> 'removed' AND NOT properties ? $2`,
    [workspaceId, key],
  );
  return row?.members ?? 0;
}

/** Adds a property. A taken key fails on the constraint `property_key_key`. */
export async function insertProperty(
  manager: EntityManager,
  workspaceId: string,
  property: Property,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO property
       (workspace_id, id, key, name, type, options, required, filled_by, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      workspaceId,
      property.id,
      property.key,
      property.name,
      property.type,
      optionsJson(property),
      property.required,
      property.filledBy,
      now,
    ],
  );
}

/** Writes what can change of a property: everything but its key. */
export async function updateProperty(
  manager: EntityManager,
  workspaceId: string,
  property: Property,
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE property SET name = $3, options = $4, updated_at = $5, type = $6, required = $7, filled_by = $8
     WHERE workspace_id = $1 AND id = $2`,
    [
      workspaceId,
      property.id,
      property.name,
      optionsJson(property),
      now,
      property.type,
      property.required,
      property.filledBy,
    ],
  );
}

/** Reads a property and keeps others from changing it until the transaction ends. @throws NotFoundError */
export async function lockProperty(
  manager: EntityManager,
  workspaceId: string,
  id: string,
): Promise<Property> {
  const rows = isUuid(id)
    ? await manager.query<Property[]>(
        `SELECT ${propertySelectList} FROM property WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
        [workspaceId, id],
      )
    : [];
  const [property] = rows;
  if (!property) throw new NotFoundError('property');
  return property;
}

function optionsJson({ options }: Property): string | null {
  return options === null ? null : JSON.stringify(options);
}
