import { appendFileSync } from 'node:fs';

/**
 * Preloaded by every process of a test run (`node --import`), the service's own among them: what would pass by with a
 * line on stderr is written to the file that `TEST_FAULTS_FILE` names, and `scripts/test.ts` fails the run for it.
 */
const faultsFile = process.env.TEST_FAULTS_FILE;

/** We use what is experimental knowingly; it is pinned by the lock file. */
const knownWarnings = new Set(['ExperimentalWarning']);

if (faultsFile !== undefined) {
  const record = (what: string, error: unknown) => {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    appendFileSync(faultsFile, `${what}: ${told}\n`);
  };
  process.on('warning', (warning) => {
    if (!knownWarnings.has(warning.name)) record('Warning', warning);
  });
  // It watches and changes nothing: the process ends for it, or jest fails the test that it happened in.
  process.on('uncaughtExceptionMonitor', (error, origin) => record(origin, error));
}
