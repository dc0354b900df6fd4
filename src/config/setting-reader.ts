import { parseLanguageList } from '../scim-core/language-tag.ts';
import { ConfigError } from './config-error.ts';
import { type MailAddress, parseMailAddress, parseSmtpUrl, type SmtpServer } from './mail-settings.ts';
import { parsePublicUrl } from './public-url.ts';
import { weaknessOf } from './weak-secret.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings one by one and collects what is wrong, so that one start names every fault.
 * An empty variable counts as absent. A message never holds the value: it may be a secret in the wrong place.
 */
export class SettingReader {
  readonly #environment: Environment;
  readonly #faults: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string, expected: string, pattern: RegExp, otherwise: string): string {
    const value = this.#value(name);
    if (value === null) return otherwise;
    if (pattern.test(value)) return value;
    return this.#fault(name, `must be ${expected}`, otherwise);
  }

  /** A text that may be absent. */
  optional(name: string, expected: string, pattern: RegExp): string | null {
    const value = this.#value(name);
    if (value === null || pattern.test(value)) return value;
    return this.#fault(name, `must be ${expected}`, null);
  }

  /** The path of a file, or null when it is not set. */
  path(name: string): string | null {
    const value = this.#value(name);
    if (value === null) return null;
    return /^\P{Cc}+$/u.test(value) ? value : this.#fault(name, 'must be the path of a file', null);
  }

  integer(name: string, range: { from: number; to: number; otherwise: number }): number {
    const value = this.#value(name);
    if (value === null) return range.otherwise;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= range.from && number <= range.to) return number;
    return this.#fault(name, `must be a whole number from ${range.from} to ${range.to}`, range.otherwise);
  }

  oneOf<const Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.#value(name);
    if (value === null) return otherwise;
    const choice = choices.find((candidate) => candidate === value);
    return choice ?? this.#fault(name, `must be one of ${choices.join(', ')}`, otherwise);
  }

  /** Language tags with commas between them; none when it is not set. */
  languages(name: string): readonly string[] {
    const value = this.#value(name);
    if (value === null) return [];
    const languages = parseLanguageList(value);
    return (
      languages ?? this.#fault(name, 'must be language tags such as en or de-CH, with commas between', [])
    );
  }

  /** The address of the service, see `parsePublicUrl`. */
  publicUrl(name: string, otherwise: string): string {
    const value = this.#value(name);
    if (value === null) return otherwise;
    const read = parsePublicUrl(value);
    return 'url' in read ? read.url : this.#fault(name, read.problem, otherwise);
  }

  /** The URL of a PostgreSQL database, or null when it is not set. */
  databaseUrl(name: string): string | null {
    const value = this.#value(name);
    if (value === null) return null;
    const url = URL.parse(value);
    const named = url !== null && url.pathname.length > 1;
    if (named && ['postgres:', 'postgresql:'].includes(url.protocol)) return value;
    return this.#fault(name, 'must be a URL such as postgres://user:password@host:5432/database', null);
  }

  /** The server that takes mail, or null when it is not set. */
  smtpUrl(name: string): SmtpServer | null {
    const value = this.#value(name);
    if (value === null) return null;
    const problem =
      'must be a URL such as smtps://user:password@mail.example.com:465 or smtp://mail.example.com:587, and nothing more';
    return parseSmtpUrl(value) ?? this.#fault(name, problem, null);
  }

  /** Who mail comes from, or null when it is not set. */
  mailAddress(name: string): MailAddress | null {
    const value = this.#value(name);
    if (value === null) return null;
    const problem = 'must be an address such as provisioning@example.com, or Name <provisioning@example.com>';
    return parseMailAddress(value) ?? this.#fault(name, problem, null);
  }

  /** A secret that is not obviously weak, or null when it is not set. */
  secret(name: string, lengthMinChars: number): string | null {
    const value = this.#value(name);
    if (value === null) return null;
    if (value.length < lengthMinChars || !/^[\x21-\x7e]+$/.test(value)) {
      return this.#fault(
        name,
        `must have at least ${lengthMinChars} characters, no spaces, ASCII only`,
        null,
      );
    }
    const weakness = weaknessOf(value);
    if (weakness === null) return value;
    return this.#fault(
      name,
      `must be random, and this one ${weakness}: make one by "openssl rand -hex 32"`,
      null,
    );
  }

  missing(name: string, why: string): void {
    if (this.#value(name) === null) this.#faults.push(`${name} ${why}`);
  }

  /** @throws ConfigError when anything that was read is wrong */
  throwFaults(): void {
    if (this.#faults.length > 0) throw new ConfigError(this.#faults);
  }

  #value(name: string): string | null {
    const value = this.#environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  #fault<Value>(name: string, problem: string, otherwise: Value): Value {
    this.#faults.push(`${name} ${problem}`);
    return otherwise;
  }
}
