/**
 * The service as it is, but for its events: what it appends to them right before a commit is left out. Only for the benchmark,
 * which compares the two. Records of the audit log, which are appended right before a commit, too, stay.
 */
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../dist/src');
type BeforeCommit = (work: unknown, order?: string) => void;
const { PooledClient } = (await import(join(built, 'database/pooled-client.js'))) as {
  PooledClient: { prototype: { beforeCommit: BeforeCommit } };
};
const { prototype } = PooledClient;
const append = prototype.beforeCommit;
// Events come first, and so have no order; records are in the order of their workspaces.
prototype.beforeCommit = function (this: unknown, work, order = '') {
  if (order !== '') Reflect.apply(append, this, [work, order]);
};
await import(join(built, 'main.js'));
