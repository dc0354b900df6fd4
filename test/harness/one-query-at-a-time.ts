import pg from 'pg';
import './record-statements.ts';

/** Fields of pg's client that its types do not have. */
interface QueueOfClient {
  pipeline: boolean;
  _queryQueue: unknown[];
  _getActiveQuery(): unknown;
}

/**
 * Makes a connection reject a statement that is sent while another one runs, unless it is a pipeline. pg 8 queues such
 * statements and warns once per process; pg 9 will not. Here the test that did it fails. What is sent is noted for
 * `record-statements.ts`.
 */
function refuseQueuedQueries(): void {
  const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const client = this as unknown as QueueOfClient;
    if (!client.pipeline && (client._queryQueue.length > 0 || client._getActiveQuery() != null)) {
      throw new Error(`This connection was asked for a statement while another runs: ${String(given[0])}`);
    }
    globalThis.noteStatement?.(given[0]);
    return Reflect.apply(query, this, given);
  } as typeof pg.Client.prototype.query;
}

refuseQueuedQueries();

export { pg };
