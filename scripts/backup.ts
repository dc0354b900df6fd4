import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { ConfigError } from '../src/config/config-error.ts';
import { restoreBackup } from '../src/database/embedded/backup/restore.ts';
import { takeBackup } from '../src/database/embedded/backup/take-backup.ts';
import type { Backup } from '../src/database/embedded/backup/backup-file.ts';

const usage =
  'npm run backup -- FOLDER copies the embedded database of DATA_DIR into a new folder; ' +
  'npm run restore -- FOLDER puts it back. With DATABASE_URL, use pg_dump.';

/**
 * `npm run backup -- FOLDER` and `npm run restore -- FOLDER`. The exit code is 78 when something has to be put right first.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { restore: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder, ...rest] = positionals;
  const dataDir = resolve(process.env.DATA_DIR ?? '.data');
  try {
    if (folder === undefined || rest.length > 0) throw new ConfigError([usage]);
    if (process.env.DATABASE_URL) throw new ConfigError([`DATABASE_URL is set: ${usage}`]);
    const backup = await (values.restore ? restoreBackup(dataDir, folder) : takeBackup(dataDir, folder));
    say(
      backup,
      values.restore
        ? `Restored ${dataDir} from ${resolve(folder)}`
        : `Backed up ${dataDir} to ${resolve(folder)}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) process.stderr.write(`user-provisioning: ${fault}\n`);
    return 78;
  }
}

function say({ files, takenAt }: Backup, what: string): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(
    `${what}: ${files.length} files, ${Math.ceil(bytes / 1024 ** 2)} MB, as of ${takenAt}\n`,
  );
}

process.exitCode = await main();
