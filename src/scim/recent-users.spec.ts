import { describe, expect, it } from '@jest/globals';
import { RecentUsers, type RecentUser } from './recent-users.ts';

function userOf(id: string, title = 'Engineer'): RecentUser {
  return { id, version: '1', created_at: new Date(0), modified_at: new Date(0), resource: { title } };
}

describe('RecentUsers', () => {
  it('gives a user once, to his own workspace alone', () => {
    const recent = new RecentUsers();
    const user = userOf('1');
    recent.remember('a', user);
    expect(recent.take('b', '1')).toBeNull();
    expect(recent.take('a', '1')).toBe(user);
    expect(recent.take('a', '1')).toBeNull();
  });

  it('forgets the eldest of more than 2,000', () => {
    const recent = new RecentUsers();
    for (let id = 0; id <= 2_000; id += 1) recent.remember('a', userOf(String(id)));
    expect(recent.take('a', '0')).toBeNull();
    expect(recent.take('a', '1')).not.toBeNull();
    expect(recent.take('a', '2000')).not.toBeNull();
  });

  it('keeps no user of more than 4,000 characters, nor what he was before', () => {
    const recent = new RecentUsers();
    recent.remember('a', userOf('1'));
    recent.remember('a', userOf('1', 'x'.repeat(4_000)));
    expect(recent.take('a', '1')).toBeNull();
  });
});
