import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of a workspace's attribute mapping; the highest is the current one. */
@Entity('attribute_mapping')
export class AttributeMappingEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Patterns of LIKE for the folded names of the groups that its rules read. */
  @Column('text', { name: 'group_patterns', array: true, default: () => "'{}'" })
  groupPatterns!: string[];

  /** The version whose rules these are again; null for rules that were new. */
  @Column('integer', { name: 'restored_from', nullable: true })
  restoredFrom!: number | null;
}
