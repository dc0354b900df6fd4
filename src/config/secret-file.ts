import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import { messageOf, systemErrorCode } from './system-error.ts';
import { weaknessOf } from './weak-secret.ts';

const secretLengthBytes = 32;

/**
 * A secret that an embedded installation makes for itself.
 *
 * @property file its name in the data folder
 * @property setting the environment variable that would give it instead
 * @property what the word for it
 * @property prefix what it begins with
 */
export interface OwnSecret {
  file: string;
  setting: string;
  what: string;
  prefix: string;
}

/**
 * A secret of an embedded installation: made at the first start, kept readable by its owner alone.
 *
 * @throws ConfigError when `dataDir` cannot be made, read or written
 */
export function ensureSecret(dataDir: string, own: OwnSecret): { secret: string; file: string } {
  const file = join(dataDir, own.file);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { secret: readSecret(file, own) ?? makeSecret(file, own), file };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = systemErrorCode(error) || messageOf(error);
    throw new ConfigError([`DATA_DIR must be a folder that this user may write to (${why})`]);
  }
}

function readSecret(file: string, { setting, what }: OwnSecret): string | null {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
  if (secret === '') throw new ConfigError([`${setting} is not set and ${file} is empty: delete that file`]);
  const weakness = weaknessOf(secret);
  if (weakness !== null)
    throw new ConfigError([
      `${setting} is not set and the ${what} in ${file} ${weakness}: delete that file, and a random one is made`,
    ]);
  return secret;
}

/** The file is written under another name and then linked into place, so that the second process reads the secret of the first. */
function makeSecret(file: string, { prefix }: OwnSecret): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${prefix}${randomBytes(secretLengthBytes).toString('base64url')}\n`, {
    mode: 0o600,
  });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
