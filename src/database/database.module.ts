import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Logger,
  Module,
  type Type,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { errorWords } from '../errors/plain-error.ts';
import { inBackground } from './background.ts';
import { Clock, SystemClock } from './clock.ts';
import { dataSourceOptions } from './data-source-options.ts';
import { HealthDetails } from './health-details.ts';
import { HealthController } from './health.controller.ts';
import type { Queryable } from './queryable.ts';
import { QuickReads } from './quick-reads.ts';
import { StatementPool } from './statement-pool.ts';

export interface DatabaseModuleOptions {
  url: string;
  poolSize: number;
  preparedStatements: boolean;
  /** The clock that every rule reads; the machine's when absent. */
  clock?: Clock;
}

/** Tells of connections that break, except while the service ends them itself. */
class BrokenConnections implements BeforeApplicationShutdown {
  readonly #logger = new Logger(DatabaseModule.name);
  #ending = false;

  readonly report = (error: Error): void => {
    if (this.#ending) return;
    // The connection may have been made for a request, which has nothing to do with it any more.
    inBackground(() => this.#logger.warn(`A connection to PostgreSQL broke: ${errorWords(error)}`));
  };

  beforeApplicationShutdown(): void {
    this.#ending = true;
  }
}

/** Provides the data source and the clock to every module, and tells over HTTP whether the database answers. */
@Module({})
export class DatabaseModule {
  static with(options: DatabaseModuleOptions): DynamicModule {
    const brokenConnections = new BrokenConnections();
    const module: Type = DatabaseModule;
    return {
      module,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({
            url: options.url,
            // One more connection is that of the quick reads.
            poolSize: options.preparedStatements ? options.poolSize - 1 : options.poolSize,
            preparedStatements: options.preparedStatements,
            onIdleError: brokenConnections.report,
          }),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Clock, useValue: options.clock ?? new SystemClock() },
        { provide: BrokenConnections, useValue: brokenConnections },
        StatementPool,
        HealthDetails,
        {
          provide: QuickReads,
          // A pooler between us and PostgreSQL that cannot prepare statements need not cope with a pipeline either.
          useFactory: (pool: StatementPool): Queryable =>
            options.preparedStatements ? new QuickReads(options.url, pool) : pool,
          inject: [StatementPool],
        },
      ],
      exports: [Clock, StatementPool, QuickReads, HealthDetails],
    };
  }
}
