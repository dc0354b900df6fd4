import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import { errorWords } from '../errors/plain-error.ts';
import { seconds } from '../errors/duration.ts';
import { inBackground } from './background.ts';
import { applicationName, connectionOptions, connectTimeoutMs } from './data-source-options.ts';

const pauseFirstMs = seconds(1);
const pauseMaxMs = seconds(30);

/**
 * A connection of its own that hears what other processes notify (`NOTIFY`). It is a hint and no promise: while the
 * connection is away, and behind a pooler that passes nothing on, nobody is told, so a listener must also look from
 * time to time.
 */
export class NotificationLine implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(NotificationLine.name);
  private readonly heard = new Map<string, (from: string) => void>();
  private readonly url: string;
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pauseMs = pauseFirstMs;
  private hasEnded = false;

  constructor(url: string) {
    this.url = url;
  }

  /**
   * Call it in a constructor.
   *
   * @param channel a plain name in lower case
   * @param heard gets what the notification says; the empty text when something may have been missed
   */
  listen(channel: string, heard: (from: string) => void): void {
    this.heard.set(channel, heard);
  }

  onApplicationBootstrap(): void {
    if (this.heard.size > 0) void inBackground(() => this.connect());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.hasEnded = true;
    if (this.timer !== null) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    this.timer = null;
    if (this.hasEnded) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: `${applicationName}, notifications`,
      connectionTimeoutMillis: connectTimeoutMs,
      ...connectionOptions,
    });
    client.on('notification', ({ channel, payload = '' }) => this.heard.get(channel)?.(payload));
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, null));
    this.client = client;
    try {
      await client.connect();
      for (const channel of this.heard.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.pauseMs = pauseFirstMs;
      // Something may have been said while nobody listened.
      for (const heard of this.heard.values()) heard('');
    } catch (error) {
      this.lose(client, error);
    }
  }

  private lose(client: pg.Client, error: unknown): void {
    if (this.client !== client) return;
    this.client = null;
    client.connection.stream.destroy();
    if (this.hasEnded) return;
    if (error !== null) this.logger.debug(`The connection for notifications broke: ${errorWords(error)}`);
    this.timer = setTimeout(() => void this.connect(), this.pauseMs);
    this.timer.unref();
    this.pauseMs = Math.min(this.pauseMs * 2, pauseMaxMs);
  }
}
