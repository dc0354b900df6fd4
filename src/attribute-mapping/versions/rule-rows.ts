import type { EntityManager } from 'typeorm';
import { groupPatternToLike } from '../rule/group-pattern.ts';
import type { Rule, RuleField, RuleSource, RuleTransform, UnknownOptionPolicy } from '../rule/rule.ts';
import { groupPatternsOf } from '../compile/rule-source.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';

interface RuleRow {
  version: number;
  source: RuleSource | null;
  transforms: RuleTransform[];
  target_kind: 'field' | 'property';
  target_key: string;
  apply_when: 'always' | 'create';
  is_alternative: boolean;
  unknown_option: UnknownOptionPolicy | null;
}

const ruleTypes: Record<keyof RuleRow, string> = {
  version: 'integer',
  source: 'jsonb',
  transforms: 'jsonb',
  target_kind: 'text',
  target_key: 'text',
  apply_when: 'text',
  is_alternative: 'boolean',
  unknown_option: 'jsonb',
};

/** A version of the mapping and its rules in order. */
export interface Mapping {
  version: number;
  rules: Rule[];
}

/**
 * Reads a version, or null when there is none.
 *
 * @param version the newest when left out
 */
export async function readMapping(db: Db, workspaceId: string, version?: number): Promise<Mapping | null> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<RuleRow>`SELECT m.version, r.source, r.transforms, r.target_kind, r.target_key, r.apply_when,
       r.is_alternative, r.unknown_option
     FROM attribute_mapping m
     LEFT JOIN attribute_mapping_rule r ON r.workspace_id = m.workspace_id AND r.version = m.version
     WHERE m.workspace_id = ${workspace}
       AND m.version = coalesce(${version ?? null}::integer, (SELECT max(version) FROM attribute_mapping
         WHERE workspace_id = ${workspace}))
     ORDER BY r.position`.onOneNode(workspaceId, ruleTypes),
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
  by: { name: string; now: Date; restoredFrom?: number | undefined },
): Promise<void> {
  await dbOf(manager).run(sql`
     INSERT INTO attribute_mapping (workspace_id, version, created_by, created_at, group_patterns,
       restored_from)
     VALUES (${workspaceId}, ${version}, ${by.name}, ${by.now},
       ${groupPatternsOf(rules).map((pattern) => groupPatternToLike(pattern.trim()))},
       ${by.restoredFrom ?? null})`);
  await dbOf(manager).run(sql`INSERT INTO attribute_mapping_rule
       (workspace_id, version, position, source, transforms, target_kind, target_key, apply_when,
        is_alternative, unknown_option)
     SELECT ${workspaceId}, ${version}, r.position, r.source, r.transforms, r.target_kind, r.target_key,
       r.apply_when,
       r.is_alternative, nullif(r.unknown_option, 'null')
     FROM jsonb_to_recordset(${JSON.stringify(rules.map(toRow))}) AS r (position integer, source jsonb,
       transforms jsonb, target_kind text,
       target_key text, apply_when text, is_alternative boolean, unknown_option jsonb)`);
}

function toRule(row: RuleRow): Rule[] {
  if (row.source === null) return [];
  const target =
    row.target_kind === 'property' ? { property: row.target_key } : { field: row.target_key as RuleField };
  const rule: Rule = { source: row.source, transforms: row.transforms, target, when: row.apply_when };
  if (row.is_alternative) rule.alternative = true;
  if (row.unknown_option !== null) rule.unknownOption = row.unknown_option;
  return [rule];
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
    is_alternative: rule.alternative === true,
    unknown_option: rule.unknownOption ?? null,
  };
}
