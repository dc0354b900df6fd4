import { valueDepthMax } from './limits.ts';
import { isObject } from './resource.ts';
import { ScimError } from './scim-error.ts';
import { isStorable } from './well-formed.ts';

/**
 * Checks a value that is kept as sent because no schema describes it: it must be storable and not too deep.
 * @throws ScimError `invalidValue` naming `where`
 */
export function checkRaw(value: unknown, where: string, depth = 1): void {
  if (depth > valueDepthMax) {
    throw ScimError.invalidValue(`${where} nests deeper than ${valueDepthMax} levels.`);
  }
  if (typeof value === 'string') checkText(value, where);
  else if (Array.isArray(value)) {
    for (const element of value) checkRaw(element, where, depth + 1);
  } else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) {
      checkText(key, where);
      checkRaw(part, where, depth + 1);
    }
  }
}

function checkText(text: string, where: string): void {
  if (!isStorable(text)) throw ScimError.invalidValue(`${where} contains characters that text cannot have.`);
}
