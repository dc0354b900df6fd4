import { isSecretName } from '../scim-core/secret-name.ts';

/** Stands where a secret stood. */
export const secretMark = '••• (left out: looks like a secret)';

/** Whether anything in a text could be what is looked for here: most texts are a name or an id, and are done with. */
const worthALook =
  /[=[]|[\s"'\\]:|:[\s"'\\]| (?:eq|ne|co|sw|ew|gt|ge|lt|le)\s|(?:Bearer|Basic)\s|-----BEGIN/i;

/** A name, and what begins a filter of its values or a comparison (RFC 7644 §3.4.2.2 and §3.5.2). */
const asked = /(?<![\p{L}\p{N}_$.:-])([\p{L}\p{N}_$.:-]+)(\s*\[\s*|\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+)/giu;
/** An element chosen by what it is called: `credentials[type eq "password" and value eq "…"]`. */
const chosen = /\b(?:type|name|key|attribute)\s+eq\s+"([^"]*)"/gi;
/** `password=…` in a URL or a form, `Kennwort: …` in a note, `"password":"…"` in JSON that was cut. */
const assigned =
  /(^|[?&;,\s({["'\\])([\p{L}\p{N}_.-]{2,60})(\\?["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|[^&#;,\s]+)/gu;
const credentials = /\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/;

/**
 * A text as it may be logged: what a filter or a path compares a secret with, what is assigned to one, credentials of a
 * header and private keys are left out, which a mark says. What stands in quotes is a value, and somebody may be called
 * Token.
 */
export function withoutSecrets(text: string): string {
  if (!worthALook.test(text)) return text;
  const cutAt = askedAt(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => '_'.repeat(quoted.length)));
  const chosenAt = [...text.matchAll(chosen)].find(([, name = '']) => isSecretName(name));
  const until = Math.min(cutAt ?? text.length, chosenAt === undefined ? text.length : chosenAt.index);
  const rest = until === text.length ? text : text.slice(0, until) + secretMark;
  return withoutAssigned(rest);
}

/** The same for a sentence that quotes a path or a filter, so that quotes in it do not part values from names. */
export function withoutQuotedSecrets(sentence: string): string {
  const until = askedAt(sentence);
  return until === null ? withoutSecrets(sentence) : sentence.slice(0, until) + secretMark;
}

/** Whether a text names a secret outside of quotes. */
export function namesSecret(text: string): boolean {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, ' ')
    .split(/[^\p{L}\p{N}_$.:-]+/u)
    .some((name) => name !== '' && isSecretName(name));
}

/** Where it is told what the first secret is compared with; null when none is asked for. */
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
