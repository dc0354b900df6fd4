import { codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { joinPath } from './fault-path.ts';

/** More faults of this kind are a broken client, or an attack; the first ones tell enough. */
const faultsMax = 20;

/** A name in a path is cut to this: it may be as long as the body. */
const nameLengthMaxChars = 100;

/**
 * Names that the libraries behind would take for the object's own machinery (class-transformer, class-validator). What every
 * object has, such as `toString`, they leave out without a word.
 */
const reservedNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

/**
 * What of a body JSON can say and nothing behind can take, wherever it stands: half a surrogate pair, in a name or a
 * text, a number beyond all numbers (`1e400`), and names that mean something to every JavaScript object.
 *
 * @param body parsed JSON that nests no deeper than recursion may go
 * @returns none for a body that may be looked at further
 */
export function unreadableFaults(body: object): InputFault[] {
  const faults: InputFault[] = [];
  collect(body, '', faults);
  return faults;
}

function collect(container: object, parent: string, faults: InputFault[]): void {
  for (const [name, value] of Object.entries(container) as [string, unknown][]) {
    if (faults.length >= faultsMax) return;
    const fault = faultOf(name, value);
    if (fault !== null) {
      const [code, message] = fault;
      const path = joinPath(parent, name.slice(0, nameLengthMaxChars).toWellFormed());
      faults.push(codedFault(path, code, message));
    } else if (typeof value === 'object' && value !== null) {
      collect(value, joinPath(parent, name), faults);
    }
  }
}

function faultOf(
  name: string,
  value: unknown,
): ['unknown-field' | 'broken-text' | 'not-a-number', string] | null {
  if (reservedNames.has(name)) return ['unknown-field', `The name ${name} cannot be used.`];
  if (!name.isWellFormed()) return ['broken-text', 'The name holds half a character (a lone surrogate).'];
  if (typeof value === 'string' && !value.isWellFormed()) {
    return ['broken-text', 'The text holds half a character (a lone surrogate).'];
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return ['not-a-number', 'The number is larger than any that can be stored.'];
  }
  return null;
}
