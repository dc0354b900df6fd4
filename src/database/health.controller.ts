import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../errors/domain-errors.ts';
import { type HealthDetail, HealthDetails } from './health-details.ts';
import { migrationsInOrder } from './migrations/in-order.ts';

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
    private readonly dataSource: DataSource,
    private readonly details: HealthDetails,
  ) {}

  /** The process runs. Asks nothing else, so that a database outage restarts no process. */
  @Get('live')
  @ApiOkResponse({ schema: healthSchema })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * The database answers and has the schema that this build needs.
   *
   * @throws UnavailableError otherwise
   */
  @Get('ready')
  @ApiOkResponse({ schema: readySchema })
  @ApiServiceUnavailableResponse({ description: 'The database does not answer or is not migrated.' })
  async ready(): Promise<{ status: 'ok'; details: Record<string, HealthDetail> }> {
    const newest = migrationsInOrder.at(-1)?.name;
    const rows = await this.dataSource
      .query<unknown[]>('SELECT 1 FROM migrations WHERE name = $1', [newest])
      .catch(() => null);
    const details = this.details.read();
    if (rows === null) throw new UnavailableError('The database does not answer.', { details });
    if (rows.length === 0)
      throw new UnavailableError('The database lacks the newest migration.', { details });
    return { status: 'ok', details };
  }
}
