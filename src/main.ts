import { ConfigError } from './config/config-error.ts';
import { runService } from './service.ts';

/** EX_CONFIG of sysexits.h: a supervisor need not try again before somebody corrects the settings. */
const configErrorExitCode = 78;

/** EX_TEMPFAIL: a supervisor should try again. */
const temporaryFailureExitCode = 75;

try {
  await runService(process.env);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const fault of error.faults) process.stderr.write(`user-provisioning: ${fault}\n`);
  process.exit(error.mayPass ? temporaryFailureExitCode : configErrorExitCode);
}
