import { type ReadingNote, readingNote } from './reading-note.ts';
import { isObject, type ScimResource } from './resource.ts';
import { isSecretName, mayBeSecret } from './secret-name.ts';

/**
 * Removes secrets from a resource, recognized by their names, at any depth and inside JSON in a string: a password in
 * an extension counts, too. So secrets are neither in the directory, nor in the history, nor in an answer. Changes the
 * given resource. Members of groups are left alone: only the schema gives them names.
 *
 * @returns a note for each secret that was left out
 */
export function leaveOutSecrets(resource: ScimResource): ReadingNote[] {
  const leftOut: string[] = [];
  // There is nearly always nothing to remove, and finding that out takes a quarter of the time.
  if (!mayHoldSecret(resource, true)) return [];
  leaveOutOf(resource, '', leftOut);
  return [...new Set(leftOut)].map((path) => readingNote(path, 'secret-name'));
}

/** Keys that name the attribute of the value beside them: `{"name": "password", "value": …}`. */
const namingKeys = new Set(['name', 'type', 'key', 'attribute', 'Name', 'Type', 'Key']);

/** Whether a name or an embedded text needs a closer look. */
function mayHoldSecret(holder: object, isResource: boolean): boolean {
  for (const key in holder) {
    if (isSecretName(key)) return true;
    const value: unknown = (holder as Record<string, unknown>)[key];
    if (typeof value === 'string' && namingKeys.has(key) && isSecretName(value)) return true;
    if (!(isResource && key === 'members') && valueMayHoldSecret(value)) return true;
  }
  return false;
}

function valueMayHoldSecret(value: unknown): boolean {
  if (typeof value === 'string') return mayBeJson(value);
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(valueMayHoldSecret) : mayHoldSecret(value, false);
}

function mayBeJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first <= spaceCode ? /^\s*[[{]/.test(text) : first === bracketCode || first === braceCode;
}

const spaceCode = 0x20;
const bracketCode = 0x5b;
const braceCode = 0x7b;

function leaveOutOf(holder: Record<string, unknown>, path: string, leftOut: string[]): void {
  for (const key of Object.keys(holder)) {
    if (path === '' && key === 'members') continue;
    const value = holder[key];
    if (isSecretName(key) && mayBeSecret(value)) {
      delete holder[key];
      leftOut.push(pathTo(path, key));
    } else if (typeof value === 'string') {
      const clean = withoutEmbedded(value, pathTo(path, key), leftOut);
      if (clean !== value) holder[key] = clean;
    } else if (typeof value === 'object' && value !== null) {
      leaveOutOfValue(value, pathTo(path, key), leftOut);
      if (isObject(value) && Object.keys(value).length === 0) delete holder[key];
    }
  }
  if (Object.hasOwn(holder, 'value') && mayBeSecret(holder.value) && namesSecret(holder)) {
    delete holder.value;
    leftOut.push(pathTo(path, 'value'));
  }
}

function leaveOutOfValue(value: object, path: string, leftOut: string[]): void {
  if (!Array.isArray(value)) {
    leaveOutOf(value as Record<string, unknown>, path, leftOut);
    return;
  }
  for (const [at, element] of (value as unknown[]).entries()) {
    if (typeof element === 'string') value[at] = withoutEmbedded(element, path, leftOut);
    else if (typeof element === 'object' && element !== null) leaveOutOfValue(element, path, leftOut);
  }
}

function namesSecret(holder: Record<string, unknown>): boolean {
  return Object.entries(holder).some(
    ([key, name]) => namingKeys.has(key) && typeof name === 'string' && isSecretName(name),
  );
}

/** Some identity providers send JSON in strings. A text that is not JSON stays as it is. */
function withoutEmbedded(text: string, path: string, leftOut: string[]): string {
  if (!mayBeJson(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return text;
    const before = leftOut.length;
    leaveOutOfValue(value, path, leftOut);
    return leftOut.length === before ? text : JSON.stringify(value);
  } catch {
    return text;
  }
}

function pathTo(path: string, key: string): string {
  if (path === '') return key;
  return `${path}${path.includes(':') && !path.includes('.', path.lastIndexOf(':')) ? ':' : '.'}${key}`;
}
