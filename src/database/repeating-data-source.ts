import { DataSource, type EntityManager, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { againAfterDeadlock } from './after-deadlock.ts';
import type { LaneName } from './lanes/lane.ts';
import { currentTask } from './lanes/task.ts';

type Isolation = 'READ UNCOMMITTED' | 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
type Work<T> = (manager: EntityManager) => Promise<T>;

/** Their loops try again by themselves what was taken back, with fewer people. */
const withLoops: ReadonlySet<LaneName> = new Set(['runs', 'leavers']);

/**
 * Does a transaction again that PostgreSQL has taken back for the sake of another one: two acts of admins that wait for each
 * other are then both done, and no client has to ask again. A transaction with an isolation level is done once: it shows
 * one moment, and may already have sent part of it.
 *
 * So the work of a transaction may run several times. It changes nothing but the database; what is told or kept elsewhere
 * follows the commit, or is told by `tellAtCommit`.
 */
export class RepeatingDataSource extends DataSource {
  override transaction<T>(work: Work<T>): Promise<T>;
  override transaction<T>(isolation: Isolation, work: Work<T>): Promise<T>;
  override transaction<T>(...given: [Work<T>] | [Isolation, Work<T>]): Promise<T> {
    if (given.length === 2) return super.transaction(...given).catch(throwInWordsOfPg);
    const [work] = given;
    const once = () => super.transaction(work).catch(throwInWordsOfPg);
    return withLoops.has(currentTask().lane) ? once() : againAfterDeadlock(once);
  }
}

/**
 * A connection may break while no statement is under way. TypeORM gives it back then, and says of every later statement, the
 * commit too, that it comes after the end; pg would say that the connection is lost.
 */
function throwInWordsOfPg(error: unknown): never {
  if (!(error instanceof QueryRunnerAlreadyReleasedError)) throw error;
  throw new Error('Connection terminated unexpectedly', { cause: error });
}
