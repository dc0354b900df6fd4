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
 * depends on where it stands, and the parser knows that.
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
    } else {
      const end = endOfWord(text, at);
      tokens.push({ kind: 'word', text: text.slice(at, end), at });
      at = end;
    }
  }
  tokens.push({ kind: 'end', at });
  return tokens;
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

function readString(literal: string, at: number): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new LexicalError('the string that begins here is not a JSON string', at);
  }
}
