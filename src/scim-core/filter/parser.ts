import { type AttributeName, printName, resolveInElement, resolveName } from '../attribute-name.ts';
import { filterDepthMax, filterLengthMaxChars, filterTermsMax } from '../limits.ts';
import type { Attribute, ResourceType } from '../schema.ts';
import { ScimError } from '../scim-error.ts';
import { comparedName, comparisons, isNull, readValue } from './compare-value.ts';
import type { Filter } from './filter.ts';
import { LexicalError, type Token, tokenize } from './lexer.ts';

/**
 * Parses a filter (RFC 7644 §3.4.2.2) by recursive descent, in one pass. Names, operators and keywords in
 * any case; a sub-attribute after a value path (`emails[type eq "work"].value eq "x"`), which the ABNF lacks,
 * asks for one element that satisfies both; unquoted values count as strings where a string is expected.
 * @throws ScimError `invalidFilter` with the position; `sensitive` when it asks for a password
 */
export function parseFilter(text: string, type: ResourceType): Filter {
  if (text.length > filterLengthMaxChars) {
    throw ScimError.invalidFilter(`The filter is longer than ${filterLengthMaxChars} characters.`);
  }
  return new FilterParser(text, type, 'filter').whole();
}

/** The names that may occur: those of a resource, or those of one element of an attribute. */
type Scope = { readonly type: ResourceType } | { readonly parent: Attribute };

/** A parser over one text. Used for filters, and for paths, which may hold a filter in brackets. */
export class FilterParser {
  private readonly tokens: readonly Token[];
  private readonly type: ResourceType;
  private readonly what: 'filter' | 'path';
  private next = 0;
  private depth = 0;
  private terms = 0;

  constructor(text: string, type: ResourceType, what: 'filter' | 'path') {
    this.type = type;
    this.what = what;
    try {
      this.tokens = tokenize(text);
    } catch (error) {
      if (error instanceof LexicalError) throw this.error(`${error.message} (at character ${error.at + 1})`);
      throw error;
    }
  }

  /** The whole text as a filter. */
  whole(): Filter {
    const filter = this.or({ type: this.type });
    this.expect('end');
    return filter;
  }

  /** The text of the next word. */
  word(): string {
    const token = this.take();
    if (token.kind !== 'word') throw this.unexpected(token);
    return token.text;
  }

  /** Whether the next token is of this kind; if so, it is consumed. */
  accept(kind: Token['kind']): boolean {
    if (this.peek().kind !== kind) return false;
    this.next += 1;
    return true;
  }

  expect(kind: Token['kind']): void {
    if (!this.accept(kind)) throw this.unexpected(this.peek());
  }

  /** The filter of a value path. The opening bracket is consumed already, the closing one is consumed here. */
  bracketed(parent: Attribute): Filter {
    if (parent.subAttributes === undefined && (!parent.untyped || parent.name.includes(':'))) {
      throw this.error(`${parent.name} has no sub-attributes to filter by`);
    }
    const filter = this.nested(() => this.or({ parent }));
    this.expect(']');
    return filter;
  }

  private or(scope: Scope): Filter {
    let left = this.and(scope);
    while (this.keyword('or')) left = { kind: 'or', left, right: this.and(scope) };
    return left;
  }

  private and(scope: Scope): Filter {
    let left = this.factor(scope);
    while (this.keyword('and')) left = { kind: 'and', left, right: this.factor(scope) };
    return left;
  }

  private factor(scope: Scope): Filter {
    if (this.accept('(')) return this.parenthesized(scope);
    const ahead = this.tokens[this.next + 1];
    if (ahead?.kind === '(' && this.keyword('not')) {
      this.expect('(');
      return { kind: 'not', filter: this.parenthesized(scope) };
    }
    return this.term(scope);
  }

  private parenthesized(scope: Scope): Filter {
    const filter = this.nested(() => this.or(scope));
    this.expect(')');
    return filter;
  }

  private term(scope: Scope): Filter {
    const name = this.name(this.word(), scope);
    if (!this.accept('[')) return this.condition(name);
    if ('parent' in scope || name.sub !== undefined) {
      throw this.error(`${printName(name)} cannot be followed by a filter in brackets`);
    }
    const filter = this.bracketed(name.attribute);
    const after = this.peek();
    if (after.kind !== 'word' || !after.text.startsWith('.')) return { kind: 'some', path: name, filter };
    const sub = this.name(this.word().slice(1), { parent: name.attribute });
    return { kind: 'some', path: name, filter: { kind: 'and', left: filter, right: this.condition(sub) } };
  }

  private condition(name: AttributeName): Filter {
    this.terms += 1;
    if (this.terms > filterTermsMax) {
      throw this.error(`it makes more than ${filterTermsMax} comparisons`);
    }
    const word = this.word();
    const operator = word.toLowerCase();
    if (operator === 'pr') return { kind: 'present', path: name };
    const comparison = comparisons.get(operator);
    if (comparison === undefined) throw this.error(`"${shorten(word)}" is not an operator`);
    const token = this.take();
    if (token.kind !== 'word' && token.kind !== 'string') throw this.unexpected(token);
    if (isNull(token)) {
      const present: Filter = { kind: 'present', path: name };
      if (comparison === 'eq') return { kind: 'not', filter: present };
      if (comparison === 'ne') return present;
      throw this.error(`${operator} cannot compare with null`);
    }
    const path = comparedName(name);
    if (path === null) throw this.error(`${printName(name)} is complex: name one of its sub-attributes`);
    const value = readValue(token, path.sub ?? path.attribute, comparison);
    if ('problem' in value) throw this.error(`${printName(path)} ${value.problem}`);
    return { kind: 'compare', path, operator: comparison, value: value.value };
  }

  private name(text: string, scope: Scope): AttributeName {
    const name = 'type' in scope ? resolveName(text, scope.type) : resolveInElement(text, scope.parent);
    if (name === null) throw this.error(`there is no attribute "${shorten(text)}"`);
    if (name.attribute.returned === 'never') {
      throw ScimError.sensitive(`${printName(name)} cannot be asked for.`);
    }
    return name;
  }

  private keyword(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.next += 1;
    return true;
  }

  private nested(parse: () => Filter): Filter {
    this.depth += 1;
    if (this.depth > filterDepthMax) throw this.error(`it nests deeper than ${filterDepthMax} levels`);
    const filter = parse();
    this.depth -= 1;
    return filter;
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', at: 0 };
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private unexpected(token: Token): ScimError {
    if (token.kind === 'end') return this.error('it ends too early');
    const seen = token.kind === 'word' || token.kind === 'string' ? shorten(token.text) : token.kind;
    return this.error(`"${seen}" is not expected at character ${token.at + 1}`);
  }

  private error(why: string): ScimError {
    const detail = `The ${this.what} cannot be understood: ${why}.`;
    return this.what === 'filter' ? ScimError.invalidFilter(detail) : ScimError.invalidPath(detail);
  }
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
