import { EventEmitter } from 'node:events';
import pg from 'pg';
import { ClientGoneError } from '../../errors/domain-errors.ts';
import type { PooledClient } from '../pooled-client.ts';
import { seconds } from '../../errors/duration.ts';
import { FairShare, type ShareLimits } from './fair-share.ts';
import { type Lane, lanes, ownConnections, type PoolName, type ShareName } from './lane.ts';
import { type Asker, currentTask } from './task.ts';

/** How many requests of one workspace may wait for a connection; more are refused at once. */
const waitingPerWorkspaceMax = 50;
const waitMaxMs = seconds(10);

type Release = (error?: Error | boolean) => void;
type Taken = (error: Error | undefined, client?: PooledClient, release?: Release) => void;

/** What the data source hands to its pool; `max` is the number of connections for requests. */
export type LanePoolConfig = pg.PoolConfig & { max: number };

/**
 * The connections of a process, which look like one pool to their users. The present task (`currentTask`) decides which
 * connection is taken: each lane has connections that no other lane can use up, and a workspace gets only its share of the
 * connections for requests.
 */
export class LanePool extends EventEmitter {
  private readonly pools: Record<PoolName, pg.Pool>;
  private readonly shares: Record<ShareName, FairShare>;

  constructor(config: LanePoolConfig) {
    super();
    const pools = Object.entries({ ...ownConnections, requests: config.max }).map(([name, max]) => {
      const pool = new pg.Pool({ ...config, max });
      pool.on('error', (error) => this.emit('error', error));
      return [name, pool];
    });
    this.pools = Object.fromEntries(pools) as Record<PoolName, pg.Pool>;
    const shares = Object.entries(sharesOf(config.max)).map(([name, limits]) => [
      name,
      new FairShare(limits),
    ]);
    this.shares = Object.fromEntries(shares) as Record<ShareName, FairShare>;
  }

  /**
   * Takes a connection for the present task.
   *
   * @param taken gets it with what gives it back, or the error: `BusyError` when the workspace has its share already,
   * `ClientGoneError`, or what pg says of a server that cannot be reached
   */
  connect(taken: Taken): void {
    const { lane: name, asker } = currentTask();
    const lane = lanes[name];
    const key = lane.share === null ? null : (asker?.shareKey(lane.share) ?? null);
    if (asker?.isGone) return taken(new ClientGoneError());
    // A request that holds a connection must not wait for a second one behind those who wait for its first.
    if (lane.share === null || asker === null || key === null || asker.connections.size > 0) {
      return this.take(lane, asker, () => undefined, taken);
    }
    const share = this.shares[lane.share];
    const leave = () => share.leave(key);
    const wait = share.enter(key);
    if (wait === null) return this.take(lane, asker, leave, taken);
    wait.then(
      () => {
        if (!asker.isGone) return this.take(lane, asker, leave, taken);
        leave();
        taken(new ClientGoneError());
      },
      (error: Error) => taken(error),
    );
  }

  /** How many connections of each kind work, are free, and are waited for. */
  load(): { pool: string; state: 'busy' | 'idle' | 'waited_for'; count: number }[] {
    return Object.entries(this.pools).flatMap(([pool, { totalCount, idleCount, waitingCount }]) => [
      { pool, state: 'busy' as const, count: totalCount - idleCount },
      { pool, state: 'idle' as const, count: idleCount },
      { pool, state: 'waited_for' as const, count: waitingCount },
    ]);
  }

  /** Ends all connections, when they have been given back. */
  end(ended: (error?: Error) => void): void {
    Promise.all(Object.values(this.pools).map((pool) => pool.end())).then(
      () => ended(),
      (error: Error) => ended(error),
    );
  }

  private take(lane: Lane, asker: Asker | null, leave: () => void, taken: Taken): void {
    this.pools[lane.pool].connect((error, client, release) => {
      if (client === undefined) {
        leave();
        return taken(error ?? new Error('The pool gave no connection'));
      }
      const connection = client as unknown as PooledClient;
      connection.take(lane, asker);
      taken(undefined, connection, (broken) => giveBack(connection, release, leave, broken));
    });
  }
}

/** A connection is free again when no request to end its statement is under way, and when nothing is at work on it. One whose
 * session is of no use any more is not used again. */
function giveBack(client: PooledClient, release: Release, leave: () => void, broken?: Error | boolean): void {
  const end = () => {
    release(broken ?? (client.isBusy || client.isSpoiled));
    leave();
  };
  const cancelling = client.letGo();
  if (cancelling === null) end();
  else void cancelling.then(end);
}

/** Reads get half of the connections, a workspace half of those; a writing workspace leaves two for the others. */
function sharesOf(connections: number): Record<ShareName, ShareLimits> {
  const reads = Math.max(1, Math.floor(connections / 2));
  const waiting = { waitingEachMax: waitingPerWorkspaceMax, waitMaxMs };
  return {
    reads: { insideMax: reads, insideEachMax: Math.max(1, Math.floor(reads / 2)), ...waiting },
    writes: { insideMax: connections, insideEachMax: Math.max(1, connections - 2), ...waiting },
  };
}
