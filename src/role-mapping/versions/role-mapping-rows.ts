import type { Db } from '../../database/db.ts';
import { json, nothing, type Sql, sql } from '../../database/sql.ts';
import {
  groupsOfRules,
  noRoleMapping,
  type RoleMapping,
  type RoleRule,
  rolesOfMapping,
  type WithoutGroup,
} from '../rule/role-rule.ts';

interface MappingRow {
  version: number;
  default_role: string | null;
  rules: RoleRule[];
  without_group: WithoutGroup;
}

/** The role mapping of a workspace; version 0 where its admin has said nothing. */
export async function readRoleMapping(
  db: Db,
  workspaceId: string,
  locking: Sql = nothing,
): Promise<RoleMapping> {
  const { rows } = await db.run(
    sql<MappingRow>`SELECT version, default_role, rules, without_group FROM role_mapping
      WHERE workspace_id = ${workspaceId} ${locking}`.onOneNode(workspaceId, {
      version: 'integer',
      default_role: 'text',
      rules: 'jsonb',
      without_group: 'text',
    }),
  );
  const [row] = rows;
  if (row === undefined) return noRoleMapping;
  const { version, default_role: fallback, rules, without_group: withoutGroup } = row;
  return { version, default: fallback, rules, withoutGroup };
}

/** Writes a mapping in place of the one before. */
export async function writeRoleMapping(
  db: Db,
  workspaceId: string,
  mapping: RoleMapping,
  now: Date,
): Promise<void> {
  const { version, default: fallback, rules, withoutGroup } = mapping;
  const readsAttributes = rules.some((rule) => 'attribute' in rule);
  await db.run(sql`
    INSERT INTO role_mapping (workspace_id, version, default_role, rules, without_group, role_keys, group_ids,
      reads_attributes, updated_at)
    VALUES (${workspaceId}, ${version}, ${fallback}, ${json(rules)}::jsonb, ${withoutGroup},
      ${rolesOfMapping(mapping)}::text[], ${groupsOfRules(rules)}::uuid[], ${readsAttributes}, ${now})
    ON CONFLICT (workspace_id) DO UPDATE SET version = excluded.version, default_role = excluded.default_role,
      rules = excluded.rules, without_group = excluded.without_group, role_keys = excluded.role_keys,
      group_ids = excluded.group_ids, reads_attributes = excluded.reads_attributes, updated_at = excluded.updated_at`);
}

/** The names of directory groups by their ids; of those that are gone there is none. */
export async function namesOfGroups(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.run(
    sql<{ id: string; name: string }>`SELECT id, display_name AS name FROM directory_group
      WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
