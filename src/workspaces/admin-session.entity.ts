import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A signed-in admin. Only the hash of the session token is stored. */
@Entity('admin_session')
@Index('admin_session_workspace', ['workspaceId'])
export class AdminSessionEntity {
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ name: 'workspace_id', type: 'uuid' })
  workspaceId!: string;

  @Column({ type: 'text' })
  email!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
