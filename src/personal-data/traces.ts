import { isObject } from '../scim-core/resource.ts';

/** What stands in place of what said who somebody was. */
export const erasedMark = '[erased]';

/**
 * Shortest text that is looked for in what is about others, in characters: shorter ones stand in words that mean something
 * else.
 */
export const traceLengthMinChars = 4;
/** Ids that are made by a machine mean nothing else, so that they are found within a longer word, too. */
const machineId = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{32})$/i;
/** Most different texts that are looked for. A person has had few names; this bounds what was made up. */
export const tracesMax = 100;

/** A longer text is looked for as it is written alone: as a pattern, many of these would be too much for any engine. */
const patternLengthMaxChars = 200;
/** How long the pattern may be that PostgreSQL looks for: at three times that, it says that it is too complex (2201B). */
const candidatesLengthMaxChars = 20_000;
/** So much of each text is looked for in any case, and rows that hold it are read. */
const candidateLengthMinChars = 16;

/**
 * Texts that say who somebody is: `known` as long as it is nobody else's value, `names` as long as nobody else of the
 * workspace is called so.
 */
export interface Traces {
  known: Set<string>;
  names: Set<string>;
  /** Those of the known texts by which the identity provider's next push is known again. */
  userNames: Set<string>;
  externalIds: Set<string>;
  emails: Set<string>;
}

/** No traces yet. */
export function noTraces(): Traces {
  return {
    known: new Set(),
    names: new Set(),
    userNames: new Set(),
    externalIds: new Set(),
    emails: new Set(),
  };
}

/** Attributes and fields, in lower case, whose text says who somebody is, alone. */
const knownAttributes = new Set([
  'username',
  'externalid',
  'email',
  'vendorid',
  'profileurl',
  'employeenumber',
]);
/** The same of names, which others may share. */
const nameAttributes = new Set([
  'displayname',
  'nickname',
  'formatted',
  'givenname',
  'familyname',
  'middlename',
  'firstname',
  'lastname',
  'streetaddress',
]);
/** Lists whose `value`s say who somebody is. */
const knownLists = new Set(['emails', 'phonenumbers', 'ims', 'photos']);
/** References to others: what stands there is not the person's. */
const others = new Set(['manager', 'groups', 'managerid']);

/**
 * Collects what says who somebody is from a JSON value about them: a SCIM resource, a member, or a list of changes.
 *
 * @param into what is added to
 */
export function collectTraces(value: unknown, into: Traces): void {
  if (Array.isArray(value)) {
    for (const item of value) collectTraces(item, into);
    return;
  }
  if (!isObject(value)) return;
  const changed = pathOf(value);
  if (changed !== null) {
    const [first = '', ...rest] = changed.toLowerCase().split(/[.[]/u);
    if (others.has(first)) return;
    for (const side of ['before', 'after', 'value'])
      collectOf(rest.at(-1) ?? first, first, value[side], into);
    return;
  }
  for (const [name, each] of Object.entries(value)) {
    const key = name.toLowerCase();
    if (!others.has(key)) collectOf(key, key, each, into);
  }
}

/** The path of a change of a SCIM resource, the field of a change of a member; null for another object. */
function pathOf(value: Record<string, unknown>): string | null {
  const path = value['path'] ?? value['field'];
  if (typeof path !== 'string' || !('before' in value || 'after' in value || 'value' in value)) return null;
  const [, attribute = path] = /^urn:.*:([^:]+)$/u.exec(path) ?? [];
  return attribute.replace(/^properties\./u, '');
}

function collectOf(key: string, list: string, value: unknown, into: Traces): void {
  if (knownLists.has(list)) {
    collectValues(value, into.known);
    if (list === 'emails') collectValues(value, into.emails);
  } else if (typeof value !== 'string') collectTraces(value, into);
  else if (knownAttributes.has(key)) {
    add(into.known, value);
    if (key === 'username') add(into.userNames, value);
    if (key === 'externalid') add(into.externalIds, value);
    if (key === 'email') add(into.emails, value);
  } else if (nameAttributes.has(key)) add(into.names, value);
}

function collectValues(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') add(into, value);
  if (Array.isArray(value)) for (const item of value) collectValues(item, into);
  if (isObject(value)) collectValues(value['value'], into);
}

function add(into: Set<string>, text: string): void {
  const trimmed = text.trim();
  if (trimmed !== '' && into.size < tracesMax) into.add(trimmed);
}

/** Combinations of names that stand together elsewhere, e.g. in the text of a reason. */
export function addFullNames(traces: Traces, given: readonly string[], family: readonly string[]): void {
  for (const first of given)
    for (const last of family)
      for (const name of [`${first} ${last}`, `${last}, ${first}`]) add(traces.names, name);
}

/** Takes the traces of a person out of texts and JSON that are about others. */
export class Redaction {
  private readonly ids: ReadonlySet<string>;
  private readonly known: RegExp | null;
  private readonly long: readonly string[];
  /** What a row must hold for this to be worth reading: a pattern of PostgreSQL, to be matched whatever the case. */
  readonly candidates: string;

  /**
   * @param ids our ids of the person
   * @param texts what says who they were
   */
  constructor(ids: readonly string[], texts: Iterable<string>) {
    this.ids = new Set(ids);
    const wanted = [...new Set([...texts].flatMap(formsOf))]
      .filter((text) => text.length >= traceLengthMinChars)
      .sort((one, other) => other.length - one.length);
    this.long = wanted.filter((text) => text.length > patternLengthMaxChars);
    const short = wanted.slice(this.long.length);
    this.known = short.length === 0 ? null : new RegExp(short.map(boundedPattern).join('|'), 'giu');
    const inJson = wanted.map((text) => JSON.stringify(text).slice(1, -1));
    const all = new Set([...ids, ...wanted, ...inJson].map((text) => text.toLowerCase()).filter(isStorable));
    const each = Math.max(candidateLengthMinChars, Math.floor(candidatesLengthMaxChars / all.size));
    const beginnings = [...all].map((text) => beginningOf(text, each));
    this.candidates = [...new Set(beginnings)].map(escapePattern).join('|');
  }

  text(text: string): string {
    const without = this.long.reduce((left, one) => left.replaceAll(one, erasedMark), text);
    return this.known === null ? without : without.replaceAll(this.known, erasedMark);
  }

  /**
   * A value of JSON, the same object where nothing is found. An object that names the person by our id loses all its texts.
   */
  json(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) {
      const items = value.map((item) => this.json(item));
      return items.some((item, at) => item !== value[at]) ? items : value;
    }
    if (!isObject(value)) return value;
    const isTheirs = Object.entries(value).some(
      ([name, each]) => typeof each === 'string' && this.ids.has(each) && identifying.test(name),
    );
    const entries = Object.entries(value).map(([name, each]) => [
      this.text(name),
      isTheirs && typeof each === 'string' ? this.textOfTheirs(name, each) : this.json(each),
    ]);
    const made = Object.fromEntries(entries) as Record<string, unknown>;
    const isSame = Object.keys(value).every((name) => made[name] === value[name]);
    return isSame ? value : made;
  }

  private textOfTheirs(name: string, text: string): string {
    return personal.test(name) ? erasedMark : this.text(text);
  }
}

/** Names of members of an object that say who it is about. */
const identifying = /^(?:id|value|memberId|directoryUserId)$/u;
/** Names of members of such an object whose texts may say who that is. */
const personal = /^(?:name|display|displayName|email|member|userName|externalId|text|\$ref)$/iu;

/** Whether PostgreSQL can hold a text, and be asked for it: there is one sign that it has no room for. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** So much of a text, without half of a sign at its end. */
function beginningOf(text: string, lengthChars: number): string {
  const beginning = text.slice(0, lengthChars);
  return beginning.isWellFormed() ? beginning : beginning.replace(/\p{Surrogate}$/u, '');
}

/** How a text may be written elsewhere. */
function formsOf(text: string): string[] {
  const forms = [text, text.normalize('NFC'), text.normalize('NFD'), text.toLowerCase()];
  const encoded = encodeURIComponent(text.isWellFormed() ? text : '');
  return [...new Set([...forms, encoded, encoded.replaceAll('%20', '+')])];
}

/**
 * A part of another word is not the text: `ann@corp.example` is no part of `joann@corp.example`. What ends `%22` begins one.
 */
function boundedPattern(text: string): string {
  const pattern = escapePattern(text);
  if (machineId.test(text)) return pattern;
  const encoded = String.raw`(?<!%(?!40|2B)[2-7][\da-f])`;
  const isInside = String.raw`[\p{L}\p{N}_@+%-]${encoded}|[\p{L}\p{N}]${encoded}\.`;
  return String.raw`(?<!${isInside})${pattern}(?![\p{L}\p{N}_@+-]|%(?:40|2B|[c-f][\da-f])|\.[\p{L}\p{N}])`;
}

/** As a pattern that means the text itself, in JavaScript and PostgreSQL alike. */
function escapePattern(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, '\\$&');
}
