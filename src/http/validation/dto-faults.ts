import { getMetadataStorage, type ValidationError } from 'class-validator';
import { constraintName, hasOwnWords } from './constraint-faults.ts';
import { codedFault, type InputFault, saidOfPlace, wordedFault } from '../../errors/domain-errors.ts';
import type { FaultCode } from '../../errors/fault-codes.ts';
import { faultSentence } from '../../errors/fault-sentences.ts';
import type { Sentence } from '../../errors/sentence.ts';
import { joinPath } from './fault-path.ts';
import { nearestName } from './nearest-name.ts';

/** A name in a path is cut to this: it may be as long as the body. */
const nameLengthMaxChars = 100;
/** For so many unknown names the known one that is meant is looked for. */
const nearestLookedForMax = 20;

/** What refuses texts; of anything else these say nothing that helps. */
const textConstraints: ReadonlySet<string> = new Set([
  'isString',
  'isEmail',
  'minLength',
  'maxLength',
  'isLength',
  'matches',
  'plainText',
  'readableName',
  'externalId',
]);

/** Where a value is of the wrong kind, nothing else about it is worth saying. */
const kindCodes: ReadonlySet<string> = new Set<FaultCode>([
  'not-an-object',
  'not-a-list',
  'not-a-text',
  'not-true-or-false',
  'not-a-number',
  'not-a-whole-number',
  'not-a-moment',
]);

/**
 * What class-validator found, in words: what is missing, what is not known and which known name is near, what is of the
 * wrong kind, and everything else, each with its place.
 *
 * @param errors with their targets
 */
export function dtoFaults(errors: readonly ValidationError[]): InputFault[] {
  const search = { nearestLeft: nearestLookedForMax };
  return errors.flatMap((error) => faultsOf(error, '', search));
}

function faultsOf(error: ValidationError, parent: string, search: { nearestLeft: number }): InputFault[] {
  const path = joinPath(parent, error.property.slice(0, nameLengthMaxChars));
  return [
    ...ownFaults(error, path, search),
    ...(error.children ?? []).flatMap((child) => faultsOf(child, path, search)),
  ];
}

function ownFaults(error: ValidationError, path: string, search: { nearestLeft: number }): InputFault[] {
  const constraints = Object.entries(error.constraints ?? {});
  if (constraints.length === 0) return [];
  if (error.constraints?.whitelistValidation !== undefined) return [unknownFault(error, path, search)];
  const value = (error.target as Record<string, unknown> | undefined)?.[error.property];
  if (value === undefined || value === null) return [missingFault(path, value)];
  const isOtherThanText = typeof value !== 'string' && !Array.isArray(value);
  if (isOtherThanText && constraints.some(([constraint]) => textConstraints.has(constraint)))
    return [codedFault(path, 'not-a-text', `${path} must be a text`)];
  // Decorators run from the last to the first, and the first says what kind of value it must be.
  const faults = constraints
    .toReversed()
    .filter(([constraint]) => constraint !== 'nestedValidation' || constraints.length === 1)
    .map(([constraint, message]) => faultOf(error, path, constraint, message));
  const [first] = faults;
  return first?.code !== undefined && kindCodes.has(first.code) ? [first] : faults;
}

/** In our words, unless the decorator brings its own: those of class-validator speak of properties and enums. */
function faultOf(error: ValidationError, path: string, constraint: string, message: string): InputFault {
  const name = constraintName(error, constraint);
  const sentence = hasOwnWords(error, constraint) ? undefined : faultSentence(name?.code);
  const said = sentence
    ? saidOfPlace({ path, ...(name?.params && { params: name.params }) }, sentence, 'en')
    : withPath(message, error.property, path);
  return { path, message: said, ...name };
}

const sentences = {
  missing: { en: '{name} is missing', de: '{name} fehlt' },
  null: { en: '{name} must not be null', de: '{name} darf nicht null sein' },
  unknown: { en: '{name} is not known here', de: '{name} ist hier nicht bekannt' },
  misspelled: {
    en: '{name} is not known here; did you mean {nearest}?',
    de: '{name} ist hier nicht bekannt; meinten Sie {nearest}?',
  },
} satisfies Record<string, Sentence>;

function missingFault(path: string, value: undefined | null): InputFault {
  const sentence = value === undefined ? sentences.missing : sentences.null;
  return worded(path, 'required', { name: path }, sentence);
}

function unknownFault(error: ValidationError, path: string, search: { nearestLeft: number }): InputFault {
  search.nearestLeft -= 1;
  const nearest = search.nearestLeft < 0 ? null : nearestName(error.property, knownNames(error));
  return nearest === null
    ? worded(path, 'unknown-field', { name: path }, sentences.unknown)
    : worded(path, 'unknown-field', { name: path, nearest }, sentences.misspelled);
}

function worded(
  path: string,
  code: FaultCode,
  params: Record<string, string>,
  sentence: Sentence,
): InputFault {
  return wordedFault(path, { code, params, sentence });
}

/** The names that the class of the object has. */
function knownNames({ target }: ValidationError): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(
    (target ?? {}).constructor,
    '',
    false,
    false,
  );
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}

/** A sentence about the value with its whole path: `rules[2].note must be …`. */
function withPath(message: string, property: string, path: string): string {
  if (message.startsWith(`${property} `)) return path + message.slice(property.length);
  return message.startsWith('must ') ? `${path} ${message}` : message;
}
