import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { knownErrorOf } from '../errors/known-error.ts';
import { UnavailableError } from '../errors/domain-errors.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { migrationsInOrder } from './migrations/in-order.ts';
import { answersWithinMs, WatchConnection } from './watch-connection.ts';

/** How often the check writes, however often it is asked: one flush of the write-ahead log, and one small file. */
const writeEveryMs = 900;

interface Answer {
  writable: boolean;
  migrated: boolean;
}

/** Checks whether the database can be used now. */
@Injectable()
export class ReadyCheck {
  private answering: Promise<Answer> | null = null;
  private wroteAtMs = -Infinity;
  private isStopping = false;

  constructor(
    private readonly watch: WatchConnection,
    private readonly faults: PassingFaultLog,
  ) {}

  /** From now on, nobody is to send requests here: the process was told to stop. */
  noteStop(): void {
    this.isStopping = true;
  }

  /**
   * @throws UnavailableError when it is about to stop, or when the database does not answer within two seconds, cannot be
   * written, or lacks a migration
   */
  async requireReady(): Promise<void> {
    if (this.isStopping) throw new UnavailableError('This process was told to stop.');
    const silence = sleep(answersWithinMs, null, { ref: false });
    const answer = await Promise.race([this.ask(), silence]);
    if (answer === null) throw new UnavailableError('The database does not answer.');
    if (!answer.writable) throw new UnavailableError('The database cannot be written: it is read-only.');
    if (!answer.migrated) throw new UnavailableError('The database lacks the newest migration.');
  }

  /** Callers that ask at the same time share one answer. */
  private ask(): Promise<Answer> {
    return (this.answering ??= this.look().finally(() => (this.answering = null)));
  }

  private async look(): Promise<Answer> {
    const isWriteDue = performance.now() - this.wroteAtMs > writeEveryMs;
    try {
      const answer = await this.watch.look<Answer>(isWriteDue ? `${tryToWrite}; ${state}` : state);
      if (isWriteDue) this.wroteAtMs = performance.now();
      // A session that began while the database was read-only stays read-only.
      if (!answer.writable) this.watch.renew();
      return answer;
    } catch (error) {
      this.wroteAtMs = -Infinity;
      this.faults.takes(error, 'the health check');
      const known = knownErrorOf(error);
      throw known instanceof UnavailableError ? known : new UnavailableError('The database does not answer.');
    }
  }
}

const isWritable = `NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'`;

const state = `SELECT ${isWritable} AS writable,
  EXISTS (SELECT FROM migrations WHERE name = '${migrationsInOrder.at(-1)?.name ?? ''}') AS migrated`;

/**
 * Takes a transaction number and waits for the write-ahead log, as any write does, but changes no table: there is nothing
 * to vacuum, and nobody waits for a lock. The sort exceeds `work_mem`, so it also writes a file beside the tables, which
 * shows a full disk. PostgreSQL deletes that file at once.
 */
const tryToWrite = `SELECT set_config('work_mem', '64kB', true);
  SELECT CASE WHEN ${isWritable} THEN pg_logical_emit_message(true, 'user-provisioning', 'ready') END,
    (SELECT count(*) FROM generate_series(1, 10000))`;
