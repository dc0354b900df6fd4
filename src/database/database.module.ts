import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Logger,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { errorWords } from '../errors/plain-error.ts';
import { inBackground } from './background.ts';
import { Clock } from './clock.ts';
import { CommitNotes } from './commit-notes.ts';
import { CursorSeal } from './cursor-seal.ts';
import { DatabaseClock } from './database-clock.ts';
import { type DatabaseSettings, dataSourceOptions } from './data-source-options.ts';
import { DatabaseMetrics } from './database-metrics.ts';
import { Distribution } from './distributed.ts';
import { HealthDetails } from './health-details.ts';
import { ReadyCheck } from './ready-check.ts';
import { NotificationLine } from './notification-line.ts';
import { RepeatingDataSource } from './repeating-data-source.ts';
import { PipelinedQuickReads, PooledQuickReads, QuickReads } from './quick-reads.ts';
import { StatementPool } from './statement-pool.ts';
import { SilenceGuard } from './silence-guard.ts';
import { type SilenceLimits, silenceLimits, StatementPulse } from './statement-pulse.ts';
import { WatchConnection } from './watch-connection.ts';

export interface DatabaseModuleOptions {
  url: string;
  poolSize: number;
  preparedStatements: boolean;
  /** How long the database may be silent; `silenceLimits` unless given. */
  silence?: SilenceLimits;
  /** The clock that every rule reads; the clock of the database unless given. */
  clock?: Clock;
}

/** Logs idle connections that break, except while the service itself ends them. */
class BrokenConnections implements BeforeApplicationShutdown {
  readonly #logger = new Logger(DatabaseModule.name);
  #faults: PassingFaultLog | null = null;
  #ending = false;

  readonly report = (error: Error): void => {
    if (this.#ending || this.#faults?.takes(error, 'an idle connection')) return;
    // The connection may have been made for a request that has ended since: the line must not name that request.
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

/** Provides the data source and the clock to every module, and what the health probes ask. */
@Module({})
export class DatabaseModule {
  static with(options: DatabaseModuleOptions): DynamicModule {
    const brokenConnections = new BrokenConnections();
    const limits = options.silence ?? silenceLimits;
    const pulse = new StatementPulse(limits.pulseLostAfterMs);
    const commits = new CommitNotes();
    const module: Type = DatabaseModule;
    return {
      module,
      global: true,
      imports: [dataSourceModule(options, limits, { pulse, commits, onIdleError: brokenConnections.report })],
      providers: [
        ...clockProviders(options),
        ...silenceProviders(pulse, limits),
        {
          provide: BrokenConnections,
          useFactory: (faults: PassingFaultLog) => brokenConnections.tellTo(faults),
          inject: [PassingFaultLog],
        },
        { provide: CommitNotes, useValue: commits },
        { provide: NotificationLine, useFactory: () => new NotificationLine(options.url) },
        ReadyCheck,
        HealthDetails,
        DatabaseMetrics,
        Distribution,
        StatementPool,
        quickReadsProvider(options, pulse),
        {
          provide: CursorSeal,
          useFactory: (pool: StatementPool) => CursorSeal.read(pool),
          inject: [StatementPool],
        },
      ],
      exports: [
        Clock,
        CommitNotes,
        CursorSeal,
        Distribution,
        HealthDetails,
        NotificationLine,
        QuickReads,
        ReadyCheck,
        StatementPool,
        StatementPulse,
      ],
    };
  }
}

function dataSourceModule(
  { url, poolSize, preparedStatements }: DatabaseModuleOptions,
  { transactionSilentMaxMs }: SilenceLimits,
  heard: Pick<DatabaseSettings, 'pulse' | 'commits' | 'onIdleError'>,
): DynamicModule {
  return TypeOrmModule.forRootAsync({
    useFactory: () => ({
      ...dataSourceOptions({
        url,
        poolSize,
        inLanes: true,
        preparedStatements,
        transactionSilentMaxMs,
        ...heard,
      }),
      autoLoadEntities: true,
      retryAttempts: 0,
    }),
    dataSourceFactory: (given) => Promise.resolve(new RepeatingDataSource(given!)),
  });
}

function clockProviders(options: DatabaseModuleOptions): Provider[] {
  return [
    { provide: WatchConnection, useFactory: () => new WatchConnection(options.url) },
    {
      provide: Clock,
      useFactory: (watch: WatchConnection) => options.clock ?? new DatabaseClock(watch),
      inject: [WatchConnection],
    },
  ];
}

function silenceProviders(pulse: StatementPulse, limits: SilenceLimits): Provider[] {
  return [
    { provide: StatementPulse, useValue: pulse },
    {
      provide: SilenceGuard,
      useFactory: (watch: WatchConnection) => new SilenceGuard(pulse, watch, limits),
      inject: [WatchConnection],
    },
  ];
}

/** A pooler before PostgreSQL that cannot prepare statements need not cope with a pipeline either. */
function quickReadsProvider(options: DatabaseModuleOptions, pulse: StatementPulse): Provider {
  return {
    provide: QuickReads,
    useFactory: (pool: StatementPool): QuickReads =>
      options.preparedStatements
        ? new PipelinedQuickReads(options.url, pool, pulse)
        : new PooledQuickReads(pool),
    inject: [StatementPool],
  };
}
