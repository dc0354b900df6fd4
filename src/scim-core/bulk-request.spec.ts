import { describe, expect, it } from '@jest/globals';
import { orderBulk } from './bulk-order.ts';
import { parcelValue, referencesIn } from './bulk-references.ts';
import { parseBulkRequest } from './bulk-request.ts';
import { expectCost } from '../../test/harness/relative-cost.ts';

const post = (bulkId: string, ...references: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { members: references.map((value) => ({ value: `bulkId:${value}` })) },
});

const order = (...operations: object[]) =>
  orderBulk(parseBulkRequest({ Operations: operations }).operations).map(
    ({ index, mayDefer }) => `${index}${mayDefer ? '*' : ''}`,
  );

describe('the order of a bulk request', () => {
  it('is that of the request where nothing is referred to before it is there', () => {
    expect(order(post('a'), post('b', 'a'), { method: 'DELETE', path: '/Users/1' })).toEqual(['0', '1', '2']);
  });

  it('puts what is referred to first', () => {
    expect(order(post('a', 'b'), post('b', 'c'), post('c'))).toEqual(['2', '1', '0']);
    expect(order({ method: 'DELETE', path: '/Groups/bulkId:a' }, post('a'))).toEqual(['1', '0']);
  });

  it('defers references in circles, and only there', () => {
    expect(order(post('a', 'b'), post('b', 'a'))).toEqual(['0*', '1*']);
    expect(order(post('x', 'a'), post('a', 'b'), post('b', 'a'), post('c'))).toEqual(['3', '1*', '0', '2*']);
    expect(order(post('a', 'a'))).toEqual(['0*']);
  });

  it('leaves what cannot be broken for the end', () => {
    const change = (bulkId: string, target: string) => ({
      method: 'PATCH',
      path: `/Users/bulkId:${target}`,
      bulkId,
      data: {},
    });
    expect(order(change('a', 'b'), change('b', 'a'), post('c'))).toEqual(['2', '0', '1']);
  });
});

describe('references of a bulk request', () => {
  const idOf = (bulkId: string) => (bulkId === 'known' ? 'id-1' : undefined);

  it('are found wherever they stand', () => {
    expect([...referencesIn({ a: ['bulkId:x', { b: 'BULKID:y' }], c: 'no bulkId:z' })]).toEqual(['x', 'y']);
  });

  it('give way to ids, or wait with the element that holds them', () => {
    const members = [{ value: 'bulkId:known' }, { value: 'bulkId:open', type: 'User' }];
    expect(parcelValue({ displayName: 'G', members }, idOf)).toEqual({
      now: { displayName: 'G', members: [{ value: 'id-1' }] },
      later: { members: [{ value: 'bulkId:open', type: 'User' }] },
    });
    expect(parcelValue({ ext: { title: 'T', manager: { value: 'bulkId:open' } } }, idOf)).toEqual({
      now: { ext: { title: 'T' } },
      later: { ext: { manager: { value: 'bulkId:open' } } },
    });
  });

  it('cost little in a body that is nothing but references', () => {
    const names = Array.from({ length: 1000 }, (_, n) => `b${n}`);
    const operations = names.map((name) => post(name, ...names.slice(0, 60)));
    expectCost(() => expect(order(...operations)).toHaveLength(1000), 60);
  });
});
