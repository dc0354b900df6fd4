import type { NoteCode } from './reading-note.ts';

/**
 * Whether a value that no schema describes may be kept under a name. What is kept is returned to whoever holds a
 * token, so that passwords and other secrets must not get there.
 * @returns null, or the code of what is wrong with the name
 */
export function faultOfKeptName(name: string): Extract<NoteCode, 'not-a-name' | 'secret-name'> | null {
  if (name === '__proto__') return 'not-a-name';
  return isSecretName(name) ? 'secret-name' : null;
}

/** Names end in what they are: `initialPassword` is a password, `passwordLastChanged` and `secretary` are none. */
function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[-_.:\s]+/g, ' ');
  return secretEnding.test(words);
}

const secretEnding =
  /(?:^| )(?:password|passwd|pwd|passphrase|passcode|secret|secrets|credential|credentials|token|(?:api|private|secret) ?key|(?:password|passwd|pwd|secret) ?(?:hash|value))$|(?:password|passphrase|passcode)$/i;

/** Whether a text has the form of an attribute name (RFC 7643 §2.1); `$ref` and inner `_` and `-` occur. */
export function isName(text: string): boolean {
  return /^[A-Za-z$][A-Za-z0-9_$-]*$/.test(text);
}
