import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { errorWords, plainError, plainStack } from './plain-error.ts';

const canary = 'anna.canary@example.com';

/** As pg makes them. */
function databaseError(fields: object): Error {
  const error = new Error(`invalid input syntax for type uuid: "${canary}"`);
  return Object.assign(error, {
    severity: 'ERROR',
    code: '23505',
    detail: `Key (email_key)=(${canary}) already exists.`,
    where: `COPY member, line 1: "${canary}"`,
    internalQuery: `SELECT '${canary}'`,
    table: 'member',
    constraint: 'member_email_key',
    ...fields,
  });
}

function all(thrown: unknown): string {
  return JSON.stringify(plainError(thrown));
}

describe('an error in a log', () => {
  it('says of a failed statement its SQLSTATE in words and the names of the schema, and no value', () => {
    const error = databaseError({});
    const plain = plainError(new QueryFailedError('SELECT $1', [canary], error));
    expect(plain).toMatchObject({
      code: '23505',
      table: 'member',
      constraint: 'member_email_key',
      message: 'PostgreSQL: a value is there already that may be there once (SQLSTATE 23505)',
    });
    expect(plain.stack).toMatch(/^\s+at /);
    expect(JSON.stringify(plain)).not.toContain('canary');
    expect(all(error)).not.toContain('canary');
    expect(errorWords(databaseError({ code: '22P02' }))).toContain('22P02');
  });

  it('says nothing more of its causes and parts', () => {
    const cause = databaseError({});
    const error = new AggregateError([cause, new Error(`no "${canary}"`)], `about ${canary}`, {
      cause: new Error(canary, { cause }),
    });
    expect(all(error)).not.toContain('canary');
    expect(plainError(error)).toMatchObject({
      cause: { cause: { code: '23505' } },
      errors: [{ code: '23505' }, {}],
    });
  });

  it('has no value of a message that quotes one', () => {
    const parsing = (() => {
      try {
        return JSON.parse(`{"name": ${canary}}`) as unknown;
      } catch (error) {
        return error;
      }
    })();
    for (const error of [
      parsing,
      new RangeError('Invalid time zone specified: Canary'),
      new TypeError(`Cannot read properties of undefined (reading 'canary')`),
      Object.assign(new Error('Invalid URL'), { input: canary }),
      new Error(`first line\n    at ${canary} (evil)`),
      canary,
      { message: `"${canary}"` },
      null,
    ]) {
      expect(all(error).toLowerCase()).not.toContain('canary');
    }
  });

  it('keeps what tells a trouble of the network', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(plainError(error)).toMatchObject({ message: error.message, code: 'ECONNREFUSED' });
  });

  it('ends, though it is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(all(error).length).toBeLessThan(20_000);
  });

  it('has of a stack its frames alone', () => {
    expect(plainStack(`Error: ${canary}\n    at one (a.ts:1)\n  ${canary}\n    at two (b.ts:2)`)).toBe(
      '    at one (a.ts:1)\n    at two (b.ts:2)',
    );
  });
});
