import { Controller, Get, Headers, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Config } from '../config/config.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import { isSameSecret } from '../http/request/same-secret.ts';
import { Metrics } from '../metrics/metrics.ts';

/** The numbers of this process for Prometheus. */
@ApiTags('health')
@ApiBearerAuth('operator')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /**
   * All metrics in the text format of Prometheus (version 0.0.4). Each process has its own; what they read of the database
   * is the same in all.
   *
   * @throws UnauthenticatedError without the operator token or `METRICS_TOKEN`
   */
  @Get()
  @ApiOperation({ summary: 'Read the metrics of this process' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiUnauthorizedResponse({ description: 'It takes the operator token or METRICS_TOKEN.' })
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    this.requireToken(authorization);
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }

  private requireToken(authorization: string | undefined): void {
    const credentials = credentialsOf(authorization);
    const { operatorTokens, metricsToken } = this.config;
    const tokens = operatorTokens.map(({ token }) => token);
    const known = metricsToken === null ? tokens : [...tokens, metricsToken];
    const isKnown =
      credentials.kind === 'token' &&
      known.filter((token) => isSameSecret(credentials.token, token)).length > 0;
    if (!isKnown)
      throw new UnauthenticatedError(
        '/metrics takes the operator token or METRICS_TOKEN, as a bearer token.',
      );
  }
}
