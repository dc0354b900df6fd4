import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';

/** The probes of an orchestrator; what they ask comes from the database module. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
