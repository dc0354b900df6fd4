import { isUtf8 } from 'node:buffer';
import { BadInputError, codedFault, TooLargeError } from '../errors/domain-errors.ts';
import { ScimError } from '../scim-core/scim-error.ts';
import { type JsonLimits, limitBroken } from './json-shape.ts';

/**
 * The text of a body. A byte order mark at its beginning is none of it.
 *
 * @throws ScimError `invalidSyntax` for bytes that are no UTF-8, which would otherwise be stored as question marks
 */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw ScimError.invalidSyntax('The body is not UTF-8.');
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * The object or list that a body holds; an empty body stands for an empty object.
 *
 * @throws ScimError `invalidSyntax` for what is no JSON (RFC 8259), or neither object nor list
 * @throws TooLargeError when it holds too many values
 * @throws BadInputError `too-deep`
 */
export function parseJson(bytes: Buffer, limits: JsonLimits): unknown {
  if (bytes.length === 0) return {};
  const broken = limitBroken(bytes, limits);
  if (broken === 'valuesMax') {
    throw new TooLargeError(`The body holds more than ${limits.valuesMax} values.`, null);
  }
  if (broken === 'levelsMax') {
    const { levelsMax } = limits;
    const message = `The body nests deeper than ${levelsMax} levels.`;
    throw new BadInputError([codedFault('', 'too-deep', message, { levelsMax })]);
  }
  const value = parsed(textOf(bytes));
  if (typeof value === 'object' && value !== null) return value;
  throw ScimError.invalidSyntax('The body is not valid JSON: it must be an object or a list.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw ScimError.invalidSyntax(
      `The body is not valid JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
}
