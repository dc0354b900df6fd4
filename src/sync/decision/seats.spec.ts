import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeatLedger, takesSeat } from './seats.ts';

describe('whether a decision takes a seat', () => {
  const status = (before: string, after: string) => ({ field: 'status', before, after });
  const title = { field: 'jobTitle', before: null, after: 'Lead' };
  it.each([
    ['create', [title], true],
    ['reactivate', [status('deactivated', 'active'), title], true],
    ['link', [status('removed', 'active')], true],
    ['link', [title], false],
    ['update', [title], false],
    ['deactivate', [status('active', 'deactivated')], false],
    ['remove', [status('deactivated', 'removed')], false],
    ['conflict', [], false],
    ['nothing', [], false],
  ] as const)('%s %j: %s', (kind, fields, takes) => {
    expect(takesSeat({ kind, fields: [...fields] })).toBe(takes);
  });
});

describe('the seats of a plan', () => {
  /** Who gets one, when they are decided about in this order; a person in brackets turns out to need none. */
  function seated(free: number, order: string[] | null, decided: string[]): string[] {
    const ledger = new SeatLedger({
      limit: 10,
      free,
      order: order && new Map(order.map((id, place) => [id, place])),
    });
    return decided.filter((one) => {
      const id = one.replace(/[()]/g, '');
      if (id !== one) ledger.pass(id);
      return id === one && ledger.give(id);
    });
  }

  it.each([
    [2, null, ['a', 'b', 'c'], ['a', 'b']],
    [0, null, ['a'], []],
    [2, ['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b']],
    // Those who come first get it although they are decided about last.
    [2, ['c', 'b', 'a'], ['a', 'b', 'c'], ['b', 'c']],
    // Who needs none leaves it to the next.
    [2, ['a', 'b', 'c'], ['(a)', 'b', 'c'], ['b', 'c']],
    [1, ['c', 'b', 'a'], ['a', 'b', '(c)'], []],
    // Who is not in line comes last.
    [1, ['a'], ['x', 'a'], ['a']],
    [2, ['a'], ['x'], []],
  ])('%i free, in line %j, decided %j: %j', (free, order, decided, expected) => {
    expect(seated(free, order, decided)).toEqual(expected);
  });

  it('are never more than are free, whatever the order, and although some need none', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.shuffledSubarray(people, { minLength: 6 }),
        fc.shuffledSubarray(people, { minLength: 6 }),
        fc.subarray(people),
        (free, order, decided, needless) => {
          const all = decided.map((id) => (needless.includes(id) ? `(${id})` : id));
          expect(seated(free, order, all).length).toBeLessThanOrEqual(free);
        },
      ),
    );
  });

  it('are all given away when people are decided about in line', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.subarray(people), (free, needless) => {
        const decided = people.map((id) => (needless.includes(id) ? `(${id})` : id));
        const expected = people.filter((id) => !needless.includes(id)).slice(0, free);
        expect(seated(free, people, decided)).toEqual(expected);
      }),
    );
  });

  it('are free again for others when somebody leaves, and while something is only tried', () => {
    const ledger = new SeatLedger({ limit: 1, free: 0, order: null });
    expect(ledger.give('a')).toBe(false);
    ledger.takeBack();
    const tried = ledger.copy();
    expect(tried.give('a')).toBe(true);
    expect(tried.give('b')).toBe(false);
    expect(ledger.give('b')).toBe(true);
  });
});
