import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { FilledBy } from './property-row.ts';
import type { PropertyOption } from './property-types/property-type.ts';

/** A member field that the workspace defined for itself. */
@Entity('property')
@Unique('property_key_key', ['workspaceId', 'key'])
export class PropertyEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  key!: string;

  @Column('text')
  name!: string;

  @Column('text')
  type!: string;

  /** Of select and multi-select properties; null for the other types. */
  @Column('jsonb', { nullable: true })
  options!: PropertyOption[] | null;

  @Column('boolean', { default: false })
  required!: boolean;

  @Column('text', { name: 'filled_by', default: 'both' })
  filledBy!: FilledBy;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
