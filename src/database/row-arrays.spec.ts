import { describe, expect, it } from '@jest/globals';
import { numberedRowsFrom, rowsFrom } from './row-arrays.ts';
import { compile } from './compiled-statement.ts';

describe('rowsFrom', () => {
  it('passes each column as one array', () => {
    const columns = {
      id: { type: 'uuid', of: ({ id }: { id: string }) => id },
      tags: { type: 'text[]', of: () => ['a "b"', 'c\\d', ''] },
      fields: { type: 'jsonb', of: () => ({ key: null }) },
      none: { type: 'jsonb', of: () => null },
    } as const;
    const { text, values } = compile(rowsFrom(columns, [{ id: '1' }, { id: '2' }]));
    expect(text).toBe(
      '(SELECT "id", "tags"::text[], "fields"::jsonb, "none"::jsonb FROM ROWS FROM (unnest($1::uuid[]), ' +
        "unnest($2::text[]), string_to_table($3::text, E'\\x1f', ''), string_to_table($4::text, E'\\x1f', '')) " +
        'AS u("id", "tags", "fields", "none")) AS x',
    );
    const tags = String.raw`"{\"a \\\"b\\\"\",\"c\\\\d\",\"\"}"`;
    expect(values).toEqual(['{"1","2"}', `{${tags},${tags}}`, '{"key":null}\u001f{"key":null}', '\u001f']);
  });

  it('tells nothing from an empty text and from the word', () => {
    const columns = { name: { type: 'text', of: (name: string | null) => name } } as const;
    expect(compile(rowsFrom(columns, ['', null, 'NULL', 'a,b{}'])).values).toEqual([
      '{"",NULL,"NULL","a,b{}"}',
    ]);
  });

  it('passes JSON text as it is', () => {
    const columns = { body: { type: 'json', of: (text: string | null) => text } } as const;
    const { text, values } = compile(rowsFrom(columns, ['{"b":1,"a":2}', null]));
    expect(text).toContain('"body"::json ');
    expect(values).toEqual(['{"b":1,"a":2}\u001f']);
  });
});

describe('numberedRowsFrom', () => {
  it('counts the rows in a column of its own', () => {
    const columns = { name: { type: 'text', of: (name: string) => name } } as const;
    expect(compile(numberedRowsFrom(columns, ['a', 'b'])).text).toBe(
      '(SELECT "name", "ordinal" FROM ROWS FROM (unnest($1::text[])) WITH ORDINALITY AS u("name", "ordinal")) AS x',
    );
  });
});
