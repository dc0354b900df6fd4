import { QueryFailedError } from 'typeorm';
import { sqlState } from './failed-query.ts';
import { sqlStateWords } from './sql-state-words.ts';

/** An error as it may stand in a log: where it happened and what kind it was, without a value of a request or a row. */
export interface PlainError {
  type: string;
  message: string;
  stack: string;
  code?: string;
  [detail: string]: unknown;
}

const causesMax = 5;
const framesMax = 30;
const messageLengthMaxChars = 300;

/** What PostgreSQL says of an error that names things of the schema, never values. */
const schemaFields = ['severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine'] as const;
/** What Node says of an error of the system. */
const systemFields = ['errno', 'syscall', 'address', 'port'] as const;

/**
 * An error without personal data. PostgreSQL repeats values in its message (`invalid input syntax for type uuid: "…"`),
 * in `detail` (`Key (email)=(…)`, `Failing row contains (…)`) and in `where`, and a stack begins with the message: of
 * these stay the SQLSTATE in words, the names of the schema and the frames. Of other messages what stands in quotes and
 * e-mail addresses are left out.
 *
 * @param thrown whatever was thrown
 */
export function plainError(thrown: unknown): PlainError {
  return describe(thrown, causesMax);
}

/** The same in one sentence, for a line that says what could not be done. */
export function errorWords(thrown: unknown): string {
  return describe(thrown, 0).message;
}

/** The frames of a stack trace, without the message that it begins with. */
export function plainStack(stack: string, message = ''): string {
  const messageAt = message === '' ? -1 : stack.indexOf(message);
  const frames = messageAt === -1 ? stack : stack.slice(messageAt + message.length);
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, framesMax)
    .join('\n');
}

function describe(thrown: unknown, causesLeft: number): PlainError {
  if (typeof thrown !== 'object' || thrown === null) {
    return {
      type: typeof thrown,
      message: `Something was thrown that is no error: ${typeof thrown}`,
      stack: '',
    };
  }
  const error = thrown as Partial<Error> & Record<string, unknown>;
  const source = thrown instanceof QueryFailedError ? (thrown.driverError as object) : thrown;
  const said = typeof error.message === 'string' ? error.message : '';
  const code = sqlState(thrown) ?? '';
  const isOfDatabase = 'severity' in source && code !== '';
  const plain: PlainError = {
    type: typeof error.name === 'string' ? error.name : 'Error',
    message: isOfDatabase ? sqlStateWords(code) : plainMessage(error.name, said),
    stack: typeof error.stack === 'string' ? plainStack(error.stack, said) : '',
    ...(code !== '' && { code }),
    ...picked(source, isOfDatabase ? schemaFields : systemFields),
  };
  if (causesLeft === 0) return plain;
  if (typeof error.cause === 'object' && error.cause !== null) {
    plain.cause = describe(error.cause, causesLeft - 1);
  }
  if (Array.isArray(error.errors)) {
    const parts: unknown[] = error.errors;
    plain.errors = parts.slice(0, causesMax).map((part) => describe(part, 0));
  }
  return plain;
}

/** These quote what they could not read, and not always in quotes. */
const quotingErrors = new Set(['SyntaxError', 'RangeError', 'URIError']);

function plainMessage(name: unknown, message: string): string {
  if (typeof name === 'string' && quotingErrors.has(name)) return `${name}, whose message may hold values`;
  return message
    .replaceAll(/["“„`].*["”“`]/gsu, '…')
    .replaceAll(/(?<!\w)'.*'/gsu, '…')
    .replaceAll(/\S+@\S+/g, '…')
    .slice(0, messageLengthMaxChars);
}

function picked(source: object, names: readonly string[]): Record<string, unknown> {
  const values = source as Record<string, unknown>;
  return Object.fromEntries(
    names
      .filter((name) => typeof values[name] === 'string' || typeof values[name] === 'number')
      .map((name) => [name, values[name]]),
  );
}
