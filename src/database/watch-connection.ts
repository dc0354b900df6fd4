import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { seconds } from '../errors/duration.ts';
import { applicationName } from './data-source-options.ts';

/** A database that does not answer within this time counts as silent. */
export const answersWithinMs = seconds(2);

/**
 * A connection of its own to check on the database, so that a check neither waits for other work nor takes its place. A
 * connection that fails or does not answer in time is dropped at once, and the next check makes a new one.
 */
export class WatchConnection implements BeforeApplicationShutdown {
  private readonly url: string;
  private readonly withinMs: number;
  private connection: Promise<pg.Client> | null = null;
  /** pg takes one statement at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private hasEnded = false;
  private backend: number | null = null;

  /** @param withinMs how long a check may take, connecting included */
  constructor(url: string, withinMs = answersWithinMs) {
    this.url = url;
    this.withinMs = withinMs;
  }

  /** The id of the server process behind the connection, as the other end reports it; a pooler reports another number. */
  get processId(): number | null {
    return this.backend;
  }

  /**
   * Sends text, which may be several statements, as one transaction.
   *
   * @returns the row of the last of them
   * @throws what pg throws, and `Query read timeout` when there was no answer in time
   */
  async look<Row>(text: string): Promise<Row> {
    const turn = this.last.then(() => this.ask<Row>(text));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Makes the next check open a new connection, because the session can no longer be trusted. */
  renew(): void {
    if (this.connection !== null) this.drop(this.connection);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.hasEnded = true;
    await this.last;
    const client = await this.connection?.catch(() => null);
    await client?.end();
  }

  private async ask<Row>(text: string): Promise<Row> {
    const connection = (this.connection ??= this.connect());
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      // After a moment in which this process itself did nothing, the answer may be there and not read yet.
      const giveUp = () => setImmediate(() => reject(new Error('Query read timeout')));
      timer = setTimeout(giveUp, this.withinMs);
    });
    try {
      const answered = connection.then((client) => client.query<Record<string, unknown>>(text));
      const results = [await Promise.race([answered, silence])].flat();
      return results.at(-1)?.rows[0] as Row;
    } catch (error) {
      this.drop(connection);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private drop(connection: Promise<pg.Client>): void {
    if (this.connection === connection) this.connection = null;
    void connection.then(
      (client) => client.connection.stream.destroy(),
      () => undefined,
    );
  }

  private async connect(): Promise<pg.Client> {
    if (this.hasEnded) throw new Error('Connection terminated: the service ends');
    const client = new pg.Client({
      connectionString: this.url,
      application_name: `${applicationName}, watch`,
      keepAlive: true,
      connectionTimeoutMillis: this.withinMs,
    });
    // The next check reports it.
    client.on('error', () => undefined);
    await client.connect();
    this.backend = (client as unknown as { processID: number | null }).processID;
    return client;
  }
}
