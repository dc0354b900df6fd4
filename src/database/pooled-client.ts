import pg from 'pg';
import { ClientGoneError } from '../errors/domain-errors.ts';
import { sqlState } from '../errors/failed-query.ts';
import { spoilsSession } from '../errors/passing-fault.ts';
import { cancelStatement } from './lanes/cancel-statement.ts';
import { errorBeyond, type Lane } from './lanes/lane.ts';
import type { Asker } from './lanes/task.ts';
import { preparedName } from './prepared-statements.ts';
import type { StatementPulse } from './statement-pulse.ts';

/** How long a statement that was told to end may go on before its connection is given up. */
const endsWithinMs = 5_000;

/** How long after one request to end a statement the next is made, while it goes on. */
const againAfterMs = 250;

/** SQLSTATE of a statement that was told to end. */
const queryCanceled = '57014';

/** What pg fills in and reads of a query, beyond its types. */
interface NamedQuery extends pg.Query {
  name: string;
  callback: (error: Error | null, result: pg.QueryResult) => void;
}

export interface PooledClientConfig extends pg.ClientConfig {
  /** Told of every answer of the server. */
  pulse?: StatementPulse;
}

/**
 * A connection whose statements end in time: when they run longer than their lane allows, and when nobody waits for
 * them any more. The server is asked to end them, and the connection goes on; a server that does not answer, because the
 * host has vanished or does not hear of it, costs the connection.
 *
 * When it breaks, those who wait for an answer hear of it by their query, and while it is idle the pool does; the event
 * alone must not end the process.
 */
export class PooledClient extends pg.Client {
  /**
   * Whether it sends a statement without waiting for the answers to those before. To be changed only while it waits for
   * none.
   */
  declare pipeline: boolean;
  /** Which process of the server works for it, or what a pooler says instead; null while it connects. */
  declare readonly processID: number | null;

  /** Whether it has the plans of `prepared` statements kept; a pooler that knows none stands in the way of it. */
  readonly keepsPlans: boolean = false;

  private lane: Lane | null = null;
  private asker: Asker | null = null;
  private underWay = 0;
  /** Since when the statement at work has been so. */
  private atWorkSinceMs = 0;
  /** Looks whether it has been so for too long. One look serves all statements that come and go before it. */
  private lookTimer: NodeJS.Timeout | null = null;
  private isEndingTransaction = false;
  /** Why the statement at work was told to end. */
  private because: Error | null = null;
  private cancelling: Promise<void> | null = null;
  private giveUpTimer: NodeJS.Timeout | undefined;

  /** Whether its session must not be used again, after what it has answered. */
  isSpoiled = false;

  constructor(config?: PooledClientConfig) {
    super(config);
    this.on('error', () => undefined);
    this.once('end', () => this.stopLooking());
    this.connection.on('errorMessage', (answer: { code?: string; routine?: string }) => {
      if (spoilsSession(answer)) this.isSpoiled = true;
    });
    config?.pulse?.follow(this);
  }

  /** Works from now on in a lane, for the request that asks. */
  take(lane: Lane, asker: Asker | null): void {
    if (lane !== this.lane) {
      this.stopLooking();
      this.lane = lane;
    }
    this.asker = asker;
    asker?.connections.add(this);
  }

  /**
   * Works for nobody any more.
   *
   * @returns what to wait for before anybody else may take it, if anything: a request to end a statement is under way,
   * and must not meet theirs
   */
  letGo(): Promise<void> | null {
    this.asker?.connections.delete(this);
    this.asker = null;
    return this.cancelling;
  }

  /** Whether statements are at work on it. */
  get isBusy(): boolean {
    return this.underWay > 0;
  }

  /** Ends the statement that is at work, if any; it then fails with this error. The end of a transaction is let happen. */
  endStatement(because: Error): void {
    if (this.underWay === 0 || this.because !== null || this.cancelling !== null) return;
    if (this.isEndingTransaction && because instanceof ClientGoneError) return;
    this.because = because;
    this.giveUpTimer = setTimeout(() => this.connection.stream.destroy(), endsWithinMs);
    this.cancel();
  }

  /** A server that has not begun with the statement yet overhears the request, so it is made again. */
  private cancel(): void {
    this.cancelling = cancelStatement(this).then(() => {
      this.cancelling = null;
      if (this.because !== null) setTimeout(() => this.cancelAgain(), againAfterMs);
    });
  }

  private cancelAgain(): void {
    if (this.because !== null && this.cancelling === null) this.cancel();
  }

  /** Sends a statement. @throws ClientGoneError, or what its lane says of statements that run too long */
  ask(text: string, values: unknown[] | undefined): Promise<pg.QueryResult> {
    if (this.cancelling !== null) return this.cancelling.then(() => this.ask(text, values));
    const endsTransaction = text === 'COMMIT' || text === 'ROLLBACK';
    if (this.asker?.isGone && !endsTransaction) return Promise.reject(new ClientGoneError());
    this.isEndingTransaction = endsTransaction;
    // Given text, values and name as one object, pg copies it property by property, which takes longer than routing.
    const query = new pg.Query(text, values) as NamedQuery;
    const name = this.keepsPlans && values !== undefined ? preparedName(text) : undefined;
    if (name !== undefined) query.name = name;
    this.begin();
    return new Promise((resolve, reject) => {
      query.callback = (error, result) => {
        const because = this.answered();
        if (error) reject(because !== null && sqlState(error) === queryCanceled ? because : error);
        else resolve(result);
      };
      super.query(query);
    });
  }

  /** A statement is sent; those of a pipeline are at work one after the other. */
  private begin(): void {
    if (this.underWay === 0) this.atWorkSinceMs = performance.now();
    this.underWay += 1;
    if (this.lane !== null && this.lookTimer === null) this.lookIn(this.lane, this.lane.statementMaxMs);
  }

  /** A timer that goes on would keep a connection that has ended, and all it knows, in memory until it fires. */
  private stopLooking(): void {
    if (this.lookTimer !== null) clearTimeout(this.lookTimer);
    this.lookTimer = null;
  }

  private lookIn(lane: Lane, ms: number): void {
    this.lookTimer = setTimeout(() => {
      this.lookTimer = null;
      if (this.underWay === 0) return;
      const leftMs = this.atWorkSinceMs + lane.statementMaxMs - performance.now();
      if (leftMs <= 0) this.endStatement(errorBeyond(lane));
      this.lookIn(lane, leftMs > 0 ? leftMs : Math.min(endsWithinMs, lane.statementMaxMs));
    }, ms);
    this.lookTimer.unref();
  }

  /** @returns why the statement that has ended was told to, if it was */
  private answered(): Error | null {
    this.underWay -= 1;
    if (this.underWay > 0) this.atWorkSinceMs = performance.now();
    const { because } = this;
    if (because === null) return null;
    this.because = null;
    clearTimeout(this.giveUpTimer);
    return because;
  }
}

/** One that sends the statements of `prepared` under their names. */
export class PreparingClient extends PooledClient {
  override readonly keepsPlans = true;
}

PooledClient.prototype.query = function (this: PooledClient, ...given: unknown[]) {
  const [text, values, ...rest] = given;
  const isPlain = typeof text === 'string' && (values === undefined || Array.isArray(values));
  if (isPlain && rest.length === 0) return this.ask(text, values);
  const query = Reflect.get(pg.Client.prototype, 'query') as (...all: unknown[]) => unknown;
  return Reflect.apply(query, this, given);
} as typeof pg.Client.prototype.query;
