import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { GroupChangeKind } from '../policy/chosen-groups.ts';
import type { GroupChangeState, RegroupedPerson } from './group-changes.ts';

/** What a run did to a group. */
@Entity('sync_group_change')
@Check('sync_group_change_kind_check', `kind IN ('create', 'rename', 'members', 'delete')`)
@Check('sync_group_change_state_check', `state IN ('made', 'undone', 'kept')`)
@Index('sync_group_change_group', ['workspaceId', 'groupId', 'runId'])
export class SyncGroupChangeEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid', { name: 'run_id' })
  runId!: string;

  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  kind!: GroupChangeKind;

  @Column('text')
  name!: string;

  @Column('text', { name: 'name_before', nullable: true })
  nameBefore!: string | null;

  @Column('integer', { name: 'joined_count', default: 0 })
  joinedCount!: number;

  @Column('integer', { name: 'left_count', default: 0 })
  leftCount!: number;

  /** Some of those who joined or left. */
  @Column('jsonb', { default: [] })
  people!: RegroupedPerson[];

  /** Members that no change of their own took out of the group that was deleted. */
  @Column('uuid', { name: 'left_behind', array: true, default: [] })
  leftBehind!: string[];

  @Column('text', { default: 'made' })
  state!: GroupChangeState;
}
