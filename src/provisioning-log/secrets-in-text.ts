import { LRUCache } from 'lru-cache';
import { isSecretName } from '../scim-core/secret-name.ts';

/** Takes the place of a secret. */
export const secretMark = '••• (left out: looks like a secret)';

/** Quick check whether a text could hold a secret at all: most texts are a name or an id. */
const worthALook =
  /[=[]|[\s"'\\]:|:[\s"'\\]| (?:eq|ne|co|sw|ew|gt|ge|lt|le)\s|(?:Bearer|Basic)\s|-----BEGIN/i;

/** A name, and the start of a filter of its values or of a comparison (RFC 7644 §3.4.2.2 and §3.5.2). */
const asked = /(?<![\p{L}\p{N}_$.:-])([\p{L}\p{N}_$.:-]+)(\s*\[\s*|\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+)/giu;
/** An element selected by its type: `credentials[type eq "password" and value eq "…"]`. */
const chosen = /\b(?:type|name|key|attribute)\s+eq\s+"([^"]*)"/gi;
/** `password=…` in a URL or a form, `Kennwort: …` in a note, `"password":"…"` in JSON that was cut. */
const assigned =
  /(^|[?&;,\s({["'\\])([\p{L}\p{N}_.-]{2,60})(\\?["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|[^&#;,\s]+)/gu;
const credentials = /\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/;

/**
 * A text without its secrets. A mark replaces what a filter or path compares a secret with, what is assigned to one,
 * credentials in a header, and private keys. Text in quotes is a value: somebody may be called Token.
 */
export function withoutSecrets(text: string): string {
  if (!worthALook.test(text)) return text;
  const cutAt = askedAt(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => '_'.repeat(quoted.length)));
  const chosenAt = [...text.matchAll(chosen)].find(([, name = '']) => isSecretName(name));
  const until = Math.min(cutAt ?? text.length, chosenAt === undefined ? text.length : chosenAt.index);
  const rest = until === text.length ? text : text.slice(0, until) + secretMark;
  return withoutAssigned(rest);
}

/** The same for a sentence that quotes a path or filter: its quotes do not separate values from names. */
export function withoutQuotedSecrets(sentence: string): string {
  const until = askedAt(sentence);
  return until === null ? withoutSecrets(sentence) : sentence.slice(0, until) + secretMark;
}

/** Whether a text names a secret outside of quotes. */
export function namesSecret(text: string): boolean {
  const outside = text.includes('"') ? text.replaceAll(/"(?:[^"\\]|\\.)*"/g, ' ') : text;
  const known = answers.get(outside);
  if (known !== undefined) return known;
  const answer = outside.split(/[^\p{L}\p{N}_$.:-]+/u).some((name) => name !== '' && isSecretName(name));
  if (outside.length <= answeredLengthMaxChars) answers.set(outside, answer);
  return answer;
}

/** Identity providers ask for the same few attributes, and reading a text word by word takes longer than remembering it. */
const answersMax = 1_000;
const answeredLengthMaxChars = 200;
const answers = new LRUCache<string, boolean>({ max: answersMax });

/** The place where a text says what the first secret is compared with; null if it asks for none. */
function askedAt(text: string): number | null {
  for (const match of text.matchAll(asked)) {
    if (isSecretName(match[1] ?? '')) return match.index + match[0].length;
  }
  return null;
}

function withoutAssigned(text: string): string {
  return text
    .replaceAll(assigned, (whole, before: string, name: string, sign: string) =>
      isSecretName(name) ? before + name + sign + secretMark : whole,
    )
    .replaceAll(credentials, `$1 ${secretMark}`)
    .replace(privateKey, secretMark);
}
