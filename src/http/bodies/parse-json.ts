import { isUtf8 } from 'node:buffer';
import { BadInputError, codedFault, TooLargeError } from '../../errors/domain-errors.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { type JsonLimits, JsonShape } from './json-shape.ts';

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
 * Looks at a body while it comes.
 *
 * @returns what takes the next part, and answers with what is wrong as soon as that is known: TooLargeError for too many
 * values, BadInputError `too-deep` and `too-many-keys`
 */
export function jsonInspector(limits: JsonLimits): (part: Uint8Array) => Error | null {
  const shape = new JsonShape(limits);
  return (part) => {
    switch (shape.take(part)) {
      case 'valuesMax':
        return new TooLargeError(`The body holds more than ${limits.valuesMax} values.`, null);
      case 'keysMax': {
        const { keysMax } = limits;
        const message = `An object of the body holds more than ${keysMax} names.`;
        return new BadInputError([codedFault('', 'too-many-keys', message, { keysMax })]);
      }
      case 'levelsMax': {
        const { levelsMax } = limits;
        const message = `The body nests deeper than ${levelsMax} levels.`;
        return new BadInputError([codedFault('', 'too-deep', message, { levelsMax })]);
      }
      default:
        return null;
    }
  };
}

/**
 * The object or list that a body holds, which was found to keep to its limits; an empty body stands for an empty object.
 *
 * @throws ScimError `invalidSyntax` for what is no JSON (RFC 8259), or neither object nor list
 */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
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
