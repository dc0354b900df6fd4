import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { UnavailableError } from './domain-errors.ts';
import { knownErrorOf } from './known-error.ts';
import { isOutage, passingFaultOf, spoilsSession } from './passing-fault.ts';

/** An error as pg and Node throw it. */
function thrown(fields: Record<string, string>): Error {
  return Object.assign(new Error(fields.message ?? 'refused'), fields);
}

const passing: [string, Record<string, string>][] = [
  ['database-away', { code: '08006' }],
  ['database-away', { code: '57P01' }],
  ['database-away', { code: '57P03' }],
  ['database-away', { code: 'ECONNREFUSED' }],
  ['database-away', { code: 'EAI_AGAIN' }],
  ['database-away', { code: 'ENOTFOUND' }],
  ['database-away', { code: 'EHOSTUNREACH' }],
  ['database-away', { code: 'ENETUNREACH' }],
  ['database-away', { code: 'ETIMEDOUT' }],
  ['database-away', { message: 'Connection terminated unexpectedly' }],
  ['database-away', { message: 'Query read timeout' }],
  ['database-away', { code: '08P01', severity: 'FATAL', message: 'query_wait_timeout' }],
  ['database-crowded', { code: '53300' }],
  ['database-crowded', { message: 'timeout exceeded when trying to connect' }],
  ['database-full', { code: '53100' }],
  ['database-full', { code: '53200' }],
  ['database-full', { code: '53400' }],
  ['database-full', { code: '58030' }],
  ['database-full', { code: '54000', routine: 'GetNewTransactionId' }],
  ['database-read-only', { code: '25006' }],
  ['database-slow', { code: '57014' }],
  ['database-slow', { code: '55P03' }],
  ['database-contended', { code: '40001' }],
  ['database-contended', { code: '40P01' }],
  ['database-contended', { code: '0A000', routine: 'RevalidateCachedQuery' }],
  ['database-pooler', { code: '26000' }],
  ['database-refuses', { code: '28P01' }],
  ['database-refuses', { code: 'CERT_HAS_EXPIRED' }],
];

const bugs: Record<string, string>[] = [
  { code: '08P01', severity: 'ERROR' },
  { code: '42601' },
  { code: '23502' },
  { code: '0A000', routine: 'transformCall' },
  { code: 'ERR_INVALID_ARG_TYPE' },
  { message: 'Cannot read properties of undefined' },
];

describe('a condition of the database that passes', () => {
  it.each(passing)('is known, however the statement was sent: %s by %j', (code, fields) => {
    const error = thrown(fields);
    for (const each of [error, new QueryFailedError('SELECT 1', [], error), new AggregateError([error])]) {
      expect(passingFaultOf(each)?.code).toBe(code);
      expect(knownErrorOf(each)).toBeInstanceOf(UnavailableError);
    }
  });

  it.each(bugs)('is not taken for a bug: %j', (fields) => {
    expect(passingFaultOf(thrown(fields))).toBeNull();
    expect(knownErrorOf(thrown(fields))).toBeNull();
  });

  it('keeps a name or reference that is too long a fault of the request', () => {
    expect(knownErrorOf(thrown({ code: '54000', routine: '_bt_check_third_page' }))).toMatchObject({
      status: 400,
    });
  });

  it('is an outage where it does not depend on the statement', () => {
    expect(isOutage(thrown({ code: '53100' }))).toBe(true);
    expect(isOutage(thrown({ code: '57014' }))).toBe(false);
    expect(isOutage(thrown({ code: '42601' }))).toBe(false);
  });

  it('ends the sessions that others would be better than', () => {
    expect(['25006', '26000', '42P05'].map((code) => spoilsSession({ code }))).toEqual([true, true, true]);
    expect(['23505', '53100', '57014'].map((code) => spoilsSession({ code }))).toEqual([false, false, false]);
  });
});
