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
  const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const client = this as unknown as QueueOfClient;
    if (!client.pipeline && (client._queryQueue.length > 0 || client._getActiveQuery() != null)) {
      throw new Error(`This connection was asked for a statement while another runs: ${String(given[0])}`);
    }
    return Reflect.apply(query, this, given);
  } as typeof pg.Client.prototype.query;
}
