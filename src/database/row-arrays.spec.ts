import { describe, expect, it } from '@jest/globals';
import { rowArrays } from './row-arrays.ts';

describe('rowArrays', () => {
  it('passes each column as one array, numbered after the parameters before', () => {
    const columns = {
      id: { type: 'uuid', of: ({ id }: { id: string }) => id },
      tags: { type: 'text[]', of: () => ['a "b"', 'c\\d', ''] },
      fields: { type: 'jsonb', of: () => ({ key: null }) },
      none: { type: 'jsonb', of: () => null },
    } as const;
    const { sql, parameters } = rowArrays(columns, [{ id: '1' }, { id: '2' }], 3);
    expect(sql).toBe(
      '(SELECT "id", "tags"::text[], "fields"::jsonb, "none"::jsonb FROM ROWS FROM (unnest($3::uuid[]), ' +
        "unnest($4::text[]), string_to_table($5::text, E'\\x1f', ''), string_to_table($6::text, E'\\x1f', '')) " +
        'AS u("id", "tags", "fields", "none")) AS x',
    );
    const tags = String.raw`"{\"a \\\"b\\\"\",\"c\\\\d\",\"\"}"`;
    expect(parameters).toEqual([
      '{"1","2"}',
      `{${tags},${tags}}`,
      '{"key":null}\u001f{"key":null}',
      '\u001f',
    ]);
  });

  it('tells nothing from an empty text and from the word', () => {
    const columns = { name: { type: 'text', of: (name: string | null) => name } } as const;
    expect(rowArrays(columns, ['', null, 'NULL', 'a,b{}'], 1).parameters).toEqual([
      '{"",NULL,"NULL","a,b{}"}',
    ]);
  });

  it('passes JSON text as it is', () => {
    const columns = { body: { type: 'json', of: (text: string | null) => text } } as const;
    const { sql, parameters } = rowArrays(columns, ['{"b":1,"a":2}', null], 1);
    expect(sql).toContain('"body"::json ');
    expect(parameters).toEqual(['{"b":1,"a":2}\u001f']);
  });
});
