import { parseArgs } from 'node:util';
import type { Dialect } from './entra-messages.ts';

const providers = ['entra', 'okta'] as const;
export type Provider = (typeof providers)[number];

/** What the command line asks for. */
export interface CliOptions {
  provider: Provider;
  url: string;
  token: string;
  users: number;
  groups: number;
  cycle: 'initial' | 'incremental';
  /** An initial cycle brings everybody as they are on this day, an incremental one what this day changed. */
  day: number;
  dialect: Dialect;
  seed: number;
  concurrency: number;
  /** How long it waits before each request. */
  pauseMs: number;
  /** For people, or a line of JSON for each step. */
  output: 'text' | 'json';
}

/** A command line that cannot be understood; the message is one line for the user. */
export class UsageError extends Error {}

/** Everyone who can list the processes of a machine sees their arguments. */
export const tokenVariable = 'SCIM_TOKEN';

export const usage = `Simulates an identity provider that provisions users and groups over SCIM 2.0.

npm run simulate -- entra --url URL --token TOKEN [options]
npm run simulate -- okta --url URL --token TOKEN [options]

  --url URL            tenant URL, such as http://127.0.0.1:3000/scim/v2
  --token TOKEN        the API token of the workspace; else the environment variable ${tokenVariable}
  --users N            people in the simulated company (500)
  --groups N           groups in it (20)
  --cycle KIND         initial: everybody; incremental: what one day changed (initial)
  --day N              on which day: 0 is the first, 1 the next (0 for initial, 1 for incremental)
  --dialect DIALECT    of entra: default, or flag: as with ?aadOptscim062020 in the tenant URL (default)
  --seed N             another number, another company (1)
  --concurrency N      requests at the same time (8)
  --pause MS           pause before each request, in milliseconds (0)
  --output FORMAT      text, or json: a line of JSON for each step and for the end (text)
  --help               this text`;

const peopleMax = 1_000_000;
const dayMax = 1000;
const pauseMaxMs = 60_000;

/**
 * Reads the arguments after the script's name.
 * @param environment may hold the token
 * @returns the options, or 'help' when asked for
 * @throws UsageError when something is unknown, missing or out of range
 */
export function cliOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): CliOptions | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help === true) return 'help';
  const [name, ...extra] = positionals;
  if (name === undefined) throw new UsageError(`Name a provider: ${providers.join(' or ')}.`);
  const provider = providers.find((known) => known === name);
  if (provider === undefined) {
    throw new UsageError(`Unknown provider "${name}": ${providers.join(' and ')} are known.`);
  }
  if (extra.length > 0) throw new UsageError(`Unexpected "${extra.join(' ')}".`);
  const url = tenantUrl(values.url);
  const token = values.token ?? environment[tokenVariable] ?? '';
  if (token === '') throw new UsageError('--token is missing.');
  const cycle = oneOf('--cycle', values.cycle ?? 'initial', ['initial', 'incremental']);
  const dayMin = cycle === 'initial' ? 0 : 1;
  return {
    provider,
    url,
    token,
    users: wholeNumber('--users', values.users, 500, 0, peopleMax),
    groups: wholeNumber('--groups', values.groups, 20, 0, peopleMax),
    cycle,
    day: wholeNumber('--day', values.day, dayMin, dayMin, dayMax),
    dialect: oneOf('--dialect', values.dialect ?? (url.includes('aadOptscim062020') ? 'flag' : 'default'), [
      'default',
      'flag',
    ]),
    seed: wholeNumber('--seed', values.seed, 1, 0, 2 ** 31),
    concurrency: wholeNumber('--concurrency', values.concurrency, 8, 1, 64),
    pauseMs: wholeNumber('--pause', values.pause, 0, 0, pauseMaxMs),
    output: oneOf('--output', values.output ?? 'text', ['text', 'json']),
  };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: text,
        token: text,
        users: text,
        groups: text,
        cycle: text,
        day: text,
        dialect: text,
        seed: text,
        concurrency: text,
        pause: text,
        output: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [line] = (error as Error).message.split(/\. |\n/, 1);
    throw new UsageError(`${line}.`.replace(/\.\.$/, '.'));
  }
}

function tenantUrl(value: string | undefined): string {
  if (value === undefined) throw new UsageError('--url is missing.');
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new UsageError(`--url must be an http or https URL, not "${value}".`);
  }
  return value;
}

function wholeNumber(
  name: string,
  value: string | undefined,
  unset: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return unset;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`);
  }
  return number;
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((word) => word === value);
  if (match === undefined) throw new UsageError(`${name} must be ${allowed.join(' or ')}, not "${value}".`);
  return match;
}
