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
    // Asks for the property and not for the class: a spec file has an `Error` of its own.
    const stack: unknown =
      typeof error === 'object' && error !== null && 'stack' in error ? error.stack : null;
    appendFileSync(faultsFile, `${what}: ${typeof stack === 'string' ? stack : String(error)}\n`);
  };
  process.on('warning', (warning) => {
    if (!knownWarnings.has(warning.name)) record('Warning', warning);
  });
  // It watches and changes nothing: the process ends for it, or jest fails the test that it happened in.
  process.on('uncaughtExceptionMonitor', (error, origin) => record(origin, error));
}
