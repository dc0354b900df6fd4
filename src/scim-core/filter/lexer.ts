/** A token of a filter. `text` of a word is as written; of a string, its JSON value. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: '(' | ')' | '[' | ']' | 'end'; readonly at: number };

/** Why a filter cannot be cut into tokens, and where. */
export class LexicalError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const brackets = new Set(['(', ')', '[', ']']);

/**
 * Cuts a filter into tokens in one pass. Words run to the next blank or bracket, so names, operators,
 * numbers, dates and unquoted values such as `2015-10-10T14:38:21-07:00` are all words; what a word means
 * depends on where it stands, and the parser knows that. Strings are JSON strings, or strings in the single
 * or typographic quotes that scripts and word processors produce.
 * @throws LexicalError for an unclosed or malformed string
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (isBlank(character)) {
      at += 1;
    } else if (brackets.has(character)) {
      tokens.push({ kind: character as '(' | ')' | '[' | ']', at });
      at += 1;
    } else if (character === '"') {
      const end = endOfString(text, at);
      tokens.push({ kind: 'string', text: readString(text.slice(at, end), at), at });
      at = end;
    } else if (isOtherQuote(text, at)) {
      const end = endOfQuoted(text, at, closingQuotes.get(character) ?? '');
      tokens.push({ kind: 'string', text: readQuoted(text.slice(at + 1, end), at), at });
      at = end + 1;
    } else {
      const end = endOfWord(text, at);
      // As a word it would equal nothing, and a lookup that finds nobody makes the client create a duplicate.
      if (isOtherQuote(text, end - 1))
        throw new LexicalError('a quote is closed that was not opened', end - 1);
      tokens.push({ kind: 'word', text: text.slice(at, end), at });
      at = end;
    }
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}

/** Quotes other than JSON's that begin a string, each with those that end it. */
const closingQuotes: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ...[...'‘’‚‛'].map((quote) => [quote, "‘’‛'"] as const),
  ...[...'“”„‟'].map((quote) => [quote, '“”‟"'] as const),
]);

/** U+2018 to U+201F are the typographic ones. */
function isOtherQuote(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x27 || (code >= 0x2018 && code <= 0x201f);
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (isBlank(character) || brackets.has(character) || character === '"') break;
    at += 1;
  }
  return at;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"') return at + 1;
  }
  throw new LexicalError('the string that begins here is not closed', start);
}

/** A quote ends a string unless a word goes on after it: `'O'Brien'` is one name. Doubled, it stands for itself. */
function endOfQuoted(text: string, start: number, closing: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (closing.includes(character)) {
      const next = text.charAt(at + 1);
      if (next === '' || isBlank(next) || brackets.has(next)) return at;
      if (next === character) at += 1;
    }
  }
  throw new LexicalError('the string that begins here is not closed', start);
}

/** Text between such quotes is read with JSON's escapes, and with those for the quotes themselves. */
function readQuoted(inner: string, at: number): string {
  const json = inner
    .replaceAll(/\\(['‘’‚‛“”„‟])|(['‘’‚‛“”„‟])\2/g, '$1$2')
    .replaceAll(/\\[^]|"/g, (found) => (found === '"' ? '\\"' : found));
  return readString(`"${json}"`, at);
}

function readString(literal: string, at: number): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new LexicalError('the string that begins here is not a JSON string', at);
  }
}
