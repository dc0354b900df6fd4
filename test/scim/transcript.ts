import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One request of an identity provider, and what it must be answered. */
export interface Step {
  /** What the step promises; the test's name. */
  guarantee: string;
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown };
  expect: {
    status: number;
    /** Each header must contain the text. */
    headers?: Record<string, string>;
    /** Part of the body, as `findMismatch` compares it. */
    body?: unknown;
    /** Paths, with dots, where the body must have nothing. */
    absent?: string[];
  };
  /** Variables to take from the body, by path; `{name}` stands for them in later steps. */
  remember?: Record<string, string>;
}

/** A conversation of one client with a fresh workspace. */
export interface Transcript {
  client: string;
  /** Where it is documented or was seen. */
  source: string;
  steps: Step[];
}

const folder = join(import.meta.dirname, 'transcripts');

/** All transcripts, by file name. */
export function readTranscripts(): [string, Transcript][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Transcript]);
}

/** Puts remembered values in the place of `{name}` everywhere in a JSON value; unknown names stay as they are. */
export function fillIn<T>(value: T, variables: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') {
    return value.replace(
      /\{(\w+)\}/g,
      (placeholder, name: string) => variables.get(name) ?? placeholder,
    ) as T;
  }
  if (Array.isArray(value)) return value.map((element: unknown) => fillIn(element, variables)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [fillIn(key, variables), fillIn(part as unknown, variables)]),
  ) as T;
}

/**
 * Reads a dotted path. Extension URNs contain dots themselves, so that the longest key that fits is taken.
 *
 * @returns undefined where there is nothing
 */
export function readPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const key = Object.keys(value)
    .filter((candidate) => path === candidate || path.startsWith(`${candidate}.`))
    .sort((left, right) => right.length - left.length)[0];
  if (key === undefined) return undefined;
  return readPath((value as Record<string, unknown>)[key], path.slice(key.length + 1));
}

/**
 * Compares a value with what is expected of it: objects may have more keys; lists are sets, of the same size;
 * `"<any>"` stands for any value that is not empty.
 *
 * @returns where and how they differ, or null
 */
export function findMismatch(actual: unknown, expected: unknown, at = 'body'): string | null {
  if (expected === '<any>') {
    return actual === undefined || actual === null || actual === '' ? `${at} is empty` : null;
  }
  if (Array.isArray(expected)) return findListMismatch(actual, expected, at);
  if (typeof expected !== 'object' || expected === null) {
    return actual === expected
      ? null
      : `${at} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
  }
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
    return `${at} is ${JSON.stringify(actual)}, expected an object`;
  }
  for (const [key, part] of Object.entries(expected)) {
    const mismatch = findMismatch((actual as Record<string, unknown>)[key], part, `${at}.${key}`);
    if (mismatch !== null) return mismatch;
  }
  return null;
}

function findListMismatch(actual: unknown, expected: unknown[], at: string): string | null {
  // An attribute without values is absent (RFC 7643 §2.5).
  const left: unknown[] = actual === undefined ? [] : Array.isArray(actual) ? [...(actual as unknown[])] : [];
  if (actual !== undefined && !Array.isArray(actual)) return `${at} is no list`;
  if (left.length !== expected.length) {
    return `${at} has ${left.length} elements, expected ${expected.length}: ${JSON.stringify(actual)}`;
  }
  for (const element of expected) {
    const found = left.findIndex((candidate) => findMismatch(candidate, element) === null);
    if (found === -1) return `${at} lacks ${JSON.stringify(element)}: ${JSON.stringify(actual)}`;
    left.splice(found, 1);
  }
  return null;
}
