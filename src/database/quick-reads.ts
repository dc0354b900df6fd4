import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { applicationName, connectionOptions, connectTimeoutMs } from './data-source-options.ts';
import { lanes, quickConnections } from './lanes/lane.ts';
import { PreparingClient } from './pooled-client.ts';
import type { Queryable } from './queryable.ts';
import type { StatementPulse } from './statement-pulse.ts';

/**
 * Connections for reads that an index answers at once and that wait for no lock. Each is a pipeline: those who ask while
 * others wait for their answers do not wait for them, and what is asked in one turn of the event loop goes out in one
 * write. Under load, sending is most of what such a read costs, and here many share it. A workspace keeps to one of them.
 *
 * Not for what may take longer: everybody behind it would wait. What does so all the same is ended, and the pool answers
 * it as any other list.
 */
export class QuickReads implements Queryable, BeforeApplicationShutdown {
  private readonly lines: QuickLine[];
  private readonly pool: Queryable;

  constructor(url: string, pool: Queryable, pulse?: StatementPulse) {
    this.pool = pool;
    this.lines = Array.from({ length: quickConnections }, () => new QuickLine(url, pulse));
  }

  /**
   * Answers with the rows, and throws what pg throws. Should the connection break, whoever waits is answered by the pool,
   * and the next read makes a new one.
   *
   * @param parameters the workspace's id first, as everywhere
   */
  async query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    try {
      return await this.lineOf(parameters[0]).query<T>(sql, parameters);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.code !== queryCanceled) {
        throw error;
      }
      return this.pool.query<T>(sql, parameters);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.lines.map((line) => line.end()));
  }

  /** The end of an id is random. */
  private lineOf(workspaceId: unknown): QuickLine {
    const random = typeof workspaceId === 'string' ? Number.parseInt(workspaceId.slice(-2), 16) : 0;
    return this.lines[(random || 0) % this.lines.length]!;
  }
}

/** SQLSTATE of a statement that was told to end; on a pipeline it may have been the one before it that was meant. */
const queryCanceled = '57014';

/** One connection that many share. */
class QuickLine {
  private readonly url: string;
  private readonly pulse: StatementPulse | undefined;
  private connection: Promise<PreparingClient> | null = null;
  private isGathering = false;
  private hasEnded = false;

  constructor(url: string, pulse: StatementPulse | undefined) {
    this.url = url;
    this.pulse = pulse;
  }

  async query<T>(sql: string, parameters: unknown[]): Promise<T> {
    const client = await (this.connection ?? this.connect());
    this.gather(client);
    const { rows } = await client.query(sql, parameters);
    return rows as T;
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    const client = await this.connection?.catch(() => null);
    await client?.end();
  }

  /** What follows in this turn is sent together, when all sockets that had something to say have been heard. */
  private gather(client: PreparingClient): void {
    if (this.isGathering) return;
    this.isGathering = true;
    const { stream } = client.connection;
    stream.cork();
    setImmediate(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }

  private connect(): Promise<PreparingClient> {
    if (this.hasEnded) return Promise.reject(new Error('Connection terminated: the service ends'));
    const client = new PreparingClient({
      connectionString: this.url,
      application_name: `${applicationName}, quick reads`,
      ...connectionOptions,
      connectionTimeoutMillis: connectTimeoutMs,
      ...(this.pulse && { pulse: this.pulse }),
    });
    client.pipeline = true;
    client.take(lanes.quick, null);
    const connection = client.connect().then(() => client);
    const forget = () => {
      if (this.connection === connection) this.connection = null;
    };
    client.once('end', forget);
    connection.catch(forget);
    this.connection = connection;
    return connection;
  }
}
