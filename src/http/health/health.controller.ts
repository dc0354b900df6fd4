import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { type HealthDetail, HealthDetails } from '../../database/health-details.ts';
import { ReadyCheck } from '../../database/ready-check.ts';
import { StatementPulse } from '../../database/statement-pulse.ts';

const healthSchema = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['ok'] } },
  required: ['status'],
};

const readySchema = {
  ...healthSchema,
  properties: {
    ...healthSchema.properties,
    details: {
      type: 'object',
      description:
        'Numbers of parts that may fall behind, e.g. how many entries of the provisioning log wait.',
      additionalProperties: { type: 'object', additionalProperties: { type: 'number' } },
    },
  },
};

/** Tells an orchestrator whether to restart the process (live) and whether to send it requests (ready). */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly check: ReadyCheck,
    private readonly pulse: StatementPulse,
    private readonly details: HealthDetails,
  ) {}

  /**
   * The process runs, and what it asks of the database comes back, be it with an error: an outage of the database
   * restarts no process. Asks nothing itself.
   *
   * @throws UnavailableError when statements wait and none has come back for a minute
   */
  @Get('live')
  @ApiOperation({ summary: 'Say whether the process works' })
  @ApiOkResponse({ schema: healthSchema })
  @ApiServiceUnavailableResponse({ description: 'Statements wait, and none has come back for a minute.' })
  live(): { status: 'ok' } {
    if (this.pulse.isLost()) throw new UnavailableError('No statement has come back for a minute.');
    return { status: 'ok' };
  }

  /**
   * The database answers within two seconds, can be written, and has the schema that this build needs.
   *
   * @throws UnavailableError otherwise
   */
  @Get('ready')
  @ApiOperation({ summary: 'Say whether to send requests here' })
  @ApiOkResponse({ schema: readySchema })
  @ApiServiceUnavailableResponse({
    description: 'The database does not answer in time, cannot be written or is not migrated.',
  })
  async ready(): Promise<{ status: 'ok'; details: Record<string, HealthDetail> }> {
    const details = this.details.read();
    await this.check.requireReady().catch((error: unknown) => {
      throw error instanceof UnavailableError ? error.beside({ details }) : error;
    });
    return { status: 'ok', details };
  }
}
