import { describe, expect, it } from '@jest/globals';
import { violatedConstraint } from './failed-query.ts';

const taken = (name: string) => `duplicate key value violates unique constraint "${name}"`;

describe('the constraint that a failed query violated', () => {
  it('is the one that PostgreSQL names', () => {
    const error = { code: '23505', constraint: 'member_email_key', message: taken('member_email_key') };
    expect(violatedConstraint(error)).toBe('member_email_key');
  });

  it('is the same when a distributed database names that of a shard, in the message only', () => {
    expect(violatedConstraint({ code: '23505', message: taken('member_email_key_102017') })).toBe(
      'member_email_key',
    );
  });

  it('is none when the query failed for another reason, whatever the message names', () => {
    expect(violatedConstraint({ code: '42704', message: 'constraint "x" does not exist' })).toBeNull();
    expect(violatedConstraint(new Error('constraint "x"'))).toBeNull();
  });
});
