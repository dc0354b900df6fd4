import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { seconds } from '../errors/duration.ts';
import { applicationName } from './data-source-options.ts';

/** Within this time the database has to answer, or it counts as silent. */
export const answersWithinMs = seconds(2);

/**
 * One connection of its own to look at the database by, so that a look neither waits for work nor takes its place. What
 * has not answered in time, or has failed, is dropped at once, and the next look makes a new one.
 */
export class WatchConnection implements BeforeApplicationShutdown {
  private readonly url: string;
  private readonly withinMs: number;
  private connection: Promise<pg.Client> | null = null;
  /** pg takes one statement at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private hasEnded = false;
  private backend: number | null = null;

  /** @param withinMs how long a look may take, connecting included */
  constructor(url: string, withinMs = answersWithinMs) {
    this.url = url;
    this.withinMs = withinMs;
  }

  /** Which process of the server the connection is with, as far as whoever answers there says; a pooler says something else. */
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

  /** Has the next look make a new connection: its session has become one that no other should be like. */
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
      timer = setTimeout(() => reject(new Error('Query read timeout')), this.withinMs);
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
    // Whoever looks next hears of it.
    client.on('error', () => undefined);
    await client.connect();
    this.backend = (client as unknown as { processID: number | null }).processID;
    return client;
  }
}
