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
}
