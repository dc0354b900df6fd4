import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One action of an admin, an operator or the service itself. Rows are only added, and pruned by retention. */
@Entity('audit_log')
@Check('audit_log_actor_kind_check', `actor_kind IN ('operator', 'admin', 'system')`)
export class AuditLogEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid' })
  workspaceId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind!: string;

  @Column({ name: 'actor_email', type: 'text', nullable: true })
  actorEmail!: string | null;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text', nullable: true })
  target!: string | null;

  @Column({ type: 'jsonb', default: {} })
  details!: Record<string, unknown>;
}
