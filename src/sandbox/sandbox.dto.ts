import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import type { Simulation, SimulationState } from './simulation-statements.ts';
import {
  type SimulatedProvider,
  simulatedProviders,
  type SimulationPhase,
  simulationPhases,
} from './simulator-process.ts';

/** People of a simulated company at most. */
export const simulatedPeopleMax = 500;

/** Which identity provider to play, and how large its company is. */
export class StartSimulationDto {
  @ApiProperty({ enum: simulatedProviders })
  @IsIn(simulatedProviders)
  provider!: SimulatedProvider;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: simulatedPeopleMax })
  @IsInt()
  @Min(1)
  @Max(simulatedPeopleMax)
  people!: number;
}

/** A simulated identity provider at work, or how it ended. */
export class SimulationResponse {
  @ApiProperty({ enum: simulatedProviders })
  provider!: SimulatedProvider;

  @ApiProperty({ type: 'integer' })
  people!: number;

  @ApiProperty({
    type: 'integer',
    description: '0: it sends everybody, as on the first day; later ones: what that day changed.',
  })
  day!: number;

  @ApiProperty({ enum: ['running', 'succeeded', 'failed', 'stopped'] })
  state!: SimulationState;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...simulationPhases, null],
    description: 'What it sends at the moment, or sent last.',
  })
  phase!: SimulationPhase | null;

  @ApiProperty({ type: 'integer', description: 'How many of the phase are done.' })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'How many the phase has.' })
  total!: number;

  @ApiProperty({
    type: 'integer',
    description: 'People and groups that were refused; the provisioning log says why.',
  })
  failures!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it could not go on.' })
  error!: string | null;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

/** What can be tried in a sandbox. */
export class SandboxResponse {
  @ApiProperty({ type: 'integer', description: 'People of a simulated company at most.' })
  peopleMax!: number;

  @ApiProperty({ type: SimulationResponse, nullable: true, description: 'The one that runs or ran last.' })
  simulation!: SimulationResponse | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'The day that can come next; null while one is sent, and before the first has been sent whole.',
  })
  nextDay!: number | null;
}

/** The outward shape of a simulation. */
export function toSimulationResponse(simulation: Simulation): SimulationResponse {
  const { id: _, tokenId: __, startedAt, finishedAt, ...rest } = simulation;
  return { ...rest, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}
