/**
 * A mirror of all workspaces in an SQLite file, as a process that a test may kill: `mirror-process.ts <url> <key> <file>
 * <milliseconds between comparisons>`.
 */
import { appendFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createClient, mirror } from '../../clients/node/src/index.ts';
import { SqliteStore } from '../../clients/node/src/stores/sqlite-store.ts';

const [url = '', key = '', file = '', verifyEvery = ''] = process.argv.slice(2);
const verifyEveryMs = Number(verifyEvery);

const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000');
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const running = mirror(new SqliteStore(database), {
  client: createClient({ url, key }),
  verifyEveryMs,
  onVerified: ({ differentBuckets, sequence }) => {
    if (differentBuckets.length === 0) return;
    appendFileSync(`${file}.differences`, `${JSON.stringify({ sequence, differentBuckets })}\n`);
  },
});
await running.run(stop.signal);
