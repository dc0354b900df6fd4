import { describe, expect, it } from '@jest/globals';
import { BusyError, UnavailableError } from '../../errors/domain-errors.ts';
import { FairShare } from './fair-share.ts';

const limits = { insideMax: 3, insideEachMax: 2, waitingEachMax: 2, waitMaxMs: 20 };

/** Notes who got in, in their order. */
function entering(share: FairShare, key: string, got: string[]): Promise<void> {
  return (share.enter(key) ?? Promise.resolve()).then(() => void got.push(key));
}

/** Lets these in; there must be room for them at once. */
function fill(share: FairShare, ...keys: string[]): void {
  for (const key of keys) expect(share.enter(key)).toBeNull();
}

describe('a share', () => {
  it('lets one key have no more than its part, and the others the rest', () => {
    const share = new FairShare(limits);
    expect(share.enter('a')).toBeNull();
    expect(share.enter('a')).toBeNull();
    const third = share.enter('a');
    expect(third).not.toBeNull();
    expect(share.enter('b')).toBeNull();
    return expect(third).rejects.toBeInstanceOf(BusyError);
  });

  it('lets in by turns, one of each key, however many of one wait', async () => {
    const share = new FairShare({ ...limits, insideMax: 1, waitMaxMs: 1_000 });
    const got: string[] = [];
    expect(share.enter('x')).toBeNull();
    const waiting = ['a', 'a', 'b', 'b'].map((key) => entering(share, key, got));
    for (const leaver of ['x', 'a', 'b', 'a']) {
      share.leave(leaver);
      await Promise.resolve();
    }
    await Promise.all(waiting);
    expect(got).toEqual(['a', 'b', 'a', 'b']);
  });

  it('gives a key that waits all of its share as soon as that has grown', async () => {
    const growing = { ...limits, insideMax: 4, insideEachMax: 1, waitingEachMax: 5 };
    const share = new FairShare(growing);
    const got: string[] = [];
    fill(share, 'a');
    const waiting = ['a', 'a', 'a', 'a', 'a'].map((key) => entering(share, key, got));
    growing.insideEachMax = 4;
    share.leave('a');
    await Promise.resolve();
    expect(got).toHaveLength(4);
    share.leave('a');
    await Promise.all(waiting);
  });

  it('refuses at once who would wait behind too many of its own', async () => {
    const share = new FairShare(limits);
    fill(share, 'a', 'a');
    const waiting = [entering(share, 'a', []), entering(share, 'a', [])];
    await expect(share.enter('a')).rejects.toBeInstanceOf(BusyError);
    await Promise.allSettled(waiting);
  });

  it('says whose fault it is that somebody waited for too long', async () => {
    const share = new FairShare({ ...limits, insideMax: 2 });
    fill(share, 'a', 'a');
    await Promise.all([
      expect(share.enter('a')).rejects.toBeInstanceOf(BusyError),
      expect(share.enter('b')).rejects.toBeInstanceOf(UnavailableError),
    ]);
  });

  it('has room again for as many as before when all have left', async () => {
    const share = new FairShare(limits);
    fill(share, 'a', 'a', 'b');
    const waiting = share.enter('c');
    share.leave('b');
    await waiting;
    for (const key of ['a', 'a', 'c']) share.leave(key);
    fill(share, 'd', 'd', 'e');
  });
});
