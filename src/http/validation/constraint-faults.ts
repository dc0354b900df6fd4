import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FaultCode } from '../../errors/fault-codes.ts';

/** What a fault is called, and what a sentence about it needs. */
export interface FaultName {
  code: FaultCode;
  params?: Record<string, unknown>;
}

/** By the constraint of class-validator that was broken: the code, and what its arguments are called, in order. */
const faultNames: Readonly<Record<string, readonly [FaultCode, ...string[]]>> = {
  whitelistValidation: ['unknown-field'],
  nestedValidation: ['not-an-object'],
  isDefined: ['required'],
  isNotEmpty: ['required'],
  isObject: ['not-an-object'],
  isArray: ['not-a-list'],
  isString: ['not-a-text'],
  isBoolean: ['not-true-or-false'],
  isNumber: ['not-a-number'],
  isInt: ['not-a-whole-number'],
  isDate: ['not-a-moment'],
  isIso8601: ['not-a-moment'],
  hasOffset: ['not-a-moment'],
  isTimeZone: ['not-a-time-zone'],
  isEmail: ['not-an-email-address'],
  isUuid: ['not-an-id'],
  isIn: ['not-one-of', 'values'],
  equals: ['not-one-of', 'values'],
  min: ['too-small', 'min'],
  max: ['too-large', 'max'],
  minLength: ['too-short', 'lengthMinChars'],
  maxLength: ['too-long', 'lengthMaxChars'],
  isLength: ['length-out-of-range', 'lengthMinChars', 'lengthMaxChars'],
  plainText: ['not-a-plain-text', 'lengthMinChars', 'lengthMaxChars'],
  readableName: ['not-a-readable-text'],
  externalId: ['not-a-readable-text'],
  // No list has to have more than one.
  arrayMinSize: ['required'],
  arrayMaxSize: ['too-many-values', 'valuesMax'],
};

/** For a decorator that can mean anything, as `Matches` can: says what it means. */
export function named(code: FaultCode): { context: FaultName } {
  return { context: { code } };
}

/**
 * What the breach of a constraint is called.
 *
 * @param error with its target
 * @param constraint as class-validator calls it, one of the error's `constraints`
 * @returns null when it has no name
 */
export function constraintName(error: ValidationError, constraint: string): FaultName | null {
  const context = error.contexts?.[constraint] as FaultName | undefined;
  if (context) return context;
  const [code, ...names] = Object.hasOwn(faultNames, constraint) ? (faultNames[constraint] ?? []) : [];
  if (code === undefined) return null;
  if (names.length === 0) return { code };
  const args = argumentsOf(error, constraint);
  return { code, params: Object.fromEntries(names.map((name, at) => [name, args[at]])) };
}

/** Decorators of ours, which word their faults themselves. */
const ourDecorators: ReadonlySet<string> = new Set(['plainText', 'readableName', 'externalId', 'hasOffset']);

/** Whether the message of a broken constraint is ours, not one of class-validator. */
export function hasOwnWords(error: ValidationError, constraint: string): boolean {
  // This decorator always brings a message: that a list would do, too.
  if (constraint === 'nestedValidation') return false;
  return ourDecorators.has(constraint) || decoratorOf(error, constraint)?.message !== undefined;
}

/** The arguments of the decorator that was broken. */
function argumentsOf(error: ValidationError, constraint: string): readonly unknown[] {
  return decoratorOf(error, constraint)?.constraints ?? [];
}

function decoratorOf({ target, property }: ValidationError, constraint: string) {
  return getMetadataStorage()
    .getTargetValidationMetadatas((target ?? {}).constructor, '', false, false)
    .find(({ propertyName, name, type }) => propertyName === property && (name ?? type) === constraint);
}
