import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The simulation that runs or ran last in a sandbox. */
@Entity('simulation')
export class SimulationEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @Column('uuid')
  id!: string;

  @Column('text')
  provider!: string;

  @Column('integer')
  people!: number;

  @Column('integer', { default: 0 })
  day!: number;

  @Column('text')
  state!: string;

  @Column('text', { nullable: true })
  phase!: string | null;

  @Column('integer', { default: 0 })
  done!: number;

  @Column('integer', { default: 0 })
  total!: number;

  @Column('integer', { default: 0 })
  failures!: number;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('uuid', { name: 'token_id' })
  tokenId!: string;

  @Column('boolean', { name: 'stop_requested', default: false })
  stopRequested!: boolean;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'heartbeat_at' })
  heartbeatAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
