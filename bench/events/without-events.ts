/**
 * The service as it is, but for its events: what it appends right before a commit is left out. Only for the benchmark,
 * which compares the two.
 */
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../dist/src');
const { PooledClient } = (await import(join(built, 'database/pooled-client.js'))) as {
  PooledClient: { prototype: { beforeCommit: () => void } };
};
PooledClient.prototype.beforeCommit = () => undefined;
await import(join(built, 'main.js'));
