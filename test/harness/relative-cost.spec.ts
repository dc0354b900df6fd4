import { expect, it } from '@jest/globals';
import { expectCost } from './relative-cost.ts';

const text = JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}` })));
const work = () => void JSON.parse(text);

it('work that costs more than it may fails its test, and work that costs less does not', () => {
  expect(() => expectCost(work, 0.01)).toThrow();
  expectCost(work, 100);
});
