import { describe, expect, it } from '@jest/globals';
import { CheckedSecrets } from './checked-secrets.ts';

interface Checked {
  owner: string;
  id: string;
}

const token: Checked = { owner: 'w1', id: 't1' };

function cacheAt(start: number): { cache: CheckedSecrets<Checked>; turnTo: (now: number) => void } {
  let now = start;
  return {
    cache: new CheckedSecrets<Checked>(
      ({ owner }) => owner,
      () => now,
    ),
    turnTo: (to) => {
      now = to;
    },
  };
}

describe('the memory of checked secrets', () => {
  it('remembers a check for less than a second', () => {
    const { cache, turnTo } = cacheAt(0);
    cache.remember('hash', token, 0);
    turnTo(899);
    expect(cache.find('hash')).toEqual(token);
    turnTo(900);
    expect(cache.find('hash')).toBeNull();
  });

  it('takes an answer to be as old as the question', () => {
    const { cache, turnTo } = cacheAt(0);
    turnTo(800);
    cache.remember('hash', token, 0);
    turnTo(950);
    expect(cache.find('hash')).toBeNull();
  });

  it('forgets all of an owner at once, and only of that one', () => {
    const { cache } = cacheAt(0);
    cache.remember('one', token, 0);
    cache.remember('two', { ...token, id: 't2' }, 0);
    cache.remember('other', { ...token, owner: 'w2' }, 0);
    cache.distrust('w1');
    expect([cache.find('one'), cache.find('two')]).toEqual([null, null]);
    expect(cache.find('other')).not.toBeNull();
  });

  it('does not remember a check that ran beside a revocation', () => {
    const { cache, turnTo } = cacheAt(1000);
    cache.distrust('w1');
    turnTo(1010);
    cache.remember('hash', token, 990);
    expect(cache.find('hash')).toBeNull();
    cache.remember('hash', token, 1005);
    expect(cache.find('hash')).toBeNull();
    turnTo(2000);
    cache.remember('hash', token, 2000);
    expect(cache.find('hash')).toEqual(token);
  });

  it('stays bounded', () => {
    const { cache } = cacheAt(0);
    for (let n = 0; n <= 10_000; n += 1) cache.remember(`hash${n}`, token, 0);
    expect(cache.find('hash0')).toBeNull();
    expect(cache.find('hash10000')).toEqual(token);
  });
});
