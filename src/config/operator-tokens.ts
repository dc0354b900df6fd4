import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { messageOf, systemErrorCode } from './system-error.ts';
import { weaknessOf } from './weak-secret.ts';

/** Longest name of an operator token, in characters. */
export const operatorNameLengthMaxChars = 60;
/** Operator tokens at the same time: of people and of programs, and of each a former one. */
export const operatorTokensMax = 50;

/** A token that opens `/operator`. */
export interface OperatorToken {
  /** Whose it is, for the audit log; null for `OPERATOR_TOKEN` and for one that the service made itself. */
  readonly name: string | null;
  readonly token: string;
}

const nameForm = /^[\w.@-]+$/;

/**
 * Reads named operator tokens from a file: one a line, a name and the token with a blank between them. A line that is empty
 * or begins with `#` says nothing, and a token alone has no name, as secrets of containers are.
 *
 * @throws ConfigError naming each line that is wrong, and never a token
 */
export function readOperatorTokens(file: string, lengthMinChars: number): OperatorToken[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = systemErrorCode(error) || messageOf(error);
    throw new ConfigError([`OPERATOR_TOKEN_FILE must be a file that can be read (${why})`]);
  }
  const faults: string[] = [];
  const tokens: OperatorToken[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const words = line.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    const [name, token] = words.length === 1 ? [null, words[0] ?? ''] : [words[0] ?? '', words[1] ?? ''];
    const problem = words.length > 2 ? 'must be a name and a token' : problemOf(name, token, lengthMinChars);
    const isTaken = tokens.some((other) => other.name === name || other.token === token);
    if (problem !== null) faults.push(`OPERATOR_TOKEN_FILE line ${at + 1} ${problem}`);
    else if (isTaken) faults.push(`OPERATOR_TOKEN_FILE line ${at + 1} must not repeat a name or token`);
    else tokens.push({ name, token });
  }
  if (faults.length === 0 && tokens.length === 0)
    faults.push('OPERATOR_TOKEN_FILE must hold at least one token');
  if (tokens.length > operatorTokensMax)
    faults.push(`OPERATOR_TOKEN_FILE must hold at most ${operatorTokensMax} tokens`);
  if (faults.length > 0) throw new ConfigError(faults);
  return tokens;
}

function problemOf(name: string | null, token: string, lengthMinChars: number): string | null {
  if (name !== null && (name.length > operatorNameLengthMaxChars || !nameForm.test(name)))
    return `must begin with a name of at most ${operatorNameLengthMaxChars} letters, digits and . _ @ -`;
  if (token.length < lengthMinChars || !/^[\x21-\x7e]+$/.test(token))
    return `must hold a token of at least ${lengthMinChars} characters, ASCII only`;
  const weakness = weaknessOf(token);
  return weakness === null
    ? null
    : `must hold a random token, and this one ${weakness}: make one by "openssl rand -hex 32"`;
}
