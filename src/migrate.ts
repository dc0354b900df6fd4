import { ConfigError } from './config/config-error.ts';
import { SettingReader } from './config/setting-reader.ts';
import { grantServiceRole } from './database/grant-service-role.ts';
import { prepareDatabase } from './database/prepare-database.ts';

const configErrorExitCode = 78;
const temporaryFailureExitCode = 75;

/**
 * `npm run migrate`, and in the image `node dist/src/migrate.js`: brings the schema of `DATABASE_URL` up to date and ends.
 * A step of its own where processes start with `MIGRATE_AT_START=off`. With `SERVICE_ROLE`, that role may read and write
 * the tables afterwards. Exit codes as of the service.
 */
async function main(): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const read = new SettingReader(process.env);
    const url = read.databaseUrl('DATABASE_URL');
    if (url === null)
      read.missing(
        'DATABASE_URL',
        'is required: an embedded database is migrated by the start of its service',
      );
    const role = read.optional('SERVICE_ROLE', 'the name of a role', /^[\w-]{1,63}$/);
    read.throwFaults();
    const ran = await prepareDatabase(url ?? '', {
      onWait: () => say('Waiting for PostgreSQL'),
      onRetry: say,
    });
    for (const migration of ran) say(`Migrated the database: ${migration}`);
    if (role !== null) await grantServiceRole(url ?? '', role);
    say('The schema is up to date.');
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) process.stderr.write(`user-provisioning: ${fault}\n`);
    return error.mayPass ? temporaryFailureExitCode : configErrorExitCode;
  }
}

process.exitCode = await main();
