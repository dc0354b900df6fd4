import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { systemErrorCode } from '../config/system-error.ts';
import { inStatementSpan } from '../tracing/spans.ts';
import { answerOf, type Answer, type Db, type DriverResult } from './db.ts';
import { applicationName, connectionOptions, connectTimeoutMs } from './data-source-options.ts';
import { lanes, quickConnections } from './lanes/lane.ts';
import { inLane } from './lanes/task.ts';
import { PreparingClient } from './pooled-client.ts';
import { compile } from './compiled-statement.ts';
import { type Sql } from './sql.ts';
import type { StatementPool } from './statement-pool.ts';
import type { StatementPulse } from './statement-pulse.ts';

/**
 * Reads that an index answers at once and that wait for no lock. Not for what may take longer: everyone behind it would
 * wait.
 */
export abstract class QuickReads {
  /** The reads of one workspace. */
  of(workspaceId: string): Db {
    return { run: (statement) => this.read(workspaceId, statement) };
  }

  protected abstract read<Row>(workspaceId: string, statement: Sql<Row>): Promise<Answer<Row>>;
}

/** Quick reads on the connections of the pool: at least they do not wait for the lists of their workspace. */
export class PooledQuickReads extends QuickReads {
  private readonly pool: StatementPool;

  constructor(pool: StatementPool) {
    super();
    this.pool = pool;
  }

  protected read<Row>(_workspaceId: string, statement: Sql<Row>): Promise<Answer<Row>> {
    return inLane('quick', () => this.pool.run(statement));
  }
}

/**
 * Quick reads on connections of their own. Each is a pipeline: nobody waits for the answers of others, and everything
 * asked in one turn of the event loop goes out in one write. Under load, sending is most of what such a read costs, and
 * here many share it. A workspace keeps to one connection.
 *
 * A read that takes too long is ended, and the pool answers it like any other list.
 */
export class PipelinedQuickReads extends QuickReads implements BeforeApplicationShutdown {
  private readonly lines: QuickLine[];
  private readonly pool: StatementPool;

  constructor(url: string, pool: StatementPool, pulse?: StatementPulse) {
    super();
    this.pool = pool;
    this.lines = Array.from({ length: quickConnections }, () => new QuickLine(url, pulse));
  }

  /**
   * Answers with the rows, and throws what pg throws. Should the connection break twice, or the database fall silent, the
   * pool answers those who wait, and the next read makes a new connection.
   */
  protected async read<Row>(workspaceId: string, statement: Sql<Row>): Promise<Answer<Row>> {
    const { text, values } = compile(statement);
    try {
      const line = this.lineOf(workspaceId);
      return answerOf<Row>(await inStatementSpan(text, () => line.ask(text, values)));
    } catch (error) {
      if (isAnswer(error)) throw error;
      return this.pool.run(statement);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.lines.map((line) => line.end()));
  }

  /** The end of an id is random. */
  private lineOf(workspaceId: string): QuickLine {
    const random = Number.parseInt(workspaceId.slice(-2), 16);
    return this.lines[(random || 0) % this.lines.length]!;
  }
}

/** SQLSTATE of a cancelled statement; on a pipeline, the request may have been meant for the statement before it. */
const queryCanceled = '57014';

/** Whether PostgreSQL answered this very statement with the error, so that the pool would get the same one. */
function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.code !== queryCanceled;
}

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

  /**
   * When the server closes the connection, e.g. because it restarts, all who wait ask once more together on a new one:
   * the pool would not have room for them. A connection given up for its silence is not tried again: everybody has
   * waited long enough.
   */
  async ask(text: string, values: unknown[]): Promise<DriverResult> {
    const connection = this.connection ?? this.connect();
    const client = await connection;
    try {
      return await this.askOn(client, text, values);
    } catch (error) {
      if (!isClosedByServer(client, error)) throw error;
      this.forget(connection);
      return this.askOn(await (this.connection ?? this.connect()), text, values);
    }
  }

  private askOn(client: PreparingClient, text: string, values: unknown[]): Promise<DriverResult> {
    this.gather(client);
    return client.query(text, values);
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    const client = await this.connection?.catch(() => null);
    await client?.end();
  }

  /** Sends what is asked in this turn together, after all sockets with something to read have been read. */
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
    const forget = () => this.forget(connection);
    client.once('end', forget);
    connection.catch(forget);
    this.connection = connection;
    return connection;
  }

  private forget(connection: Promise<PreparingClient>): void {
    if (this.connection === connection) this.connection = null;
  }
}

/** Whether the server has ended the connection, or its host has reset it; false where this process has given it up. */
function isClosedByServer(client: PreparingClient, error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.severity === 'FATAL';
  const { stream } = client.connection;
  return stream.readableEnded || systemErrorCode(stream.errored) === 'ECONNRESET';
}
