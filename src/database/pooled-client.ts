import pg from 'pg';
import { ClientGoneError } from '../errors/domain-errors.ts';
import { sqlState } from '../errors/failed-query.ts';
import { spoilsSession } from '../errors/passing-fault.ts';
import { seconds } from '../errors/duration.ts';
import type { CommitNote, CommitNotes } from './commit-notes.ts';
import { answerOf, type Db } from './db.ts';
import { compile } from './compiled-statement.ts';
import { cancelStatement } from './lanes/cancel-statement.ts';
import { errorBeyond, type Lane } from './lanes/lane.ts';
import type { Asker } from './lanes/task.ts';
import { preparedName } from './prepared-statements.ts';
import type { StatementPulse } from './statement-pulse.ts';

/** How long a cancelled statement may go on before its connection is given up. */
const endsWithinMs = seconds(5);

/** How long after one request to cancel a statement the next is sent, while the statement goes on. */
const againAfterMs = 250;

/** SQLSTATE of a statement in a transaction that has failed before. */
const failedTransaction = '25P02';

/** SQLSTATE of a cancelled statement. */
const queryCanceled = '57014';

/** What pg fills in and reads of a query, beyond its types. */
interface NamedQuery extends pg.Query {
  name: string;
  callback: (error: Error | null, result: pg.QueryResult) => void;
}

export interface PooledClientConfig extends pg.ClientConfig {
  /** Hears every answer of the server. */
  pulse?: StatementPulse;
  /** Hears what committed transactions have noted. */
  commits?: CommitNotes;
}

/**
 * A connection whose statements end in time: when they run longer than their lane allows, and when nobody waits for them
 * any more. The server is asked to cancel them, and the connection lives on. When the server does not answer, because its
 * host has vanished or the request is lost, the connection is given up.
 *
 * When a connection breaks, waiting queries fail with the error; for an idle one the pool reports it. The event alone must
 * not end the process.
 */
export class PooledClient extends pg.Client {
  /**
   * Whether it sends a statement without waiting for earlier answers. Changed only while it waits for none.
   */
  declare pipeline: boolean;
  /** The id of the server process that works for it, or what a pooler reports instead; null while it connects. */
  declare readonly processID: number | null;

  /** Whether the server keeps the plans of `prepared` statements; a pooler without prepared statements rules it out. */
  readonly keepsPlans: boolean = false;

  private lane: Lane | null = null;
  private asker: Asker | null = null;
  private underWay = 0;
  /** When the running statement began. */
  private atWorkSinceMs = 0;
  /** Checks whether it has run for too long. One check serves all statements that come and go before it. */
  private lookTimer: NodeJS.Timeout | null = null;
  private isEndingTransaction = false;
  /** Why the running statement was cancelled. */
  private because: Error | null = null;
  private cancelling: Promise<void> | null = null;
  private giveUpTimer: NodeJS.Timeout | undefined;
  private readonly commits: CommitNotes | undefined;
  /** What the transaction under way tells when it is committed. */
  private notes: CommitNote[] = [];
  /** What it does right before it is committed. */
  private last: { order: string; work: (db: Db) => Promise<void> }[] = [];

  /** Whether its session must not be used again: an answer has shown it, or a request to cancel is still on its way. */
  isSpoiled = false;

  constructor(config?: PooledClientConfig) {
    super(config);
    this.on('error', () => undefined);
    this.once('end', () => this.stopLooking());
    this.connection.on('errorMessage', (answer: { code?: string; routine?: string }) => {
      if (spoilsSession(answer)) this.isSpoiled = true;
    });
    config?.pulse?.follow(this);
    this.commits = config?.commits;
  }

  /** See `TransactionDb`. */
  beforeCommit(work: (db: Db) => Promise<void>, order = ''): void {
    this.last.push({ order, work });
  }

  /** See `TransactionDb`. */
  tellAtCommit(note: CommitNote): void {
    this.notes.push(note);
  }

  /** From now on, works in a lane, for the request that asks. */
  take(lane: Lane, asker: Asker | null): void {
    if (lane !== this.lane) {
      this.stopLooking();
      this.lane = lane;
    }
    this.asker = asker;
    asker?.connections.add(this);
  }

  /**
   * No longer works for anyone.
   *
   * @returns what the next user must wait for, if anything: a request to cancel a statement is under way, and must not
   * hit theirs
   */
  letGo(): Promise<void> | null {
    this.asker?.connections.delete(this);
    this.asker = null;
    return this.cancelling;
  }

  /** Whether statements run on it. */
  get isBusy(): boolean {
    return this.underWay > 0;
  }

  /** Cancels the running statement, if any; it then fails with this error. The end of a transaction is never cancelled. */
  endStatement(because: Error): void {
    if (this.underWay === 0 || this.because !== null || this.cancelling !== null) return;
    if (this.isEndingTransaction && because instanceof ClientGoneError) return;
    this.because = because;
    this.giveUpTimer = setTimeout(() => this.connection.stream.destroy(), endsWithinMs);
    this.cancel();
  }

  /** A server that has not begun the statement yet ignores the request, so it is repeated. */
  private cancel(): void {
    this.cancelling = cancelStatement(this).then((isHeard) => {
      this.cancelling = null;
      // It may still come, and would end a statement of who has the connection by then.
      if (!isHeard) this.isSpoiled = true;
      if (this.because !== null) setTimeout(() => this.cancelAgain(), againAfterMs);
    });
  }

  private cancelAgain(): void {
    if (this.because !== null && this.cancelling === null) this.cancel();
  }

  /** Sends a statement. @throws ClientGoneError, or the error of its lane for statements that run too long */
  ask(text: string, values: unknown[] | undefined): Promise<pg.QueryResult> {
    if (this.cancelling !== null) return this.cancelling.then(() => this.ask(text, values));
    const endsTransaction = text === 'COMMIT' || text === 'ROLLBACK';
    if (endsTransaction && this.last.length > 0) {
      const work = this.last.splice(0);
      if (text === 'COMMIT') return this.doLast(work).then(() => this.ask(text, values));
    }
    if (this.asker?.isGone && !endsTransaction) return Promise.reject(new ClientGoneError());
    this.isEndingTransaction = endsTransaction;
    // Given one object of text, values and name, pg copies it property by property, which takes longer than all the rest.
    const query = new pg.Query(text, values) as NamedQuery;
    const name = this.keepsPlans && values !== undefined ? preparedName(text) : undefined;
    if (name !== undefined) query.name = name;
    this.begin();
    return new Promise((resolve, reject) => {
      query.callback = (error, result) => {
        const because = this.answered();
        if (error) reject(because !== null && sqlState(error) === queryCanceled ? because : error);
        else resolve(result);
        if (endsTransaction) this.endNotes(error ? null : result);
      };
      super.query(query);
    });
  }

  /**
   * What has the same order is done one after the other; of the rest, each sends its statements in that order without waiting
   * for the answers of others. Those that all begin with travel together.
   */
  private async doLast(last: typeof this.last): Promise<void> {
    const db: Db = {
      run: async (statement) => {
        const { text, values } = compile(statement);
        return answerOf(await this.ask(text, values));
      },
    };
    const inOrder = last.toSorted((one, other) =>
      one.order < other.order ? -1 : Number(one.order > other.order),
    );
    this.pipeline = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    const ends = await Promise.allSettled(
      [...Map.groupBy(inOrder, ({ order }) => order).values()].map(async (works) => {
        for (const { work } of works) await work(db);
      }),
    );
    this.pipeline = false;
    const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    // Every statement after one that failed fails, too; whose failure came first says why.
    if (reasons.length > 0)
      throw reasons.find((reason) => sqlState(reason) !== failedTransaction) ?? reasons[0];
  }

  /** A COMMIT of a failed transaction is answered as ROLLBACK. */
  private endNotes(result: pg.QueryResult | null): void {
    if (this.notes.length === 0) return;
    const { notes } = this;
    this.notes = [];
    if (result?.command === 'COMMIT') this.commits?.tell(notes);
  }

  /** A statement is sent; those of a pipeline run one after the other. */
  private begin(): void {
    if (this.underWay === 0) this.atWorkSinceMs = performance.now();
    this.underWay += 1;
    if (this.lane !== null && this.lookTimer === null) this.lookIn(this.lane, this.lane.statementMaxMs);
  }

  /** A running timer would keep a closed connection, and all it refers to, in memory until it fires. */
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

  /** @returns why the finished statement was cancelled, if it was */
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

/** A connection that sends the statements of `prepared` under their names. */
export class PreparingClient extends PooledClient {
  override readonly keepsPlans = true;
}

/** Typed methods of pg have too many overloads to override; see "Patches of foreign objects" in ARCHITECTURE.md. */
PooledClient.prototype.query = function (this: PooledClient, ...given: unknown[]) {
  const [text, values, ...rest] = given;
  const isPlain = typeof text === 'string' && (values === undefined || Array.isArray(values));
  if (isPlain && rest.length === 0) return this.ask(text, values);
  const query = Reflect.get(pg.Client.prototype, 'query') as (...all: unknown[]) => unknown;
  return Reflect.apply(query, this, given);
} as typeof pg.Client.prototype.query;
