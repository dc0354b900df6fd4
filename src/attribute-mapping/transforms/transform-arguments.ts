import type { Wording } from '../../errors/sentence.ts';
import { isObject } from '../../scim-core/resource.ts';
import { isStorable } from '../../scim-core/storable-text.ts';
import { ruleFault } from '../rule/rule-faults.ts';

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

/** What is wrong with the arguments, or null when they fit the parameters. */
export function argumentFault(parameters: readonly Parameter[], args: readonly unknown[]): Wording | null {
  if (args.length > parameters.length)
    return ruleFault('too-many-arguments', { argumentsMax: parameters.length });
  for (const [index, parameter] of parameters.entries()) {
    const arg = args[index];
    if (arg === undefined || arg === null) {
      if (parameter.optional) continue;
      return ruleFault('argument-missing', { argument: parameter.name });
    }
    const fault = faultOf(parameter, arg);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(parameter: Parameter, arg: unknown): Wording | null {
  const argument = parameter.name;
  const lengthMaxChars = argumentLengthMaxChars;
  switch (parameter.kind) {
    case 'text':
      return isText(arg) ? null : ruleFault('argument-no-text', { argument, lengthMaxChars });
    case 'nonEmptyText':
      return isText(arg) && arg !== ''
        ? null
        : ruleFault('argument-no-full-text', { argument, lengthMaxChars });
    case 'integer':
      return Number.isSafeInteger(arg) ? null : ruleFault('argument-no-whole-number', { argument });
    case 'table':
      return isTable(arg) ? null : ruleFault('argument-no-table', { argument, entriesMax: tableEntriesMax });
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
