import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { BadInputError } from '../../errors/domain-errors.ts';
import { parseBody } from './validation.ts';

class Inner {
  @IsInt()
  count!: number;
}

class Outer {
  @IsString()
  @Length(1, 5)
  name!: string;

  @IsIn(['red', 'blue'])
  color = 'red';

  @IsInt()
  @Min(1)
  @Max(9)
  level = 1;

  @ValidateNested({ each: true })
  @Type(() => Inner)
  parts: Inner[] = [];

  @IsOptional()
  @ValidateNested()
  @Type(() => Inner)
  one?: Inner;
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

function refusalOf(body: unknown): BadInputError {
  try {
    parseBody(Outer, body);
  } catch (error) {
    if (error instanceof BadInputError) return error;
  }
  throw new Error('The body was taken');
}

describe('parseBody', () => {
  it('answers with an instance of the class', () => {
    expect(parseBody(Outer, { name: 'a', parts: [{ count: 1 }] })).toBeInstanceOf(Outer);
  });

  it('names every fault with its path', () => {
    const faults = faultsOf({ name: 5, parts: [{ count: 1 }, { count: 'x' }], more: true });
    expect([...new Set(faults.map(({ path }) => path))].sort()).toEqual(['more', 'name', 'parts[1].count']);
  });

  it('names every fault by a code, with what a sentence about it needs', () => {
    const faults = faultsOf({ name: 'abcdef', color: 'green', level: 12, parts: [7], more: true });
    expect(faults.map(({ path, code, params }) => [path, code, params])).toEqual([
      ['more', 'unknown-field', { name: 'more' }],
      ['name', 'length-out-of-range', { lengthMinChars: 1, lengthMaxChars: 5 }],
      ['color', 'not-one-of', { values: ['red', 'blue'] }],
      ['level', 'too-large', { max: 9 }],
      ['parts[0]', 'not-an-object', undefined],
    ]);
  });

  it('says what kind of value it must be, and nothing else of another kind', () => {
    const faults = faultsOf({ name: 'a', level: 'x' });
    expect(faults.map(({ code }) => code)).toEqual(['not-a-whole-number']);
    expect(faultsOf({ name: 7 }).map(({ message }) => message)).toEqual(['name must be a text']);
  });

  it('says of what is missing that it is, wherever it belongs, and of null that it may not be', () => {
    expect(faultsOf({ parts: [{}, { count: null }] })).toMatchObject([
      { path: 'name', code: 'required', message: 'name is missing' },
      { path: 'parts[0].count', code: 'required', message: 'parts[0].count is missing' },
      { path: 'parts[1].count', code: 'required', message: 'parts[1].count must not be null' },
    ]);
    expect(refusalOf({}).message).toBe('name is missing');
    expect(refusalOf({}).said('de')).toMatchObject({
      detail: 'name fehlt',
      errors: [{ message: 'name fehlt' }],
    });
    expect(refusalOf({ level: 0 }).message).toBe('name is missing (and 1 more)');
  });

  it.each([
    ['nmae', 'name'],
    ['Name', 'name'],
    ['colour', 'color'],
    ['le_vel', 'level'],
    ['part', 'parts'],
  ])('names the known field that %s is near: %s', (written, nearest) => {
    expect(faultsOf({ name: 'a', [written]: 1 })).toEqual([
      expect.objectContaining({
        path: written,
        message: `${written} is not known here; did you mean ${nearest}?`,
        params: { name: written, nearest },
      }),
    ]);
  });

  it.each(['x', 'address', '{name}', 'n'.repeat(50_000)])('guesses nothing for a name like %j', (written) => {
    const name = written.slice(0, 100);
    expect(faultsOf({ name: 'a', [written]: 1 })).toEqual([
      expect.objectContaining({ path: name, message: `${name} is not known here`, params: { name } }),
    ]);
  });

  it.each([null, undefined, 'text', 7, [{}]])('refuses %p, which is no object', (body) => {
    expect(faultsOf(body)).toHaveLength(1);
  });

  it.each([
    [{ name: 'a', parts: [[]] }, 'parts[0]'],
    [{ name: 'a', parts: [{ count: 1 }, [{ count: 1 }]] }, 'parts[1]'],
    [{ name: 'a', one: [] }, 'one'],
    [{ name: 'a', one: [{ count: 1 }] }, 'one'],
    [{ name: 'a', one: 'b' }, 'one'],
    [{ name: 'a', one: 5 }, 'one'],
    [{ name: 'a', parts: [7] }, 'parts[0]'],
  ])('takes nothing else for an object, and says so: %j', (body, path) => {
    const message = `${path} must be an object (names and values in braces)`;
    expect(faultsOf(body)).toMatchObject([{ path, code: 'not-an-object', message }]);
  });

  it.each(['toString', 'valueOf', 'hasOwnProperty', 'constructor', '__proto__'])(
    'refuses a name that every object has, and leaves none out in silence: %s',
    (name) => {
      for (const [body, path] of [
        [`{"name":"a","${name}":1}`, name],
        [`{"name":"a","parts":[{"count":1,"${name}":1}]}`, `parts[0].${name}`],
      ] as const)
        expect(faultsOf(JSON.parse(body))).toMatchObject([{ path, code: 'unknown-field' }]);
    },
  );

  it('refuses a body that nests deeper than any stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level += 1) deep = { parts: [deep] };
    expect(faultsOf(deep)).toEqual([
      {
        path: '',
        message: expect.stringContaining('deeper'),
        code: 'too-deep',
        params: { levelsMax: 32 },
      },
    ]);
  });
});
