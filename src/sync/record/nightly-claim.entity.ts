import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A night that was claimed: this row makes the nightly synchronization happen once, however many processes run. */
@Entity('nightly_claim')
export class NightlyClaimEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  /** The local date of the workspace, `YYYY-MM-DD`. */
  @PrimaryColumn('date')
  night!: string;

  @Column('timestamptz', { name: 'claimed_at' })
  claimedAt!: Date;

  /** Null where another run was under way already. */
  @Column('uuid', { name: 'run_id', nullable: true })
  runId!: string | null;
}
