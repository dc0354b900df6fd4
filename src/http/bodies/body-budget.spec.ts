import { describe, expect, it } from '@jest/globals';
import { BodyBudget } from './body-budget.ts';

describe('BodyBudget', () => {
  it('keeps one holder from taking the room of all', () => {
    const budget = new BodyBudget(100, 40);
    expect(budget.take('a', 40)).toBeNull();
    expect(budget.take('a', 1)).toBe('own');
    expect(budget.take('b', 40)).toBeNull();
  });

  it('refuses everybody when all room is taken, until some is given back', () => {
    const budget = new BodyBudget(100, 60);
    expect(budget.take('a', 60)).toBeNull();
    expect(budget.take('b', 40)).toBeNull();
    expect(budget.take('c', 1)).toBe('all');
    budget.give('a', 30);
    expect(budget.take('c', 30)).toBeNull();
    expect(budget.take('a', 1)).toBe('all');
  });

  it('takes nothing where it refuses', () => {
    const budget = new BodyBudget(100, 40);
    for (let times = 0; times < 10; times += 1) expect(budget.take('a', 41)).toBe('own');
    expect(budget.take('a', 40)).toBeNull();
    budget.give('a', 40);
    expect(budget.take('a', 40)).toBeNull();
  });
});
