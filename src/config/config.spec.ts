import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.ts';
import { Config } from './config.ts';

const outside = {
  DATABASE_URL: 'postgres://user:secret-password@db.example.com:5432/provisioning',
  OPERATOR_TOKEN: 'a-token-of-the-operator-1',
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    Config.fromEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('Config', () => {
  it('has a default for everything that can have one', () => {
    expect(Config.fromEnvironment(outside)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      productName: 'Mooncamp',
      productLanguages: [],
      logLevel: 'info',
      poolSize: 10,
      preparedStatements: true,
      trustedProxies: 0,
      headerTimeoutSeconds: 10,
      bodyTimeoutSeconds: 60,
      idleConnectionSeconds: 75,
      connectionsMax: 2_000,
      operatorTokenFile: null,
    });
  });

  it('reads the languages of the product in canonical form', () => {
    const { productLanguages } = Config.fromEnvironment({ ...outside, PRODUCT_LANGUAGES: 'de_ch, EN' });
    expect(productLanguages).toEqual(['de-CH', 'en']);
  });

  it('cannot be changed', () => {
    const config = Config.fromEnvironment(outside);
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3000a'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'ftp://example.com'],
    ['PUBLIC_URL', 'https://user:pw@example.com'],
    ['PUBLIC_URL', 'https://@example.com'],
    ['PUBLIC_URL', 'provisioning.example.com'],
    ['PUBLIC_URL', '//example.com'],
    ['PUBLIC_URL', 'https:example.com'],
    ['PUBLIC_URL', 'https:\\\\example.com'],
    ['PUBLIC_URL', 'localhost:3000'],
    ['PUBLIC_URL', 'https://a.example.com,https://b.example.com'],
    ['PUBLIC_URL', 'https://a.example.com, https://b.example.com'],
    ['PUBLIC_URL', 'https://a.example.com https://b.example.com'],
    ['PUBLIC_URL', 'https://a.example.com;https://b.example.com'],
    ['PUBLIC_URL', 'https://a.example.com|https://b.example.com'],
    ['PUBLIC_URL', 'https://a.example.com/users,https://b.example.com'],
    ['PUBLIC_URL', 'https://example.com\nhttps://example.org'],
    ['PUBLIC_URL', '"https://example.com"'],
    ['PUBLIC_URL', 'https://example.com/?tenant=1'],
    ['PUBLIC_URL', 'https://example.com/?'],
    ['PUBLIC_URL', 'https://example.com/#settings'],
    ['PUBLIC_URL', 'https://example.com/a b'],
    ['PUBLIC_URL', 'https://exa mple.com'],
    ['PUBLIC_URL', 'https://example.com/a%20b'],
    ['PUBLIC_URL', 'https://example.com//a'],
    ['PUBLIC_URL', 'https://example.com/a/../b'],
    ['PUBLIC_URL', 'https://example.com:99999'],
    ['PUBLIC_URL', 'https:///x'],
    ['PUBLIC_URL', 'https://example.com/api'],
    ['PUBLIC_URL', 'https://example.com/settings/users'],
    ['PUBLIC_URL', 'https://example.com/users/scim/v2'],
    ['DATABASE_URL', 'mysql://localhost/db'],
    ['DATABASE_URL', 'postgres://localhost'],
    ['OPERATOR_TOKEN', 'too-short'],
    ['OPERATOR_TOKEN', 'change-me-to-a-long-random-text'],
    ['OPERATOR_TOKEN', 'abcabcabcabcabcabcabcabc'],
    ['HEADER_TIMEOUT_SECONDS', '-1'],
    ['BODY_TIMEOUT_SECONDS', '1.5'],
    ['IDLE_CONNECTION_SECONDS', '-1'],
    ['MAX_CONNECTIONS', '5'],
    ['PRODUCT_NAME', 'x'.repeat(101)],
    ['PRODUCT_LANGUAGES', 'en, German'],
    ['LOG_LEVEL', 'verbose'],
    ['POOL_SIZE', '1'],
    ['TRUST_PROXY', 'yes'],
  ])('names a wrong %s in one line and keeps the value %j to itself', (name, value) => {
    const faults = faultsOf({ ...outside, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} must `));
    expect(faults[0]).not.toContain(value);
    expect(faults[0]).not.toContain('\n');
  });

  it('names every fault at once', () => {
    expect(faultsOf({ ...outside, PORT: 'x', LOG_LEVEL: 'y' }).map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
    ]);
  });

  it('requires the operator token beside an outside database', () => {
    expect(faultsOf({ DATABASE_URL: outside.DATABASE_URL })).toEqual([
      'OPERATOR_TOKEN is required when DATABASE_URL is set',
    ]);
  });

  it.each([
    ['0.0.0.0', 'http://localhost:3000'],
    ['provisioning.internal', 'http://provisioning.internal:3000'],
    ['fd00::1', 'http://[fd00::1]:3000'],
  ])('derives the public URL from the host %s', (host, publicUrl) => {
    expect(Config.fromEnvironment({ ...outside, HOST: host }).publicUrl).toBe(publicUrl);
  });

  it('takes the slash off the end of the public URL', () => {
    const config = Config.fromEnvironment({ ...outside, PUBLIC_URL: 'https://example.com/up/' });
    expect([config.publicUrl, config.publicPath]).toEqual(['https://example.com/up', '/up']);
  });

  it.each([
    ['HTTPS://Example.com', 'https://example.com', ''],
    ['https://example.com:8443/', 'https://example.com:8443', ''],
    ['http://my_service:3000/a/b.c-d_e~f', 'http://my_service:3000/a/b.c-d_e~f', '/a/b.c-d_e~f'],
    ['http://[::1]:3000/apis', 'http://[::1]:3000/apis', '/apis'],
    ['https://bücher.example/x', 'https://xn--bcher-kva.example/x', '/x'],
  ])('takes the public URL %s', (written, publicUrl, publicPath) => {
    expect(Config.fromEnvironment({ ...outside, PUBLIC_URL: written })).toMatchObject({
      publicUrl,
      publicPath,
    });
  });
});

describe('Config in embedded mode', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'config-spec-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('makes an operator token once, readable by its owner alone', () => {
    const first = Config.fromEnvironment({ DATA_DIR: dataDir });
    const second = Config.fromEnvironment({ DATA_DIR: dataDir });
    expect(second.operatorToken).toBe(first.operatorToken);
    expect(first.operatorTokenFile).toBe(join(dataDir, 'operator-token'));
    expect(statSync(join(dataDir, 'operator-token')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'operator-token'), 'utf8').trim()).toBe(first.operatorToken);
  });

  it('refuses a weak token that somebody put into its file', () => {
    writeFileSync(join(dataDir, 'operator-token'), 'change-me-to-a-long-random-text');
    const faults = faultsOf({ DATA_DIR: dataDir });
    expect(faults).toEqual([
      expect.stringMatching(/^OPERATOR_TOKEN is not set and the token in .*: delete that file/),
    ]);
    expect(faults[0]).not.toContain('change-me');
  });

  it('takes the operator token that is given', () => {
    const config = Config.fromEnvironment({ DATA_DIR: dataDir, OPERATOR_TOKEN: outside.OPERATOR_TOKEN });
    expect([config.operatorToken, config.operatorTokenFile]).toEqual([outside.OPERATOR_TOKEN, null]);
  });

  it('says that the data folder cannot be made', () => {
    writeFileSync(join(dataDir, 'a-file'), '');
    expect(faultsOf({ DATA_DIR: join(dataDir, 'a-file') })[0]).toMatch(/^DATA_DIR must be a folder/);
  });
});
