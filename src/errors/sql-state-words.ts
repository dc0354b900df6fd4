/** What an SQLSTATE means, as far as it tells more than its class (PostgreSQL documentation, appendix A). */
const states: Readonly<Record<string, string>> = {
  '22P02': 'a text is no value of its type',
  '22021': 'a text has a character that cannot be stored',
  '22P05': 'a text has a character that cannot be stored',
  '22003': 'a number is out of range',
  '23502': 'a value is missing',
  '23503': 'a row refers to one that is not there',
  '23505': 'a value is there already that may be there once',
  '23514': 'a value breaks a check',
  '25006': 'the database is read-only',
  '40001': 'two transactions got into each other’s way',
  '40P01': 'two transactions waited for each other',
  '53100': 'the disk is full',
  '53300': 'there are too many connections',
  '54000': 'a value is too large',
  '55P03': 'a lock was not to be had in time',
  '57014': 'the statement took too long or was cancelled',
  P0001: 'a function or trigger refused',
};

const classes: Readonly<Record<string, string>> = {
  '08': 'the connection failed',
  '22': 'a value is not right',
  '23': 'a value breaks a constraint',
  '25': 'the transaction is in a wrong state',
  '28': 'the database refused the user',
  '40': 'the transaction was rolled back',
  '42': 'the statement or the schema is not right',
  '53': 'the database is out of resources',
  '54': 'a limit of the database was exceeded',
  '55': 'something is not in the state that the statement needs',
  '57': 'the database was told to stop',
  '58': 'the system failed the database',
  P0: 'a function or trigger refused',
  XX: 'the database has an internal error',
};

/** A sentence about an SQLSTATE, in place of a message of PostgreSQL, which repeats values. */
export function sqlStateWords(code: string): string {
  const words = states[code] ?? classes[code.slice(0, 2)] ?? 'the statement failed';
  return `PostgreSQL: ${words} (SQLSTATE ${code})`;
}
