import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A one-time link that signs an admin in. Only the hash of its code is stored. */
@Entity('admin_link')
@Index('admin_link_workspace', ['workspaceId'])
export class AdminLinkEntity {
  @PrimaryColumn({ name: 'code_hash', type: 'bytea' })
  codeHash!: Buffer;

  @Column({ name: 'workspace_id', type: 'uuid' })
  workspaceId!: string;

  @Column({ type: 'text' })
  email!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ name: 'used_at', type: 'timestamptz', nullable: true })
  usedAt!: Date | null;
}
