import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { dbOf } from '../database/db-of.ts';
import { minutes, seconds } from '../errors/duration.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { LogWriter } from '../provisioning-log/log-writer.ts';
import { eraseOwnOf } from './erase-own.ts';
import { logHoldings } from './holdings.ts';
import type { KnownPerson } from './person.ts';
import { sweepLog } from './sweep.ts';
import type { Redaction } from './traces.ts';

const lookEveryMs = seconds(2);
/** For how long before and after an erasure requests may have been under way, in this process or another. */
const lateForMs = minutes(1);

/** Somebody who was erased a moment ago. */
interface Erased {
  person: KnownPerson;
  redaction: Redaction;
  erasedAtMs: number;
}

/**
 * Takes the erased out of what is logged after their erasure: requests about them that were under way, here or in another
 * process. Who they were is known in memory alone, and for a minute.
 */
@Injectable()
export class LateEntries implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LateEntries.name);
  private erased: Erased[] = [];

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly log: LogWriter,
    private readonly faults: PassingFaultLog,
    tasks: BackgroundTasks,
  ) {
    tasks.every({
      name: 'Erasing people from what is logged late',
      everyMs: lookEveryMs,
      once: () => this.look(),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.look().catch((error: unknown) => {
      this.faults.report(error, 'Erasing people from what was logged late', this.logger);
    });
  }

  /** Looks after what is logged late of somebody whose erasure is committed. */
  async watch(person: KnownPerson, redaction: Redaction): Promise<void> {
    this.erased.push({ person, redaction, erasedAtMs: Date.now() });
    // The erasure has happened: what fails here is done again by the clock.
    await this.look().catch(() => undefined);
  }

  private async look(): Promise<void> {
    if (this.erased.length === 0) return;
    await this.log.flush();
    for (const each of this.erased) await this.take(each);
    this.erased = this.erased.filter(({ erasedAtMs }) => Date.now() - erasedAtMs < lateForMs);
  }

  private async take({ person, redaction, erasedAtMs }: Erased): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      for (const holding of logHoldings) await eraseOwnOf(db, person, holding);
      await sweepLog(db, person.workspaceId, redaction, new Date(erasedAtMs - lateForMs));
    });
  }
}
