import { type DynamicModule, Module } from '@nestjs/common';
import { AttentionModule } from '../attention/attention.module.ts';
import { AttributeMappingModule } from '../attribute-mapping/attribute-mapping.module.ts';
import { RoleMappingModule } from '../role-mapping/role-mapping.module.ts';
import { AuditAccessModule } from '../audit-access/audit-access.module.ts';
import { AuditModule } from '../audit/audit.module.ts';
import { BackgroundModule } from '../background/background.module.ts';
import { ConfigModule } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../database/clock.ts';
import type { SilenceLimits } from '../database/statement-pulse.ts';
import { DatabaseModule } from '../database/database.module.ts';
import { DoctorModule } from '../doctor/doctor.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { ErrorsModule } from '../http/answers/errors.module.ts';
import { HealthModule } from '../http/health/health.module.ts';
import { LimitsModule } from '../http/limits/limits.module.ts';
import { HostProductModule } from '../host-product/host-product.module.ts';
import { MemberDirectoryModule } from '../member-directory/member-directory.module.ts';
import { MetricsGuard } from './metrics.guard.ts';
import { MetricsController } from './metrics.controller.ts';
import { MetricsModule } from '../metrics/metrics.module.ts';
import { NotificationsModule } from '../notifications/notifications.module.ts';
import { OperatorAccessModule } from '../operator-access/operator-access.module.ts';
import { PersonalDataModule } from '../personal-data/personal-data.module.ts';
import { ProvisioningLogModule } from '../provisioning-log/provisioning-log.module.ts';
import { SandboxModule } from '../sandbox/sandbox.module.ts';
import { ScimModule } from '../scim/scim.module.ts';
import { SettingsScreenModule } from '../settings-screen/settings-screen.module.ts';
import { SyncQueueModule } from '../sync-queue/sync-queue.module.ts';
import { SyncModule } from '../sync/sync.module.ts';
import { TokensModule } from '../tokens/tokens.module.ts';
import { UserProvisioningModule } from '../user-provisioning/user-provisioning.module.ts';
import { WebhooksModule } from '../webhooks/webhooks.module.ts';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';

export interface AppModuleOptions {
  config: Config;
  /** A database that is reachable and migrated. */
  databaseUrl: string;
  /** The clock that every rule reads; the database's when absent. */
  clock?: Clock;
  /** How long the database may be silent, where that differs from `silenceLimits`. */
  silence?: SilenceLimits;
}

/** SCIM comes first: Express tries the routes in this order, and nothing is asked as often. */
const features = [
  ScimModule,
  AuditModule,
  EventsModule,
  OperatorAccessModule,
  WorkspacesModule,
  TokensModule,
  ProvisioningLogModule,
  MemberDirectoryModule,
  AttributeMappingModule,
  RoleMappingModule,
  SyncQueueModule,
  SyncModule,
  UserProvisioningModule,
  DoctorModule,
  HostProductModule,
  WebhooksModule,
  NotificationsModule,
  PersonalDataModule,
  AuditAccessModule,
  AttentionModule,
  SandboxModule,
  SettingsScreenModule,
];

/** The whole service: what surrounds the features, then the features. */
@Module({
  imports: [...features, ErrorsModule, LimitsModule, BackgroundModule],
  controllers: [MetricsController],
  providers: [MetricsGuard],
})
export class AppModule {
  static with({ config, databaseUrl, clock, silence }: AppModuleOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        MetricsModule,
        DatabaseModule.with({
          url: databaseUrl,
          poolSize: config.poolSize,
          preparedStatements: config.preparedStatements,
          clock,
          ...(silence && { silence }),
        }),
        HealthModule,
      ],
    };
  }
}
