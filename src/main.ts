import { ConfigError } from './config/config-error.ts';
import { plainError } from './errors/plain-error.ts';
import { runService } from './application/service.ts';

/** EX_CONFIG of sysexits.h: a supervisor need not try again before somebody corrects the settings. */
const configErrorExitCode = 78;
const unexpectedErrorExitCode = 1;
/** What pino calls fatal. */
const fatalLevel = 60;

// Node would print the error with all that a database says of it, which repeats what stands in rows.
process.on('uncaughtException', endUnexpectedly);

/** EX_TEMPFAIL: a supervisor should try again. */
const temporaryFailureExitCode = 75;

try {
  await runService(process.env, import.meta.filename);
} catch (error) {
  if (!(error instanceof ConfigError)) endUnexpectedly(error);
  for (const fault of error.faults) process.stderr.write(`user-provisioning: ${fault}\n`);
  process.exit(error.mayPass ? temporaryFailureExitCode : configErrorExitCode);
}

function endUnexpectedly(error: unknown): never {
  const line = {
    level: fatalLevel,
    time: Date.now(),
    err: plainError(error),
    msg: 'Ended by an unexpected error',
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  process.exit(unexpectedErrorExitCode);
}
