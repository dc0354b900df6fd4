import pg from 'pg';

/** What pg knows of its own queue, beyond its types. */
interface QueueOfClient {
  pipeline: boolean;
  _queryQueue: unknown[];
  _getActiveQuery(): unknown;
}

/**
 * Makes a connection refuse a statement that it is asked for while another runs, unless it is a pipeline. pg 8 lines
 * them up and warns of the third one once in a process; pg 9 will not. Here it fails the test that did it.
 */
export function refuseQueuedQueries(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the client that it was called on
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const { pipeline, _queryQueue: waiting, _getActiveQuery: active } = this as unknown as QueueOfClient;
    if (!pipeline && (waiting.length > 0 || active.call(this) != null)) {
      throw new Error(`This connection was asked for a statement while another runs: ${String(given[0])}`);
    }
    return Reflect.apply(query, this, given) as unknown;
  } as typeof query;
}
