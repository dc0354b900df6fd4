import { Global, Module } from '@nestjs/common';
import { RequestLimits } from './request-limits.ts';

/** Provides the limits of requests, which every door and every sign-in counts by. */
@Global()
@Module({ providers: [RequestLimits], exports: [RequestLimits] })
export class LimitsModule {}
