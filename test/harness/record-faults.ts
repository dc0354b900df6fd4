import { appendFileSync } from 'node:fs';
import './record-statements.ts';

/**
 * Preloaded by every process of a test run (`node --import`), the service included. Warnings and unhandled errors,
 * which would only leave a line on stderr, go to the file named by `TEST_FAULTS_FILE`; `scripts/test.ts` then fails the run.
 */
const faultsFile = process.env.TEST_FAULTS_FILE;

/** We use experimental features on purpose; the lock file pins them. */
const knownWarnings = new Set(['ExperimentalWarning']);

if (faultsFile !== undefined) {
  const record = (what: string, error: unknown) => {
    // Checks the property instead of the class: each spec file has its own `Error`.
    const stack: unknown =
      typeof error === 'object' && error !== null && 'stack' in error ? error.stack : null;
    appendFileSync(faultsFile, `${what}: ${typeof stack === 'string' ? stack : String(error)}\n`);
  };
  process.on('warning', (warning) => {
    if (!knownWarnings.has(warning.name)) record('Warning', warning);
  });
  // Only a monitor: the process still ends because of the error, or jest fails the test in which it happened.
  process.on('uncaughtExceptionMonitor', (error, origin) => record(origin, error));
}
