import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.ts';
import { Config } from './config.ts';

const one = '4f1d2b9a7c3e8056d1b2a4c6e8f00913';
const two = 'b7a90c1e5d3f48261a0c9e7b5d3f1128';
const outside = { DATABASE_URL: 'postgres://user:password@localhost/db' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operator-tokens-'));
  file = join(folder, 'tokens');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string, more: Record<string, string> = {}): Config {
  writeFileSync(file, text);
  return Config.fromEnvironment({ ...outside, OPERATOR_TOKEN_FILE: file, ...more });
}

function faultsOf(text: string, more: Record<string, string> = {}): readonly string[] {
  try {
    read(text, more);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
  }
  throw new Error('It was accepted');
}

describe('OPERATOR_TOKEN_FILE', () => {
  it('holds named tokens, one a line, beside comments', () => {
    const { operatorTokens, operatorToken } = read(`# people\nada ${one}\n\n  back-office\t${two}  \n`);
    expect(operatorTokens).toEqual([
      { name: 'ada', token: one },
      { name: 'back-office', token: two },
    ]);
    expect(operatorToken).toBe(one);
  });

  it('may hold one token and nothing else, as a secret of a container does', () => {
    expect(read(`${one}\n`).operatorTokens).toEqual([{ name: null, token: one }]);
  });

  it('adds to OPERATOR_TOKEN, which stays the first', () => {
    const { operatorTokens, secretsKeys } = read(`ada ${two}`, { OPERATOR_TOKEN: one });
    expect(operatorTokens).toEqual([
      { name: null, token: one },
      { name: 'ada', token: two },
    ]);
    expect(secretsKeys).toEqual([one, two]);
  });

  it.each([
    ['ada change-me-to-a-long-random-text', /line 1 must hold a random token/],
    ['ada short', /line 1 must hold a token of at least 20 characters/],
    [`ada ${one}\nbob ${one}`, /line 2 must not repeat a name or token/],
    [`ada ${one}\nada ${two}`, /line 2 must not repeat a name or token/],
    [`ada/x ${one}`, /line 1 must begin with a name/],
    [`ada ${one} ${two}`, /line 1 must be a name and a token/],
    ['# nobody\n', /must hold at least one token/],
  ])('is refused at start when it says %j, without its tokens', (text, problem) => {
    const faults = faultsOf(text);
    expect(faults).toEqual([expect.stringMatching(problem)]);
    for (const secret of [one, two, 'change-me', 'short']) expect(faults.join()).not.toContain(secret);
  });

  it('is refused when it cannot be read, or repeats OPERATOR_TOKEN', () => {
    const missing = { ...outside, OPERATOR_TOKEN_FILE: join(folder, 'missing') };
    expect(() => Config.fromEnvironment(missing)).toThrow(/must be a file that can be read \(ENOENT\)/);
    expect(faultsOf(`ada ${one}`, { OPERATOR_TOKEN: one })).toEqual([
      'OPERATOR_TOKEN_FILE must not hold the token of OPERATOR_TOKEN',
    ]);
  });
});
