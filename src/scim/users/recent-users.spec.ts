import { describe, expect, it } from '@jest/globals';
import { RecentUsers } from './recent-users.ts';
import type { StoredRow } from '../protocol/representation.ts';

function userOf(id: string, title = 'Engineer'): StoredRow {
  return {
    id,
    version: '1',
    created_at: new Date(0),
    modified_at: new Date(0),
    json: JSON.stringify({ title }),
  };
}

describe('RecentUsers', () => {
  it('gives a user once, and only to their own workspace', () => {
    const recent = new RecentUsers();
    const user = userOf('1');
    recent.remember('a', user);
    expect(recent.take('b', '1')).toBeNull();
    expect(recent.take('a', '1')).toEqual(user);
    expect(recent.take('a', '1')).toBeNull();
  });

  it('forgets the eldest of more than 2,000', () => {
    const recent = new RecentUsers();
    for (let id = 0; id <= 2_000; id += 1) recent.remember('a', userOf(String(id)));
    expect(recent.take('a', '0')).toBeNull();
    expect(recent.take('a', '1')).not.toBeNull();
    expect(recent.take('a', '2000')).not.toBeNull();
  });

  it('keeps no user of more than 4,000 characters, nor what they were before', () => {
    const recent = new RecentUsers();
    recent.remember('a', userOf('1'));
    recent.remember('a', userOf('1', 'x'.repeat(4_000)));
    expect(recent.take('a', '1')).toBeNull();
  });
});
