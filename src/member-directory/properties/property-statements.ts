import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { insertInto, set } from '../../database/table/table-sql.ts';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { type Property, propertySelectList } from './property-row.ts';
import type { PropertyValue } from './property-types/property-type.ts';
import { property as propertyTable } from './property.table.ts';

const propertyTypes: Record<keyof Property, string> = {
  id: 'uuid',
  key: 'text',
  name: 'text',
  type: 'text',
  options: 'jsonb',
  required: 'boolean',
  filledBy: 'text',
};

/** All properties of a workspace in order of creation; there are few by design. */
export async function propertiesOf(db: Db, workspaceId: string): Promise<Property[]> {
  const { rows } = await db.run(
    sql<Property>`SELECT ${propertySelectList} FROM property WHERE workspace_id = ${workspaceId} ORDER BY id`.onOneNode(
      workspaceId,
      propertyTypes,
    ),
  );
  return rows;
}

/**
 * Reads properties by key and keeps them from being deleted until the transaction ends, so that a rule can be written
 * that fills them.
 */
export async function holdProperties(
  db: Db,
  workspaceId: string,
  keys: readonly string[],
): Promise<Property[]> {
  const { rows } = await db.run(
    sql<Property>`SELECT ${propertySelectList} FROM property
     WHERE workspace_id = ${workspaceId} AND key = ANY (${keys}::text[])
     ORDER BY id FOR KEY SHARE`,
  );
  return rows;
}

/**
 * How many members hold each of these options, without options that nobody holds.
 *
 * @param key the property's key
 * @param optionKeys the options to count
 */
export async function membersByOption(
  db: Db,
  workspaceId: string,
  key: string,
  optionKeys: readonly string[],
): Promise<Map<string, number>> {
  const property = sql`${parameter(key)}::text`;
  const { rows } = await db.run(
    sql<{ option: string; members: number }>`SELECT o.option, count(*)::integer AS members
     FROM unnest(${optionKeys}::text[]) AS o (option)
     JOIN member m ON m.workspace_id = ${workspaceId}
       AND (m.properties -> ${property} = to_jsonb(o.option)
         OR m.properties -> ${property} @> jsonb_build_array(o.option))
     GROUP BY o.option`,
  );
  return new Map(rows.map((row) => [row.option, row.members]));
}

/**
 * Removes a property's values from all members, and provisioning's claim to it.
 *
 * @returns the members, and the values they held
 */
export async function clearPropertyValues(db: Db, workspaceId: string, key: string): Promise<ClearedValue[]> {
  const property = sql`${parameter(key)}::text`;
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<ClearedValue>`WITH old AS (
       SELECT id, properties -> ${property} AS value FROM member WHERE workspace_id = ${workspace}
         AND (properties ? ${property} OR 'properties.' || ${property} = ANY (provisioned_fields))
       ORDER BY id FOR NO KEY UPDATE
     )
     UPDATE member m SET properties = properties - ${property}, version = m.version + 1,
       provisioned_fields = array_remove(provisioned_fields, 'properties.' || ${property})
     FROM old WHERE m.workspace_id = ${workspace} AND m.id = old.id
     RETURNING m.id AS "memberId", old.value`,
  );
  return rows;
}

/** A member who lost the value of a property; null: they held none. */
export interface ClearedValue {
  memberId: string;
  value: PropertyValue | null;
}

/** How many members hold no value of a property, without removed members. */
export async function membersWithout(db: Db, workspaceId: string, key: string): Promise<number> {
  const { rows } = await db.run(
    sql<{ members: number }>`SELECT count(*)::integer AS members FROM member
     WHERE workspace_id = ${workspaceId} AND status <> 'removed' AND NOT properties ? ${key}`,
  );
  return rows[0]?.members ?? 0;
}

/** Adds a property. A taken key fails on the constraint `property_key_key`. */
export async function insertProperty(
  db: Db,
  workspaceId: string,
  property: Property,
  now: Date,
): Promise<void> {
  const at = parameter(now);
  await db.run(insertInto(propertyTable, { workspaceId, ...property, createdAt: at, updatedAt: at }));
}

/** Writes what can change of a property: everything but its key. */
export async function updateProperty(
  db: Db,
  workspaceId: string,
  { id, key: _key, ...changed }: Property,
  now: Date,
): Promise<void> {
  await db.run(
    sql`UPDATE property SET ${set(propertyTable, { ...changed, updatedAt: now })}
     WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  );
}

/** Reads a property and keeps others from changing it until the transaction ends. @throws NotFoundError */
export async function lockProperty(db: Db, workspaceId: string, id: string): Promise<Property> {
  if (!isUuid(id)) throw new NotFoundError('property');
  const { rows } = await db.run(
    sql<Property>`SELECT ${propertySelectList} FROM property
     WHERE workspace_id = ${workspaceId} AND id = ${id} FOR UPDATE`,
  );
  const [property] = rows;
  if (!property) throw new NotFoundError('property');
  return property;
}
