import { type AttributeName, printName, resolveInElement, resolveName } from './attribute-name.ts';
import type { Filter } from './filter/filter.ts';
import { FilterParser } from './filter/parser.ts';
import { printFilter } from './filter/print.ts';
import { pathLengthMaxChars } from './limits.ts';
import type { ResourceType } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** A PATCH path (RFC 7644 §3.5.2): an attribute, perhaps only some of its values, perhaps a sub-attribute. */
export interface AttributePath extends AttributeName {
  readonly filter?: Filter;
}

/**
 * Parses `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`, each with an optional URN, or a bare
 * extension URN.
 * @throws ScimError `invalidPath` for bad syntax and for attributes that the schemas do not have
 */
export function parsePath(text: string, type: ResourceType): AttributePath {
  const path = parseKnownPath(text, type);
  if (path === null) throw ScimError.invalidPath(`There is no attribute "${text}" in a ${type.name}.`);
  return path;
}

/**
 * The same for a caller that ignores what the schemas cannot have.
 * @returns null when the syntax is right and nothing can have such a name
 * @throws ScimError `invalidPath` for bad syntax
 */
export function parseKnownPath(text: string, type: ResourceType): AttributePath | null {
  if (text.length > pathLengthMaxChars) {
    throw ScimError.invalidPath(`The path is longer than ${pathLengthMaxChars} characters.`);
  }
  const parser = new FilterParser(text, type, 'path');
  const word = parser.word();
  const name = resolveName(word, type);
  if (name === null && !isPathLike(word)) throw ScimError.invalidPath(`"${word}" is not an attribute path.`);
  if (parser.accept('end')) return name;
  parser.expect('[');
  // The filter of an unknown attribute cannot be checked; the operation as a whole is ignored.
  if (name === null) return null;
  if (name.sub !== undefined) {
    throw ScimError.invalidPath(`In "${text}" a filter follows a sub-attribute.`);
  }
  const filter = parser.bracketed(name.attribute);
  if (parser.accept('end')) return { ...name, filter };
  const after = parser.word();
  parser.expect('end');
  if (!after.startsWith('.')) throw ScimError.invalidPath(`"${after}" in "${text}" is not a sub-attribute.`);
  const sub = resolveInElement(after.slice(1), name.attribute)?.attribute;
  return sub === undefined ? null : { ...name, filter, sub };
}

/** The canonical text of a path. */
export function printPath(path: AttributePath): string {
  if (path.filter === undefined) return printName(path);
  const sub = path.sub === undefined ? '' : `.${path.sub.name}`;
  return `${printName({ ...path, sub: undefined })}[${printFilter(path.filter)}]${sub}`;
}

function isPathLike(word: string): boolean {
  return /^([^\s[\]()"]+:)?[A-Za-z$][A-Za-z0-9_$-]*(\.[A-Za-z$][A-Za-z0-9_$-]*)?$/.test(word);
}
