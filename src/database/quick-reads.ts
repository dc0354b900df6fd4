import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { connectTimeoutMs, applicationName } from './data-source-options.ts';
import { PreparingClient } from './prepared-statements.ts';
import type { Queryable } from './queryable.ts';

/**
 * One connection for reads that an index answers at once and that wait for no lock. It is a pipeline: whoever asks while
 * others wait for their answers does not wait for them, and what is asked in one turn of the event loop goes out in one
 * write. Under load, sending is most of what such a read costs, and here many share it.
 *
 * Not for what may take longer: everybody behind it would wait.
 */
export class QuickReads implements Queryable, BeforeApplicationShutdown {
  private readonly url: string;
  private readonly pool: Queryable;
  private connection: Promise<PreparingClient> | null = null;
  private isGathering = false;
  private hasEnded = false;

  constructor(url: string, pool: Queryable) {
    this.url = url;
    this.pool = pool;
  }

  /**
   * Answers with the rows, and throws what pg throws. Should the connection break, whoever waits is answered by the pool,
   * and the next read makes a new one.
   */
  async query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    try {
      const client = await (this.connection ?? this.connect());
      this.gather(client);
      const { rows } = await client.query(sql, parameters);
      return rows as T;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.severity !== 'FATAL') throw error;
      return this.pool.query<T>(sql, parameters);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
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
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
    });
    client.pipeline = true;
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
