import { ConfigError } from '../src/config/config-error.ts';
import { Config } from '../src/config/config.ts';
import type { Environment } from '../src/config/setting-reader.ts';
import { checkDatabase } from './doctor/database.ts';
import { type Finding, Findings } from './doctor/finding.ts';
import { checkAddress, checkDisk, checkMail } from './doctor/surroundings.ts';

/** Stands in for the token that an embedded service makes itself, so that the doctor writes no file. */
const tokenToBeMade = 'b52f4c0b8e1f4a7d9a63d0c4';

/**
 * `npm run doctor`: looks at the settings and the surroundings, changes nothing, and says in words what is wrong. A line
 * for each thing; the exit code is 1 when something is wrong.
 */
async function main(): Promise<number> {
  const { config, findings } = readConfig(process.env);
  if (config !== null)
    for (const check of [checkDatabase, checkDisk, checkMail, checkAddress])
      findings.push(...(await check(config)));
  const marks = { ok: 'ok  ', warn: 'look', fail: 'BAD ' };
  for (const { level, about, says } of findings)
    process.stdout.write(`${marks[level]} ${about.padEnd(9)} ${says}\n`);
  const bad = findings.filter(({ level }) => level === 'fail').length;
  const worth = findings.filter(({ level }) => level === 'warn').length;
  process.stdout.write(`\n${bad} wrong, ${worth} worth a look\n`);
  return bad === 0 ? 0 : 1;
}

function readConfig(environment: Environment): { config: Config | null; findings: Finding[] } {
  const found = new Findings('settings');
  const isMade = !environment.DATABASE_URL && !environment.OPERATOR_TOKEN && !environment.OPERATOR_TOKEN_FILE;
  try {
    const config = Config.fromEnvironment(
      isMade ? { ...environment, OPERATOR_TOKEN: tokenToBeMade } : environment,
    );
    found.ok('All settings can be read.');
    return { config, findings: found.all };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) found.fail(fault);
    return { config: null, findings: found.all };
  }
}

process.exitCode = await main();
