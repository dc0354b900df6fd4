import { Global, Module } from '@nestjs/common';
import { Metrics } from './metrics.ts';

/** Provides the one place where this process counts. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {}
