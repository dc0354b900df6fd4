import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CsvSeparator, csvSeparators, fromCell, listOf, listText, toCell, toCsv } from './csv-cell.ts';
import { readMemberCsv } from '../import-export/member-csv.ts';

const common = { required: false, filledBy: 'both' } as const;
const properties = [{ ...common, id: '1', key: 'note', name: 'Note', type: 'text', options: null }];

/** Behind an apostrophe it is text. */
const runs = /^[\s"“”„‚‘’«»\u200b-\u200f\u2060]*?[=+\-@＝＋－＠]/u;

/** Texts that are made of what matters here. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...`=+-@＝＋－＠﹦﹢﹣﹫−;,|'"“ \t\u00a0\u200b`,
        "cmd|'/C calc'!A0",
        'Anna',
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\v',
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** How a reader splits a line that goes by another separator than the file: it looks for quotes only where a cell begins. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quoted && char === '"' && line.charAt(at + 1) === '"') at += 1;
    if (char === '"' && !quoted && cell === '') quoted = true;
    else if (char === '"' && quoted && line.charAt(at - 1) !== '"') quoted = false;
    else if (char === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...cells, cell];
}

describe('a cell', () => {
  it('begins no formula by any separator or line end', () => {
    fc.assert(
      fc.property(text, (value) => {
        const cell = toCell(value);
        for (const part of cell.split(/[,;|\t\r\n\v\f\u0085\u2028\u2029]/u)) {
          if (runs.test(part)) expect(part).toMatch(/^[^=+\-@＝＋－＠]*'[=+\-@＝＋－＠]/u);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(fromCell(toCell(value))).toBe(value);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["Bob\n=cmd|'/C calc'!A0", "Bob\n'=cmd|'/C calc'!A0"],
    ['=1+1', "'=1+1"],
    [' \u00a0=1', " \u00a0'=1"],
    ['"=1', `"'=1`],
    ['x;=1', "x;'=1"],
    ["'=1", "''=1"],
    ['＝1', "'＝1"],
    ['\tx', "'\tx"],
    ['Anna-Lena; Bert', 'Anna-Lena; Bert'],
  ])('makes %j %j', (value, cell) => {
    expect(toCell(value)).toBe(cell);
  });
});

describe('several values in one cell', () => {
  it('are read back as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (values) => {
        expect(listOf(fromCell(toCell(listText(values))))).toEqual(values);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [['A;B', 'C'], '"A;B";C'],
    [['5" pipe'], '"5"" pipe"'],
    [['a', 'b c'], 'a;b c'],
  ])('%j are %j', (values, cell) => {
    expect(listText(values)).toBe(cell);
  });

  it.each([
    [' a ; b ', ['a', 'b']],
    ['5" pipe; x', ['5" pipe', 'x']],
    ['"open; x', ['"open', 'x']],
    [' "A;B" ;C', ['A;B', 'C']],
    ['a;', ['a', '']],
  ])('written by hand as %j are %j', (cell, values) => {
    expect(listOf(cell)).toEqual(values);
  });
});

describe('a file', () => {
  const line = (value: string, separator: CsvSeparator) =>
    toCsv(
      [
        ['email', 'note'],
        ['a@x.example', value],
      ],
      separator,
    );

  it.each(['comma', 'semicolon'] as const)(
    'is read by the import as it was written, with a %s',
    async (separator) => {
      await fc.assert(
        fc.asyncProperty(text, async (value) => {
          const { rows } = await readMemberCsv(line(value, separator), { properties, updates: false });
          const [row] = rows;
          expect(row?.values.properties?.note ?? '').toBe(value);
        }),
      );
    },
  );

  it.each(['comma', 'semicolon'] as const)(
    'with a %s begins no formula for a reader by another',
    (separator) => {
      fc.assert(
        fc.property(text, (value) => {
          const file = line(value, separator);
          const row = file.slice(file.indexOf('\r\n') + 2);
          for (const other of [...Object.values(csvSeparators), '\t']) {
            for (const cell of cellsOf(row, other)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
          }
        }),
        { numRuns: 2_000 },
      );
    },
  );
});
