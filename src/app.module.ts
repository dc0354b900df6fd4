import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule } from './config/config.module.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './database/clock.ts';
import { DatabaseModule } from './database/database.module.ts';
import { ErrorsModule } from './errors/errors.module.ts';
import { loggerModule } from './request-log.ts';

export interface AppModuleOptions {
  config: Config;
  /** A database that is reachable and migrated. */
  databaseUrl: string;
  /** The clock that every rule reads; the machine's when absent. */
  clock?: Clock;
}

/** The whole service: what surrounds the features, then the features. */
@Module({ imports: [ErrorsModule, ScheduleModule.forRoot()] })
export class AppModule {
  static with({ config, databaseUrl, clock }: AppModuleOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        loggerModule(config.logLevel),
        DatabaseModule.with({ url: databaseUrl, poolSize: config.poolSize, clock }),
      ],
    };
  }
}
