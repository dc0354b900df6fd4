import { isObject } from '../scim-core/resource.ts';
import { isStorable } from '../scim-core/well-formed.ts';

/** Longest text among the arguments of a transform, in UTF-16 units. */
export const argumentLengthMaxChars = 200;
/** Most entries of a map table. */
export const tableEntriesMax = 1_000;

/** What one argument of a transform must be. */
export interface Parameter {
  name: string;
  kind: 'text' | 'nonEmptyText' | 'integer' | 'table';
  optional?: true;
}

/** A sentence that says what is wrong with the arguments, or null when they fit the parameters. */
export function argumentFault(parameters: readonly Parameter[], args: readonly unknown[]): string | null {
  if (args.length > parameters.length) return `takes at most ${parameters.length} arguments`;
  for (const [index, parameter] of parameters.entries()) {
    const arg = args[index];
    if (arg === undefined || arg === null) {
      if (parameter.optional) continue;
      return `needs the argument ${parameter.name}`;
    }
    const fault = faultOf(parameter, arg);
    if (fault !== null) return `argument ${parameter.name} ${fault}`;
  }
  return null;
}

function faultOf(parameter: Parameter, arg: unknown): string | null {
  switch (parameter.kind) {
    case 'text':
      return isText(arg) ? null : `must be a text of at most ${argumentLengthMaxChars} characters`;
    case 'nonEmptyText':
      return isText(arg) && arg !== '' ? null : `must be a text of 1 to ${argumentLengthMaxChars} characters`;
    case 'integer':
      return Number.isSafeInteger(arg) ? null : 'must be a whole number';
    case 'table':
      return isTable(arg) ? null : `must be an object of texts, with at most ${tableEntriesMax} entries`;
  }
}

function isText(arg: unknown): arg is string {
  return typeof arg === 'string' && arg.length <= argumentLengthMaxChars && isStorable(arg);
}

function isTable(arg: unknown): boolean {
  if (!isObject(arg)) return false;
  const entries = Object.entries(arg);
  return entries.length <= tableEntriesMax && entries.every(([from, to]) => isText(from) && isText(to));
}

/** The argument as a text; for arguments that have been checked. */
export function textArgument(args: readonly unknown[], index: number): string {
  const arg = args[index];
  return typeof arg === 'string' ? arg : '';
}

/** The argument as a whole number, or undefined when it was left out; for arguments that have been checked. */
export function integerArgument(args: readonly unknown[], index: number): number | undefined {
  const arg = args[index];
  return typeof arg === 'number' ? arg : undefined;
}
