import type { NoteCode } from './reading-note.ts';
import { isSecretName, mayBeSecret } from './secret-name.ts';

/**
 * Whether a value that no schema describes may be kept under a name. Kept values are returned to every holder of a
 * token, so they must not be passwords or other secrets.
 * @returns null, or the code of the fault
 */
export function faultOfKept(
  name: string,
  value: unknown,
): Extract<NoteCode, 'not-a-name' | 'secret-name'> | null {
  if (name === '__proto__') return 'not-a-name';
  return isSecretName(name) && mayBeSecret(value) ? 'secret-name' : null;
}

/** Whether a text has the form of an attribute name (RFC 7643 §2.1); `$ref` and inner `_` and `-` occur. */
export function isName(text: string): boolean {
  return /^[A-Za-z$][A-Za-z0-9_$-]*$/.test(text);
}
