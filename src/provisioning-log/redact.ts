import { isSecretName, mayBeSecret } from '../scim-core/secret-name.ts';
import { namesSecret, secretMark, withoutQuotedSecrets, withoutSecrets } from './secrets-in-text.ts';

/** Longest body that is kept, in characters of JSON. What is beyond it is cut, and a mark says how much. */
export const bodyLengthMaxChars = 16 * 1024;
/** Deepest nesting that is kept: real bodies have five levels. */
const depthMax = 32;
/** Room that a level may need after everything else is used up, for the mark and its brackets. */
const markRoomChars = 32;

/** Stands where something was cut; a number after it says how many more elements there were. */
export const cutMark = '…';

/** What names the attribute that a value beside it is for: `{"op": "replace", "path": "password", "value": …}`. */
const namingKeys = new Set(['path', 'name', 'type', 'key', 'attribute']);
const valueKeys = new Set(['value', 'before', 'after']);

/** Longest JSON inside a string, with what is left out of it said in it. */
const embeddedLengthMaxChars = 2 * bodyLengthMaxChars;

/** How many characters may still be written. */
interface Room {
  left: number;
}

/**
 * A body as it may be kept: JSON text without passwords and other secrets at any depth, and at most
 * `bodyLengthMaxChars` long. It always is whole JSON, also where something was cut. The work follows the limit, not the
 * number of elements.
 *
 * @param body as it was parsed or is about to be sent; undefined: there was none
 */
export function loggableText(body: unknown): string | null {
  if (body === undefined) return null;
  return textOf(body, { left: bodyLengthMaxChars - depthMax * markRoomChars }, 0);
}

/** A body as it will be kept: it is small, and what was parsed need not stay in memory for it. */
export class KeptText {
  readonly text: string;

  /** @param text JSON */
  constructor(text: string) {
    this.text = text;
  }
}

/** What is kept of a body; what is kept already stays as it is. */
export function keptText(body: unknown): KeptText {
  return body instanceof KeptText ? body : new KeptText(loggableText(body) ?? 'null');
}

/** What a refusal said, without secrets that it quotes. */
export function loggableDetail(detail: string): string {
  return withoutQuotedSecrets(detail);
}

/** The path and query of a request as they may be kept: what a parameter says of a secret is left out. */
export function loggablePath(path: string): string {
  const whole = path.replaceAll('\0', '');
  const queryAt = whole.indexOf('?') + 1;
  if (queryAt === 0) return withoutSecrets(whole);
  return (
    withoutSecrets(whole.slice(0, queryAt)) + whole.slice(queryAt).split('&').map(loggableParameter).join('&')
  );
}

function loggableParameter(parameter: string): string {
  const nameEnd = parameter.indexOf('=') + 1;
  return nameEnd > 0 && namesSecret(asciiOf(parameter)) ? parameter.slice(0, nameEnd) + cutMark : parameter;
}

/** Escapes resolved one by one: a malformed one must not hide the others. */
function asciiOf(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function textOf(value: unknown, room: Room, depth: number): string {
  if (typeof value === 'string')
    return spend(room, quoted(loggableString(cutTo(value, room), depth), room.left));
  if (value === null || typeof value !== 'object') return spend(room, JSON.stringify(value) ?? 'null');
  if (depth >= depthMax) return spend(room, JSON.stringify(cutMark));
  return Array.isArray(value)
    ? arrayText(value, room, depth)
    : objectText(value as Record<string, unknown>, room, depth);
}

/** A little more than there is room for, so that it still is told that something was cut. */
function cutTo(text: string, { left }: Room): string {
  return text.length > left + 1 ? text.slice(0, Math.max(0, left) + 1) : text;
}

/** JSON in a string is a dialect of identity providers, and may hold secrets like any other. */
function loggableString(text: string, depth: number): string {
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

/** What is to be known of a key. */
interface Key {
  /** As JSON. */
  text: string;
  isSecret: boolean;
  isNaming: boolean;
  isValue: boolean;
}

/** The keys of identity providers are few, and looking at one anew costs more than writing what it stands for. */
const knownKeys = new Map<string, Key>();
const knownKeysMax = 1_000;
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
  if (knownKeys.size < knownKeysMax && name.length <= knownKeyLengthMaxChars) knownKeys.set(name, key);
  return key;
}

/** A text as JSON, cut to the room that is left. An escape takes six characters at most. */
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
