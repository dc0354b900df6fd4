import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import { messageOf, systemErrorCode } from './system-error.ts';
import { weaknessOf } from './weak-secret.ts';

const operatorTokenLengthBytes = 32;

/**
 * The operator token of an embedded installation: made at the first start, kept readable by its owner alone.
 *
 * @throws ConfigError when `dataDir` cannot be made, read or written
 */
export function ensureOperatorToken(dataDir: string): { operatorToken: string; operatorTokenFile: string } {
  const operatorTokenFile = join(dataDir, 'operator-token');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const operatorToken = readToken(operatorTokenFile) ?? makeToken(operatorTokenFile);
    return { operatorToken, operatorTokenFile };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = systemErrorCode(error) || messageOf(error);
    throw new ConfigError([`DATA_DIR must be a folder that this user may write to (${why})`]);
  }
}

function readToken(file: string): string | null {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
  if (token === '')
    throw new ConfigError([`OPERATOR_TOKEN is not set and ${file} is empty: delete that file`]);
  const weakness = weaknessOf(token);
  if (weakness !== null)
    throw new ConfigError([
      `OPERATOR_TOKEN is not set and the token in ${file} ${weakness}: delete that file, and a random one is made`,
    ]);
  return token;
}

/**
 * The file is written under another name and then linked into place, so that the second process reads the token of the
 * first.
 */
function makeToken(file: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `op_${randomBytes(operatorTokenLengthBytes).toString('base64url')}\n`, {
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
