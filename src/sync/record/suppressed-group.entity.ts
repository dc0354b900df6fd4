import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What a run did to a group and an admin undid: no run repeats it until the group gets another name, or it is lifted. */
@Entity('suppressed_group')
@Check('suppressed_group_kind_check', `kind IN ('create', 'rename', 'delete')`)
export class SuppressedGroupEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @Column('text')
  kind!: 'create' | 'rename' | 'delete';

  @Column('text')
  name!: string;

  @Column('uuid', { name: 'run_id' })
  runId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
