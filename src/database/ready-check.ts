import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { knownErrorOf } from '../errors/known-error.ts';
import { UnavailableError } from '../errors/domain-errors.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { migrationsInOrder } from './migrations/in-order.ts';
import { answersWithinMs, WatchConnection } from './watch-connection.ts';

/** How often it is tried to write, however often somebody asks: a flush of the log of PostgreSQL, and a small file. */
const writeEveryMs = 900;

interface Answer {
  writable: boolean;
  migrated: boolean;
}

/** Answers whether the database can be worked with now. */
@Injectable()
export class ReadyCheck {
  private answering: Promise<Answer> | null = null;
  private wroteAtMs = -Infinity;

  constructor(
    private readonly watch: WatchConnection,
    private readonly faults: PassingFaultLog,
  ) {}

  /** @throws UnavailableError when it does not answer within two seconds, cannot be written, or lacks a migration */
  async requireReady(): Promise<void> {
    const silence = sleep(answersWithinMs, null, { ref: false });
    const answer = await Promise.race([this.ask(), silence]);
    if (answer === null) throw new UnavailableError('The database does not answer.');
    if (!answer.writable) throw new UnavailableError('The database cannot be written: it is read-only.');
    if (!answer.migrated) throw new UnavailableError('The database lacks the newest migration.');
  }

  /** Whoever asks while others wait gets their answer. */
  private ask(): Promise<Answer> {
    return (this.answering ??= this.look().finally(() => (this.answering = null)));
  }

  private async look(): Promise<Answer> {
    const isWriteDue = performance.now() - this.wroteAtMs > writeEveryMs;
    try {
      const answer = await this.watch.look<Answer>(isWriteDue ? `${tryToWrite}; ${state}` : state);
      if (isWriteDue) this.wroteAtMs = performance.now();
      // The session may have been begun while the database was read-only, and would stay so.
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
 * Takes a transaction number and has the log of PostgreSQL written and confirmed as for any other write, but changes no
 * table: nothing has to be vacuumed, and nobody waits for a lock. What does not fit into `work_mem` goes to a file beside
 * the tables, so a full disk is seen as well; that file goes at once.
 */
const tryToWrite = `SELECT set_config('work_mem', '64kB', true);
  SELECT CASE WHEN ${isWritable} THEN pg_logical_emit_message(true, 'user-provisioning', 'ready') END,
    (SELECT count(*) FROM generate_series(1, 10000))`;
