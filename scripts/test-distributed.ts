import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { notOnCitus } from '../test/harness/not-on-citus.ts';

/**
 * `npm run test:distributed`: all tests on the cluster of Citus that `TEST_CITUS_URL` names, or the specs that are given. Those that
 * say something about one PostgreSQL are left out, and named.
 */
const url = process.env.TEST_CITUS_URL;
if (url === undefined) {
  process.stdout.write('NOT TESTED on Citus: TEST_CITUS_URL names no database of a coordinator\n');
} else {
  for (const { spec, tests = ['all of it'], because } of notOnCitus)
    process.stdout.write(`left out: ${spec} (${tests.join('; ')}): ${because}\n`);
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'test.ts'), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
}
