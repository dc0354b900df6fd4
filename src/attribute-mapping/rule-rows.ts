import type { DataSource, EntityManager } from 'typeorm';
import type { Rule, RuleField, RuleTransform } from './rule.ts';

interface RuleRow {
  version: number;
  source: string | null;
  transforms: RuleTransform[];
  target_kind: 'field' | 'property';
  target_key: string;
  apply_when: 'always' | 'create';
}

/** A version of the mapping and its rules in order. */
export interface Mapping {
  version: number;
  rules: Rule[];
}

/** Reads the newest version, or null when the workspace has none yet. */
export async function readMapping(
  database: DataSource | EntityManager,
  workspaceId: string,
): Promise<Mapping | null> {
  const rows = await database.query<RuleRow[]>(
    `SELECT m.version, r.source, r.transforms, r.target_kind, r.target_key, r.apply_when
     FROM attribute_mapping m
     LEFT JOIN attribute_mapping_rule r ON r.workspace_id = m.workspace_id AND r.version = m.version
     WHERE m.workspace_id = $1
       AND m.version = (SELECT max(version) FROM attribute_mapping WHERE workspace_id = $1)
     ORDER BY r.position`,
    [workspaceId],
  );
  const [first] = rows;
  if (!first) return null;
  return { version: first.version, rules: rows.flatMap(toRule) };
}

/**
 * Adds a version. Two who add the same one at once meet at the primary key: the second fails on
 * `attribute_mapping_pkey`.
 */
export async function insertMapping(
  manager: EntityManager,
  workspaceId: string,
  { version, rules }: Mapping,
  by: { name: string; now: Date },
): Promise<void> {
  await manager.query(
    'INSERT INTO attribute_mapping (workspace_id, version, created_by, created_at) VALUES ($1, $2, $3, $4)',
    [workspaceId, version, by.name, by.now],
  );
  await manager.query(
    `INSERT INTO attribute_mapping_rule
       (workspace_id, version, position, source, transforms, target_kind, target_key, apply_when)
     SELECT $1, $2, r.position, r.source, r.transforms, r.target_kind, r.target_key, r.apply_when
     FROM jsonb_to_recordset($3) AS r (position integer, source text, transforms jsonb, target_kind text,
       target_key text, apply_when text)`,
    [workspaceId, version, JSON.stringify(rules.map(toRow))],
  );
}

function toRule(row: RuleRow): Rule[] {
  if (row.source === null) return [];
  const target =
    row.target_kind === 'property' ? { property: row.target_key } : { field: row.target_key as RuleField };
  return [{ source: row.source, transforms: row.transforms, target, when: row.apply_when }];
}

function toRow(rule: Rule, position: number): RuleRow & { position: number } {
  const isProperty = 'property' in rule.target;
  return {
    version: 0,
    position,
    source: rule.source,
    transforms: rule.transforms,
    target_kind: isProperty ? 'property' : 'field',
    target_key: 'property' in rule.target ? rule.target.property : rule.target.field,
    apply_when: rule.when,
  };
}
