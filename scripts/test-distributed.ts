import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What works on Citus so far; the rest is named in docs/decisions/0079. */
const specs = [
  'test/scim/concurrency',
  'test/scim/combined-writes',
  'test/scim/rfc-',
  'test/scim/index-pages',
  'test/scim/cursor-pages',
  'test/scim/transcripts',
];

const url = process.env.TEST_CITUS_URL;
if (url === undefined) {
  process.stdout.write('NOT TESTED on Citus: TEST_CITUS_URL names no database of a coordinator\n');
} else {
  const given = process.argv.slice(2);
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'test.ts'), ...(given.length > 0 ? given : specs)],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}
