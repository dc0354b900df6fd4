import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Logger,
  Module,
  type Type,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { errorWords } from '../errors/plain-error.ts';
import { inBackground } from './background.ts';
import { Clock } from './clock.ts';
import { CursorSeal } from './cursor-seal.ts';
import { DatabaseClock } from './database-clock.ts';
import { dataSourceOptions } from './data-source-options.ts';
import { HealthDetails } from './health-details.ts';
import { inLane } from './lanes/task.ts';
import type { Queryable } from './queryable.ts';
import { ReadyCheck } from './ready-check.ts';
import { QuickReads } from './quick-reads.ts';
import { StatementPool } from './statement-pool.ts';
import { SilenceGuard } from './silence-guard.ts';
import { type SilenceLimits, silenceLimits, StatementPulse } from './statement-pulse.ts';
import { WatchConnection } from './watch-connection.ts';

export interface DatabaseModuleOptions {
  url: string;
  poolSize: number;
  preparedStatements: boolean;
  /** How long the database may be silent, where that differs from `silenceLimits`. */
  silence?: SilenceLimits;
  /** The clock that every rule reads; the database's when absent. */
  clock?: Clock;
}

/** Tells of idle connections that break, except while the service ends them itself. */
class BrokenConnections implements BeforeApplicationShutdown {
  readonly #logger = new Logger(DatabaseModule.name);
  #faults: PassingFaultLog | null = null;
  #ending = false;

  readonly report = (error: Error): void => {
    if (this.#ending || this.#faults?.takes(error, 'an idle connection')) return;
    // The connection may have been made for a request, which has nothing to do with it any more.
    inBackground(() => this.#logger.warn(`A connection to PostgreSQL broke: ${errorWords(error)}`));
  };

  tellTo(faults: PassingFaultLog): this {
    this.#faults = faults;
    return this;
  }

  beforeApplicationShutdown(): void {
    this.#ending = true;
  }
}

/** Quick reads that share no connection: at least they do not wait for the lists of their workspace. */
function inQuickLane(pool: StatementPool): Queryable {
  return { query: (sql, parameters) => inLane('quick', () => pool.query(sql, parameters)) };
}

/** Provides the data source and the clock to every module, and what the health probes ask. */
@Module({})
export class DatabaseModule {
  static with(options: DatabaseModuleOptions): DynamicModule {
    const brokenConnections = new BrokenConnections();
    const limits = options.silence ?? silenceLimits;
    const pulse = new StatementPulse(limits.pulseLostAfterMs);
    const module: Type = DatabaseModule;
    return {
      module,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({
            url: options.url,
            poolSize: options.poolSize,
            inLanes: true,
            preparedStatements: options.preparedStatements,
            pulse,
            onIdleError: brokenConnections.report,
          }),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      providers: [
        {
          provide: WatchConnection,
          useFactory: () => new WatchConnection(options.url),
        },
        {
          provide: Clock,
          useFactory: (watch: WatchConnection) => options.clock ?? new DatabaseClock(watch),
          inject: [WatchConnection],
        },
        { provide: StatementPulse, useValue: pulse },
        {
          provide: SilenceGuard,
          useFactory: (watch: WatchConnection) => new SilenceGuard(pulse, watch, limits),
          inject: [WatchConnection],
        },
        ReadyCheck,
        {
          provide: BrokenConnections,
          useFactory: (faults: PassingFaultLog) => brokenConnections.tellTo(faults),
          inject: [PassingFaultLog],
        },
        StatementPool,
        HealthDetails,
        {
          provide: QuickReads,
          // A pooler between us and PostgreSQL that cannot prepare statements need not cope with a pipeline either.
          useFactory: (pool: StatementPool): Queryable =>
            options.preparedStatements ? new QuickReads(options.url, pool, pulse) : inQuickLane(pool),
          inject: [StatementPool],
        },
        {
          provide: CursorSeal,
          useFactory: (pool: StatementPool) => CursorSeal.read(pool),
          inject: [StatementPool],
        },
      ],
      exports: [Clock, CursorSeal, HealthDetails, QuickReads, ReadyCheck, StatementPool, StatementPulse],
    };
  }
}
