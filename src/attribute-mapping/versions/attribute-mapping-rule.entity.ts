import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { AttributeMappingEntity } from './attribute-mapping.entity.ts';
import type { RuleSource, RuleTransform, UnknownOptionPolicy } from '../rule/rule.ts';

/** One rule of one version of a mapping. */
@Entity('attribute_mapping_rule')
@Check('attribute_mapping_rule_target_kind_check', `target_kind IN ('field', 'property')`)
@Check('attribute_mapping_rule_apply_when_check', `apply_when IN ('always', 'create')`)
@ForeignKey(() => AttributeMappingEntity, ['workspaceId', 'version'], ['workspaceId', 'version'], {
  name: 'attribute_mapping_rule_workspace_id_version_fkey',
  onDelete: 'CASCADE',
})
export class AttributeMappingRuleEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @PrimaryColumn('integer')
  position!: number;

  @Column('jsonb')
  source!: RuleSource;

  @Column('jsonb')
  transforms!: RuleTransform[];

  @Column('text', { name: 'target_kind' })
  targetKind!: 'field' | 'property';

  @Column('text', { name: 'target_key' })
  targetKey!: string;

  @Column('text', { name: 'apply_when' })
  applyWhen!: 'always' | 'create';

  @Column('boolean', { name: 'is_alternative', default: false })
  isAlternative!: boolean;

  @Column('jsonb', { name: 'unknown_option', nullable: true })
  unknownOption!: UnknownOptionPolicy | null;
}
