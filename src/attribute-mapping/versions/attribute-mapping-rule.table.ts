import { boolean, integer, jsonb, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { RuleSource, RuleTransform, UnknownOptionPolicy } from '../rule/rule.ts';
import { attributeMapping } from './attribute-mapping.table.ts';

/** One rule of one version of a mapping. */
export const attributeMappingRule = table(
  'attribute_mapping_rule',
  {
    workspaceId: uuid().key(),
    version: integer().key(),
    position: integer().key(),
    source: jsonb<RuleSource>(),
    transforms: jsonb<RuleTransform[]>(),
    targetKind: text<'field' | 'property'>(),
    targetKey: text(),
    applyWhen: text<'always' | 'create'>(),
    isAlternative: boolean().default(false),
    unknownOption: jsonb<UnknownOptionPolicy>().orNull(),
  },
  {
    checks: {
      attribute_mapping_rule_target_kind_check: `target_kind IN ('field', 'property')`,
      attribute_mapping_rule_apply_when_check: `apply_when IN ('always', 'create')`,
    },
    references: {
      attribute_mapping_rule_workspace_id_version_fkey: {
        from: ['workspaceId', 'version'],
        to: attributeMapping,
        columns: ['workspaceId', 'version'],
        onDelete: 'CASCADE',
      },
    },
  },
);
