import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import { BadInputError } from './domain-errors.ts';
import { parseBody } from './validation.ts';

class Inner {
  @IsInt()
  count!: number;
}

class Outer {
  @IsString()
  name!: string;

  @ValidateNested({ each: true })
  @Type(() => Inner)
  parts: Inner[] = [];
}

function faultsOf(body: unknown) {
  try {
    parseBody(Outer, body);
    return [];
  } catch (error) {
    if (error instanceof BadInputError) return error.errors;
    throw error;
  }
}

describe('parseBody', () => {
  it('answers with an instance of the class', () => {
    expect(parseBody(Outer, { name: 'a', parts: [{ count: 1 }] })).toBeInstanceOf(Outer);
  });

  it('names every fault with its path', () => {
    const faults = faultsOf({ name: 5, parts: [{ count: 1 }, { count: 'x' }], more: true });
    expect(faults.map(({ path }) => path).sort()).toEqual(['more', 'name', 'parts[1].count']);
  });

  it.each([null, undefined, 'text', 7, [{}]])('refuses %p, which is no object', (body) => {
    expect(faultsOf(body)).toHaveLength(1);
  });

  it('refuses a body that nests deeper than any stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level += 1) deep = { parts: [deep] };
    expect(faultsOf(deep)).toEqual([{ path: '', message: expect.stringContaining('deeper') }]);
  });
});
