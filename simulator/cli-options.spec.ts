import { describe, expect, it } from '@jest/globals';
import { cliOptions, UsageError } from './cli-options.ts';

const needed = ['entra', '--url', 'http://127.0.0.1:3000/scim/v2', '--token', 't'];

describe('the command line', () => {
  it('has defaults for everything but the provider, the URL and the token', () => {
    expect(cliOptions(needed)).toEqual({
      provider: 'entra',
      url: 'http://127.0.0.1:3000/scim/v2',
      token: 't',
      users: 500,
      groups: 20,
      cycle: 'initial',
      day: 0,
      dialect: 'default',
      seed: 1,
      concurrency: 8,
      pauseMs: 0,
      output: 'text',
    });
  });

  it('takes the dialect from the tenant URL', () => {
    expect(cliOptions(['entra', '--url', 'http://h/scim/v2?aadOptscim062020', '--token', 't'])).toMatchObject(
      {
        dialect: 'flag',
      },
    );
  });

  it('takes the token from the environment, where no list of processes shows it', () => {
    const args = ['okta', '--url', 'http://h/scim/v2'];
    expect(cliOptions(args, { SCIM_TOKEN: 'hidden' })).toMatchObject({ provider: 'okta', token: 'hidden' });
  });

  it('gives help', () => {
    expect(cliOptions(['--help'])).toBe('help');
  });

  it.each([
    [[], /Name a provider/],
    [['ping'], /Unknown provider "ping"/],
    [['entra', 'twice'], /Unexpected "twice"/],
    [['entra', '--token', 't'], /--url is missing/],
    [['entra', '--url', 'http://h'], /--token is missing/],
    [['entra', '--url', 'ftp://h', '--token', 't'], /--url must be/],
    [[...needed, '--usrs', '3'], /--usrs/],
    [[...needed, '--users'], /--users/],
    [[...needed, '--users', '-3'], /--users/],
    [[...needed, '--users', '1.5'], /--users must be a whole number/],
    [[...needed, '--cycle', 'full'], /--cycle must be initial or incremental, not "full"/],
    [[...needed, '--dialect', 'okta'], /--dialect must be/],
    [[...needed, '--cycle', 'incremental', '--day', '0'], /--day must be a whole number from 1/],
  ])('refuses %j in one line', (args, message) => {
    expect(() => cliOptions(args)).toThrow(UsageError);
    expect(() => cliOptions(args)).toThrow(message);
    expect(() => cliOptions(args)).not.toThrow(/\n/);
  });
});
