import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { MetricsGuard } from './metrics.guard.ts';
import { Metrics } from '../metrics/metrics.ts';

/** The numbers of this process for Prometheus. */
@ApiTags('health')
@ApiBearerAuth('operator')
@UseGuards(MetricsGuard)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /**
   * All metrics in the text format of Prometheus (version 0.0.4). Each process has its own; what they read of the database
   * is the same in all.
   *
   * @throws UnauthenticatedError without the operator token or `METRICS_TOKEN`, by the guard
   */
  @Get()
  @ApiOperation({ summary: 'Read the metrics of this process' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiUnauthorizedResponse({ description: 'It takes the operator token or METRICS_TOKEN.' })
  async read(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
