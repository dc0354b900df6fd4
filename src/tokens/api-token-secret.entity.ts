import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Which token, of which workspace, a secret belongs to. The hash alone selects the workspace, so the table is global. */
@Entity('api_token_secret')
@Index('api_token_secret_token', ['workspaceId', 'tokenId'])
export class ApiTokenSecretEntity {
  @PrimaryColumn({ name: 'secret_hash', type: 'bytea' })
  secretHash!: Buffer;

  @Column({ name: 'workspace_id', type: 'uuid' })
  workspaceId!: string;

  @Column({ name: 'token_id', type: 'uuid' })
  tokenId!: string;
}
