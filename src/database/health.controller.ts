import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../errors/domain-errors.ts';
import { migrationsInOrder } from './migrations/in-order.ts';
import { inLane } from './lanes/task.ts';

const healthSchema = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['ok'] } },
  required: ['status'],
};

/** Tells an orchestrator whether to restart the process (live) and whether to send it requests (ready). */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

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
  @ApiOkResponse({ schema: healthSchema })
  @ApiServiceUnavailableResponse({ description: 'The database does not answer or is not migrated.' })
  async ready(): Promise<{ status: 'ok' }> {
    const newest = migrationsInOrder.at(-1)?.name;
    const rows = await inLane('health', () =>
      this.dataSource.query<unknown[]>('SELECT 1 FROM migrations WHERE name = $1', [newest]),
    ).catch(() => null);
    if (rows === null) throw new UnavailableError('The database does not answer.');
    if (rows.length === 0) throw new UnavailableError('The database lacks the newest migration.');
    return { status: 'ok' };
  }
}
