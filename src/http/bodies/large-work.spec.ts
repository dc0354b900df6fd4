import { describe, expect, it } from '@jest/globals';
import { LargeWork } from './large-work.ts';

const megabyte = 1024 * 1024;

describe('LargeWork', () => {
  it('does one piece in a turn of the event loop, however many ask at once', async () => {
    const work = new LargeWork();
    let turns = 0;
    let goesOn = true;
    const count = () => {
      turns += 1;
      if (goesOn) setImmediate(count);
    };
    setImmediate(count);
    const doneInTurn: number[] = [];
    const pieces = Array.from({ length: 20 }, (_, n) =>
      work.turn(`holder ${n}`, megabyte).then(() => doneInTurn.push(turns)),
    );
    await Promise.all(pieces);
    goesOn = false;
    expect(new Set(doneInTurn).size).toBe(pieces.length);
  });

  it('has a holder of many wait, and nobody else', async () => {
    const work = new LargeWork();
    const order: string[] = [];
    const greedy = Array.from({ length: 12 }, (_, n) =>
      work.turn('greedy', megabyte).then(() => order.push(`greedy ${n}`)),
    );
    const modest = work.turn('modest', megabyte).then(() => order.push('modest'));
    await Promise.all([...greedy, modest]);
    expect(order.indexOf('modest')).toBeLessThan(order.indexOf('greedy 11'));
    expect(order.filter((name) => name !== 'modest')).toEqual(greedy.map((_, n) => `greedy ${n}`));
  });
});
