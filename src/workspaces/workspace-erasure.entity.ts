import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a workspace was erased. It outlives the workspace, holds no person, and is never changed. */
@Entity('workspace_erasure')
@Check('workspace_erasure_actor_kind_check', `actor_kind IN ('operator')`)
@Index('workspace_erasure_workspace', ['erasedWorkspace'], { unique: true })
export class WorkspaceErasureEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'erased_workspace', type: 'uuid' })
  erasedWorkspace!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: string;

  @Column({ type: 'jsonb' })
  counts!: Record<string, number>;
}
