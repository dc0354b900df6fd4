import { sqlState, thrownBy } from './failed-query.ts';
import { type PassingFaultCode, UnavailableError } from './domain-errors.ts';
import type { Sentence } from './sentence.ts';

/**
 * A condition of the database that passes, or that its operator has to end.
 *
 * @property code names it for good
 * @property sentence what a client is told
 * @property advice what the operator can do, where it is not plain
 */
export interface PassingFault {
  code: PassingFaultCode;
  sentence: Sentence;
  advice?: string;
}

interface KnownFault extends PassingFault {
  /** SQLSTATEs (PostgreSQL, appendix A), and names of network errors. */
  states: RegExp;
}

/** In this order: the first whose states match says it. */
const knownFaults: readonly KnownFault[] = [
  {
    code: 'database-full',
    // Disk, memory, a configured limit (`temp_file_limit`), an I/O error of the disk.
    states: /^(?:53000|53100|53200|53400|58030)$/,
    sentence: {
      en: 'The database has run out of space. Try again later.',
      de: 'Der Datenbank fehlt Speicherplatz. Versuchen Sie es später erneut.',
    },
    advice: 'Give PostgreSQL more room on its disk, or in its memory.',
  },
  {
    code: 'database-crowded',
    states: /^53300$/,
    sentence: {
      en: 'The database has no free connection. Try again in a moment.',
      de: 'Bei der Datenbank ist keine Verbindung frei. Versuchen Sie es gleich erneut.',
    },
    advice: 'POOL_SIZE of all processes together must fit into max_connections of PostgreSQL.',
  },
  {
    code: 'database-read-only',
    states: /^25006$/,
    sentence: {
      en: 'The database accepts no changes at the moment. Try again in a moment.',
      de: 'Die Datenbank nimmt zurzeit keine Änderungen an. Versuchen Sie es gleich erneut.',
    },
    advice: 'DATABASE_URL must lead to a primary that can be written (default_transaction_read_only off).',
  },
  {
    code: 'database-moving',
    // Raised by what `npm run workspace:move` puts before the tables: nothing of this workspace is written for some seconds.
    states: /^55UM1$/,
    sentence: {
      en: 'This workspace is being moved to another database. Try again in a moment.',
      de: 'Dieser Workspace zieht gerade in eine andere Datenbank um. Versuchen Sie es gleich erneut.',
    },
  },
  {
    code: 'database-slow',
    // Cancelled, e.g. by statement_timeout; waited too long for a lock; idle or open for too long in a transaction.
    states: /^(?:57014|55P03|25P03|25P04)$/,
    sentence: {
      en: 'The database took too long over this. Try again in a moment.',
      de: 'Die Datenbank hat hierfür zu lange gebraucht. Versuchen Sie es gleich erneut.',
    },
  },
  {
    code: 'database-contended',
    // Serialization failures and deadlocks: PostgreSQL has taken back all that the statement did.
    states: /^40(?:000|001|P01)$/,
    sentence: {
      en: 'Others are changing the same data at the moment. Try again.',
      de: 'Andere ändern gerade dieselben Daten. Versuchen Sie es erneut.',
    },
  },
  {
    code: 'database-pooler',
    // A prepared statement is not there, or there already: another connection stands behind this one by now.
    states: /^(?:26000|42P05)$/,
    sentence: {
      en: 'The connection to the database has changed. Try again.',
      de: 'Die Verbindung zur Datenbank hat gewechselt. Versuchen Sie es erneut.',
    },
    advice:
      'A pooler between this service and PostgreSQL does not know prepared statements: ' +
      'set PREPARED_STATEMENTS=off, or use PgBouncer 1.21 or newer with max_prepared_statements above 0.',
  },
  {
    code: 'database-refuses',
    // A role, a password or a database that is no more; a certificate that is not trusted (any more).
    states: /^(?:28000|28P01|3D000|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT$)/,
    sentence: {
      en: 'The database refuses the service’s connection. Try again later.',
      de: 'Die Datenbank lehnt die Verbindung des Dienstes ab. Versuchen Sie es später erneut.',
    },
    advice: 'User, password, database and TLS of DATABASE_URL must be right.',
  },
  {
    code: 'database-away',
    // Of 08, a violated protocol (08P01) is a bug of ours, unless it ends the connection: poolers speak like that.
    states: new RegExp(
      '^(?:08(?!P01)|57P|ECONNREFUSED$|ECONNRESET$|ECONNABORTED$|EPIPE$|ENOENT$|ETIMEDOUT$|EAI_|ENOTFOUND$' +
        '|EHOSTUNREACH$|EHOSTDOWN$|ENETUNREACH$|ENETDOWN$|ENETRESET$)',
    ),
    sentence: {
      en: 'The database does not answer. Try again in a moment.',
      de: 'Die Datenbank antwortet nicht. Versuchen Sie es gleich erneut.',
    },
  },
];

/** pg tells of a connection that broke or is silent by words alone. */
const brokenConnection =
  /^(?:Connection terminated|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** What pg's pool says when all its connections stay in use. */
const noConnectionFree = 'timeout exceeded when trying to connect';

/** Out of transaction numbers: nothing can be written before a VACUUM. The code is that of a row that is too long. */
const outOfNumbers = /^(?:GetNewTransactionId|GetNewMultiXactId)$/;

/** What a thrown thing says of the database's present condition; null when it says nothing of it. */
export function passingFaultOf(thrown: unknown): PassingFault | null {
  const code = codeOf(thrown);
  return code === null ? null : known(code);
}

/** Whether it would happen to everybody now: not what depends on the statement alone. */
export function isOutage(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code !== null && !ofOneStatement.has(code);
}

/** Conditions that others need not meet. */
const ofOneStatement: ReadonlySet<PassingFaultCode> = new Set([
  'database-slow',
  'database-contended',
  'database-moving',
]);

/**
 * Whether a session can no longer be used after what it answered: it is one with a server that became read-only, or it
 * and PostgreSQL disagree about prepared statements. Others may be better.
 */
export function spoilsSession(answer: { code?: string | undefined; routine?: string | undefined }): boolean {
  return spoilingStates.has(answer.code ?? '') || isOutdatedPlan(answer);
}

const spoilingStates = new Set(['25006', '26000', '42P05']);

/** A migration has changed what a prepared statement returns: only a new session prepares it again. */
function isOutdatedPlan({ code, routine }: { code?: unknown; routine?: unknown }): boolean {
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}

/** What is said of a statement that this service itself has ended. */
export const slowDatabase = known('database-slow');

function known(code: PassingFaultCode): PassingFault {
  const found = knownFaults.find((fault) => fault.code === code);
  if (found === undefined) throw new Error(`Nothing is known of ${code}`);
  return found;
}

function codeOf(thrown: unknown): PassingFaultCode | null {
  const error = thrownBy(thrown);
  if (error instanceof UnavailableError) return error.condition;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const state = sqlState(error);
  if (state === null) {
    const message = textIn(error, 'message');
    if (message === noConnectionFree) return 'database-crowded';
    return brokenConnection.test(message) ? 'database-away' : null;
  }
  if (state === '08P01') return textIn(error, 'severity') === 'FATAL' ? 'database-away' : null;
  if (state === '54000') return outOfNumbers.test(textIn(error, 'routine')) ? 'database-full' : null;
  if (isOutdatedPlan({ code: state, routine: textIn(error, 'routine') })) return 'database-contended';
  return knownFaults.find(({ states }) => states.test(state))?.code ?? null;
}

function textIn(error: unknown, field: 'message' | 'severity' | 'routine'): string {
  const text =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined;
  return typeof text === 'string' ? text : '';
}
