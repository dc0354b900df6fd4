import { LRUCache } from 'lru-cache';
import { isSecretName, mayBeSecret } from '../scim-core/secret-name.ts';
import { namesSecret, secretMark, withoutQuotedSecrets, withoutSecrets } from './secrets-in-text.ts';

/** Longest body that is kept, in characters of JSON. The rest is cut, and a mark says how much. */
export const bodyLengthMaxChars = 16 * 1024;
/** Deepest nesting that is kept: real bodies have five levels. */
const depthMax = 32;
/** Room for the mark and its brackets, which a level may need after everything else is used up. */
const markRoomChars = 32;

/** Marks where something was cut. A number after it says how many more elements there were. */
export const cutMark = '…';

/** Keys that name the attribute of a value beside them: `{"op": "replace", "path": "password", "value": …}`. */
const namingKeys = new Set(['path', 'name', 'type', 'key', 'attribute']);
const valueKeys = new Set(['value', 'before', 'after']);

/** Longest JSON inside a string, marks of what was left out included. */
const embeddedLengthMaxChars = 2 * bodyLengthMaxChars;

/** How many characters may still be written. */
interface Room {
  left: number;
}

/**
 * A body as the log keeps it: JSON text without passwords or other secrets at any depth, at most `bodyLengthMaxChars`
 * long. It is complete JSON even if something was cut. The cost depends on the limit, not on the number of elements.
 *
 * @param body as it was parsed or is about to be sent; undefined: there was none
 */
export function redactedText(body: unknown): string | null {
  if (body === undefined) return null;
  return textOf(body, { left: bodyLengthMaxChars - depthMax * markRoomChars }, 0);
}

/** A body in its kept form: small, so that the parsed body need not stay in memory. */
export class KeptText {
  readonly text: string;

  /** @param text JSON */
  constructor(text: string) {
    this.text = text;
  }
}

/** What the log keeps of a body. A body that is in its kept form already stays as it is. */
export function keptText(body: unknown): KeptText {
  return body instanceof KeptText ? body : new KeptText(redactedText(body) ?? 'null');
}

/** What a refusal said, without the secrets it quotes. */
export function redactedDetail(detail: string): string {
  return withoutQuotedSecrets(detail);
}

/** The path and query of a request as the log keeps them: without what a parameter says about a secret. */
export function redactedPath(path: string): string {
  const whole = path.replaceAll('\0', '');
  const queryAt = whole.indexOf('?') + 1;
  if (queryAt === 0) return withoutSecrets(whole);
  return (
    withoutSecrets(whole.slice(0, queryAt)) + whole.slice(queryAt).split('&').map(redactedParameter).join('&')
  );
}

function redactedParameter(parameter: string): string {
  const nameEnd = parameter.indexOf('=') + 1;
  return nameEnd > 0 && namesSecret(asciiOf(parameter)) ? parameter.slice(0, nameEnd) + cutMark : parameter;
}

/** Resolves escapes one by one: a malformed one must not hide the others. */
function asciiOf(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function textOf(value: unknown, room: Room, depth: number): string {
  if (typeof value === 'string')
    return spend(room, quoted(redactedString(cutTo(value, room), depth), room.left));
  if (value === null || typeof value !== 'object') return spend(room, JSON.stringify(value) ?? 'null');
  if (depth >= depthMax) return spend(room, JSON.stringify(cutMark));
  return Array.isArray(value)
    ? arrayText(value, room, depth)
    : objectText(value as Record<string, unknown>, room, depth);
}

/** A little more than there is room for, so that the mark still says that something was cut. */
function cutTo(text: string, { left }: Room): string {
  return text.length > left + 1 ? text.slice(0, Math.max(0, left) + 1) : text;
}

/** Some identity providers send JSON in strings; it may hold secrets like any other JSON. */
function redactedString(text: string, depth: number): string {
  if (!/^\s*[[{]/.test(text) || depth >= depthMax) return withoutSecrets(text);
  try {
    const value: unknown = JSON.parse(text);
    const plain = JSON.stringify(value);
    const kept = textOf(value, { left: embeddedLengthMaxChars }, depth + 1);
    return kept === plain ? text : kept;
  } catch {
    return withoutSecrets(text);
  }
}

function arrayText(values: readonly unknown[], room: Room, depth: number): string {
  const parts: string[] = [];
  room.left -= 2;
  for (const [at, value] of values.entries()) {
    if (room.left <= markRoomChars) {
      parts.push(`"${cutMark} ${values.length - at}"`);
      break;
    }
    parts.push(textOf(value, room, depth + 1));
    room.left -= 1;
  }
  return `[${parts.join()}]`;
}

function objectText(object: Readonly<Record<string, unknown>>, room: Room, depth: number): string {
  const keys = Object.keys(object);
  const valueIsSecret = keys.some((key) => keyOf(key).isNaming && isSecretPath(object[key]));
  let text = '';
  room.left -= 2;
  for (const [at, name] of keys.entries()) {
    const key = keyOf(name);
    if (room.left <= key.text.length + markRoomChars) {
      text += `,"${cutMark}":"${keys.length - at}"`;
      break;
    }
    room.left -= key.text.length + 2;
    const isSecret = (key.isSecret || (valueIsSecret && key.isValue)) && mayBeSecret(object[name]);
    text += `,${key.text}:${textOf(isSecret ? secretMark : object[name], room, depth + 1)}`;
  }
  return `{${text.slice(1)}}`;
}

/** `password`, `urn:…:User:password`, and `password[type eq "work"]` or `credentials[type eq "password"]`. */
function isSecretPath(value: unknown): boolean {
  return typeof value === 'string' && (namesSecret(value) || withoutSecrets(value) !== value);
}

/** What to know about a key. */
interface Key {
  /** As JSON. */
  text: string;
  isSecret: boolean;
  isNaming: boolean;
  isValue: boolean;
}

/** Identity providers use few keys, and looking at one again costs more than writing its value. */
const knownKeysMax = 1_000;
const knownKeys = new LRUCache<string, Key>({ max: knownKeysMax });
const knownKeyLengthMaxChars = 200;

function keyOf(name: string): Key {
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const key = {
    text: JSON.stringify(name),
    isSecret: isSecretName(name),
    isNaming: namingKeys.has(lower),
    isValue: valueKeys.has(lower),
  };
  if (name.length <= knownKeyLengthMaxChars) knownKeys.set(name, key);
  return key;
}

/** A text as JSON, cut to the room that is left. An escape takes at most six characters. */
function quoted(text: string, left: number): string {
  if (text.length <= left) {
    const whole = JSON.stringify(text);
    if (whole.length <= left) return whole;
  }
  return JSON.stringify(text.slice(0, Math.max(0, Math.floor((left - markRoomChars) / 6))) + cutMark);
}

function spend(room: Room, text: string): string {
  room.left -= text.length;
  return text;
}
