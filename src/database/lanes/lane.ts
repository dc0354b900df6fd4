import { TooCostlyError, UnavailableError } from '../../errors/domain-errors.ts';
import { slowDatabase } from '../../errors/passing-fault.ts';
import { minutes, seconds } from '../../errors/duration.ts';

/**
 * A group of statements that may delay one another, but no others: which connections they take, and how long a statement
 * may run before it is ended.
 */
export interface Lane {
  readonly pool: PoolName;
  /** The share of these connections that is divided among workspaces; without one, first come, first served. */
  readonly share: ShareName | null;
  readonly statementMaxMs: number;
  /** What a statement that ran too long means: the question is too large, or the database is too busy. */
  readonly beyond: 'too-costly' | 'unavailable';
}

export type PoolName = 'requests' | keyof typeof ownConnections;
export type ShareName = 'reads' | 'writes';

/**
 * Connections that a process keeps for work that must go on whatever the workspaces ask for. They come on top of
 * `POOL_SIZE`, the connections for requests.
 */
export const ownConnections = {
  /** Sign-in, sessions, API tokens. */
  access: 2,
  /** People who left lose their access. */
  leavers: 1,
  /** Events of the feed become visible to those who follow all workspaces. */
  events: 1,
  /** Events are sent to webhooks. */
  webhooks: 2,
  /** Runs: as many as a process works on at a time. */
  runs: 2,
  /** Nightly runs, logs, retention, and everything else that nobody waits for. */
  background: 3,
};

/** Connections that quick reads share; see `QuickReads`. */
export const quickConnections = 2;

/** The connection that health and the clock use to check on the database; see `WatchConnection`. */
const watchConnections = 1;

/** The connection that hears other processes; see `NotificationLine`. */
const notificationConnections = 1;

/** The most connections that a process holds. */
export function connectionsMax(poolSize: number): number {
  return Object.values(ownConnections).reduce(
    (sum, count) => sum + count,
    poolSize + quickConnections + watchConnections + notificationConnections,
  );
}

const quickMaxMs = seconds(2);
const accessMaxMs = seconds(5);
const listMaxMs = seconds(5);
const reportMaxMs = seconds(30);
const writeMaxMs = seconds(30);
const overhaulMaxMs = minutes(5);
const backgroundMaxMs = minutes(5);
const leaversMaxMs = minutes(1);
const eventsMaxMs = seconds(10);
const webhooksMaxMs = seconds(30);

const reads = { pool: 'requests', share: 'reads' } as const;
const writes = { pool: 'requests', share: 'writes' } as const;

/** The lanes by their names. A request that reads is a `list`, one that writes a `write`, unless it says otherwise. */
export const lanes = {
  /** Reads that an index answers at once. A read that is held up is asked again as a `list`. */
  quick: { ...writes, statementMaxMs: quickMaxMs, beyond: 'unavailable' },
  /** Lists and searches. */
  list: { ...reads, statementMaxMs: listMaxMs, beyond: 'too-costly' },
  /** Reads of everything that cannot be done in parts: exports, counts, previews, a large group. */
  report: { ...reads, statementMaxMs: reportMaxMs, beyond: 'unavailable' },
  /** Writes of one request. */
  write: { ...writes, statementMaxMs: writeMaxMs, beyond: 'unavailable' },
  /** Writes that touch all data of a workspace: another type for a property, the deletion of a workspace. */
  overhaul: { ...writes, statementMaxMs: overhaulMaxMs, beyond: 'unavailable' },
  access: { pool: 'access', share: null, statementMaxMs: accessMaxMs, beyond: 'unavailable' },
  leavers: { pool: 'leavers', share: null, statementMaxMs: leaversMaxMs, beyond: 'unavailable' },
  events: { pool: 'events', share: null, statementMaxMs: eventsMaxMs, beyond: 'unavailable' },
  webhooks: { pool: 'webhooks', share: null, statementMaxMs: webhooksMaxMs, beyond: 'unavailable' },
  runs: { pool: 'runs', share: null, statementMaxMs: backgroundMaxMs, beyond: 'unavailable' },
  background: { pool: 'background', share: null, statementMaxMs: backgroundMaxMs, beyond: 'unavailable' },
} satisfies Record<string, Lane>;

export type LaneName = keyof typeof lanes;

/** The error of a statement that was ended because it ran longer than its lane allows. */
export function errorBeyond({ beyond, statementMaxMs }: Lane): TooCostlyError | UnavailableError {
  const seconds = statementMaxMs / 1000;
  return beyond === 'too-costly'
    ? new TooCostlyError(
        `This search takes longer than the ${seconds} seconds that it may. Narrow the filter: fewer terms, eq instead of co.`,
      )
    : new UnavailableError(
        `The database took longer than ${seconds} seconds. Try again in a moment.`,
        slowDatabase,
      );
}
