/** What an `Authorization` header brings. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'token'; token: string }
  /** Nothing that could be a token; `came` says what it is instead, in words, and repeats nothing secret. */
  | { kind: 'other'; came: string };

/** Schemes that are told by their name. Of any other word nobody knows whether it is a piece of a secret. */
const knownSchemes = [
  'Basic',
  'Digest',
  'Token',
  'ApiKey',
  'API-Key',
  'Negotiate',
  'NTLM',
  'OAuth',
  'JWT',
  'SSWS',
];

/**
 * Reads an `Authorization` header, at every door: `Bearer` in any case, blanks, the token (RFC 6750 §2.1: `1*SP`), or the
 * token alone, which is what administrators paste where a client asks for the whole header.
 *
 * @param authorization the header as it came; undefined or blank: there is none
 */
export function credentialsOf(authorization: string | undefined): Credentials {
  const words = (authorization ?? '').split(/[ \t]+/).filter((word) => word !== '');
  const [first, second] = words;
  if (first === undefined) return { kind: 'none' };
  const isBearer = /^Bearer$/i.test(first);
  if (second === undefined) {
    return isBearer
      ? { kind: 'other', came: 'the word Bearer without a token' }
      : { kind: 'token', token: first };
  }
  if (!isBearer) return { kind: 'other', came: nameOfScheme(first) };
  if (words.length === 2) return { kind: 'token', token: second };
  const isDoubled = /^Bearer$/i.test(second);
  return { kind: 'other', came: isDoubled ? 'the word Bearer twice' : 'a token with blanks inside' };
}

function nameOfScheme(scheme: string): string {
  const known = knownSchemes.find((name) => name.toLowerCase() === scheme.toLowerCase());
  return known === undefined ? 'something that does not begin with Bearer' : `the scheme ${known}`;
}
