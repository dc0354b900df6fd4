import { describe, expect, it } from '@jest/globals';
import { preparedName } from './prepared-statements.ts';
import { compile } from './compiled-statement.ts';
import { json, list, literal, lookup, nothing, numbered, parameter, raw, sql, varied, when } from './sql.ts';

describe('a statement', () => {
  it('numbers its values in the order in which they stand in it, parts included', () => {
    const condition = sql`name = ${'Ann'}`;
    expect(compile(sql`SELECT ${1} WHERE ${condition} AND id = ${'7'}`)).toEqual({
      text: 'SELECT $1 WHERE name = $2 AND id = $3',
      values: [1, 'Ann', '7'],
    });
  });

  it('gives a shared value one number in all places, and values that only look the same their own', () => {
    const workspace = parameter('w');
    const inner = sql`(SELECT 1 FROM b WHERE workspace_id = ${workspace} AND id = ${'w'})`;
    expect(compile(sql`SELECT 1 FROM a WHERE workspace_id = ${workspace} AND EXISTS ${inner}`)).toEqual({
      text: 'SELECT 1 FROM a WHERE workspace_id = $1 AND EXISTS (SELECT 1 FROM b WHERE workspace_id = $1 AND id = $2)',
      values: ['w', 'w'],
    });
  });

  it('has one text, the same object, whatever its values are', () => {
    const read = (id: string, name: string | null) =>
      compile(
        sql`SELECT ${list([sql`a`, raw('b')])} WHERE id = ${id} ${name === null ? nothing : sql`AND n = ${name}`}`,
      );
    const [short, long] = [read('1', null), read('1', 'x')];
    expect(short.text).toBe('SELECT a, b WHERE id = $1 ');
    expect(long.text).toBe('SELECT a, b WHERE id = $1 AND n = $2');
    expect(read('2', 'y').text).toBe(long.text);
    expect(read('1', '1').text).toBe(long.text);
  });

  it('tells forms apart that begin alike', () => {
    const of = (one: unknown, other: unknown) => {
      const shared = parameter('s');
      const given = { shared, fresh: 'f', part: sql`now()` } as const;
      return compile(sql`SELECT ${given[one as 'fresh']}, ${given[other as 'fresh']}`).text;
    };
    expect(of('shared', 'shared')).toBe('SELECT $1, $1');
    expect(of('shared', 'fresh')).toBe('SELECT $1, $2');
    expect(of('fresh', 'part')).toBe('SELECT $1, now()');
    expect(of('part', 'shared')).toBe('SELECT now(), $1');
  });

  it('has its plan kept under a name when it says so, and not otherwise', () => {
    expect(preparedName(compile(sql`SELECT 'often', ${1}`.prepared()).text)).toMatch(/^[\w-]{22}$/u);
    expect(preparedName(compile(sql`SELECT 'once', ${1}`).text)).toBeUndefined();
  });

  it('passes lists as lists, and nothing as null in JSON', () => {
    expect(
      compile(sql`SELECT ${list(['a', 2])}, ${['x', 'y']}, ${json({ a: null })}, ${json(undefined)}`),
    ).toEqual({
      text: 'SELECT $1, $2, $3, $4, $5',
      values: ['a', 2, ['x', 'y'], '{"a":null}', null],
    });
  });

  it('takes a condition that has its own numbers, whose values stand once in however many places it is', () => {
    const filter = numbered('(name = $1 OR nick = $1) AND age > $2', ['Ann', 7]);
    const page = sql`SELECT ${'w'} WHERE ${filter} AND EXISTS (SELECT 1 WHERE ${filter})`;
    const condition = '(name = $2 OR nick = $2) AND age > $3';
    expect(compile(page)).toEqual({
      text: `SELECT $1 WHERE ${condition} AND EXISTS (SELECT 1 WHERE ${condition})`,
      values: ['w', 'Ann', 7],
    });
    expect(() => numbered('a = $2', ['Ann'])).toThrow('$2');
  });

  it('is right for texts of clients, known ones, new ones, and ones that were forgotten', () => {
    const page = (filter: string, limit: number) =>
      compile(sql`SELECT ${varied(filter)}, ${'x'} LIMIT ${literal(limit)}`);
    for (const limit of [1, 2, 1]) {
      for (let at = 0; at < 300; at += 1) {
        expect(page(`f${at}`, limit)).toEqual({ text: `SELECT f${at}, $1 LIMIT ${limit}`, values: ['x'] });
      }
    }
    expect(page('f7', 3).text).toBe('SELECT f7, $1 LIMIT 3');
  });

  it('has a part only where its condition holds', () => {
    expect(compile(sql`SELECT 1 ${when(true, sql`FOR UPDATE`)}`).text).toBe('SELECT 1 FOR UPDATE');
    expect(compile(sql`SELECT 1 ${when(false, sql`FOR UPDATE`)}`).text).toBe('SELECT 1 ');
  });

  it('looks rows up one by one', () => {
    const found = lookup(sql`SELECT id FROM member WHERE id = ${'1'}`, sql`FOR UPDATE`);
    expect(compile(sql`SELECT * FROM x CROSS JOIN ${found} m`).text).toBe(
      'SELECT * FROM x CROSS JOIN LATERAL (SELECT id FROM member WHERE id = $1 OFFSET 0 FOR UPDATE) m',
    );
  });
});
