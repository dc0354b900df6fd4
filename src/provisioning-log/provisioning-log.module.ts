import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProvisioningLogEntry } from './provisioning-log.entity.ts';
import { ProvisioningLogMiddleware } from './provisioning-log.middleware.ts';
import { ProvisioningLogService } from './provisioning-log.service.ts';

/** What the identity provider asked and what it was told. The application mounts the middleware. */
@Module({
  imports: [TypeOrmModule.forFeature([ProvisioningLogEntry])],
  providers: [ProvisioningLogService, ProvisioningLogMiddleware],
  exports: [ProvisioningLogService, ProvisioningLogMiddleware],
})
export class ProvisioningLogModule {}
