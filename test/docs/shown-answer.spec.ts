import { describe, expect, it } from '@jest/globals';
import { asFarAsShown, matcherOf, readShown } from './shown-answer.ts';

const matches = (answer: unknown, shown: unknown) =>
  expect(asFarAsShown(answer, shown)).toEqual(matcherOf(shown));

describe('an answer that a page shows', () => {
  it('has a status, headers and a body', () => {
    expect(readShown('HTTP/1.1 201 Created\nLocation: /Users/1\n\n{ "id": "1" }\n')).toEqual({
      status: 201,
      headers: [['location', '/Users/1']],
      body: { id: '1' },
    });
  });

  it.each([
    [{ id: '1', more: true }, { id: '1' }],
    [{ id: 'abc' }, { id: 'a…' }],
    [{ items: [{ a: 1, b: 2 }, { a: 3 }] }, { items: [{ a: 1 }] }],
    [{ items: [] }, { items: [] }],
  ])('fits %j when it shows %j', (answer, shown) => matches(answer, shown));

  it.each([
    [{ id: '2' }, { id: '1' }],
    [{}, { id: '…' }],
    [{ id: 1 }, { id: '…' }],
    [{ items: [] }, { items: [{ a: 1 }] }],
    [{ items: [{ a: 2 }] }, { items: [{ a: 1 }] }],
    [{ a: { b: 1 } }, { a: { c: 1 } }],
  ])('does not fit %j when it shows %j', (answer, shown) => {
    expect(() => matches(answer, shown)).toThrow();
  });
});
