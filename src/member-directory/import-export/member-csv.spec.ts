import { describe, expect, it } from '@jest/globals';
import { BadInputError } from '../../errors/domain-errors.ts';
import { importRowsMax, readLongMemberCsv, readMemberCsv } from './member-csv.ts';

const common = { required: false, filledBy: 'both' } as const;
const properties = [
  { id: '1', key: 'site', name: 'Büro', type: 'text', options: null, ...common },
  {
    ...common,
    id: '2',
    key: 'skills',
    name: 'Skills',
    type: 'multi_select',
    options: [{ key: 'ts', name: 'TypeScript' }],
  },
];
const reading = { properties, updates: false };
const nobody = { id: null, externalId: null };

function faultsOf(text: string): string[] {
  try {
    return readMemberCsv(text, reading).faults.map(({ path, code }) => `${path}: ${code}`);
  } catch (error) {
    if (error instanceof BadInputError) return error.errors.map(({ path, code }) => `${path}: ${code}`);
    throw error;
  }
}

describe('readMemberCsv', () => {
  it('reads quoted cells, empty lines, a byte order mark, and tells the line of each row', () => {
    const text =
      '\ufeffemail,First Name,last_name\r\n\r\na@x.example,"Ann, ""A""",\r\nb@x.example,"B\nb",Bee\r\n';
    expect(readMemberCsv(text, reading).rows).toEqual([
      {
        line: 3,
        values: { email: 'a@x.example', firstName: 'Ann, "A"', properties: {} },
        ...nobody,
        managerEmail: null,
      },
      {
        line: 5,
        values: { email: 'b@x.example', firstName: 'B\nb', lastName: 'Bee', properties: {} },
        ...nobody,
        managerEmail: null,
      },
    ]);
  });

  it('reads semicolons, properties by key and name, lists, and what an export disarmed', () => {
    const text =
      "E-Mail;Büro;properties.skills;status;Manager email\na@x.example;'=Munich;TypeScript, x;active;b@x.example\n";
    expect(readMemberCsv(text, reading).rows).toEqual([
      {
        line: 2,
        values: { email: 'a@x.example', properties: { site: '=Munich', skills: ['TypeScript, x'] } },
        ...nobody,
        managerEmail: 'b@x.example',
      },
    ]);
  });

  it.each([
    ['', 'line 1: no-header'],
    ['firstName\nAnn\n', 'line 1: no-email-column'],
    ['email,shoe size\na@x.example,7\n', 'line 1, column 2: unknown-column'],
    ['email\n"a@x.example\n', 'line 2: bad-quotes'],
    ['email\n"a"@x.example\n', 'line 2: bad-quotes'],
  ])('says where %j is wrong', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('takes no fault at structure without data', () => {
    const plain = readMemberCsv('email,firstName\na@x.example,Ann\nb@x.example\n', reading);
    for (const text of [
      'email,firstName,\na@x.example,Ann,\nb@x.example,,\n',
      'email,firstName\na@x.example,Ann,,,\nb@x.example\n',
      '\ufeffsep=,\r\nemail,firstName\r\n,,\r\na@x.example,Ann\r\nb@x.example\r\n,\r\n',
      ',,\n"email","firstName"\na@x.example,Ann\n\nb@x.example\n',
    ]) {
      const { rows, faults } = readMemberCsv(text, reading);
      expect(faults).toEqual([]);
      expect(rows.map(({ line: _line, ...row }) => row)).toEqual(
        plain.rows.map(({ line: _line, ...row }) => row),
      );
    }
  });

  it('goes by the separator that a line names, or that the header holds most of', () => {
    const separatorsOf = (text: string) => readMemberCsv(text, reading).separator;
    expect(separatorsOf('sep=;\nemail;firstName\n')).toBe('semicolon');
    expect(separatorsOf('"sep=\t"\nemail\tfirstName\n')).toBe('tab');
    expect(separatorsOf('sep=;\nemail\na,b@x.example\n')).toBe('semicolon');
    expect(separatorsOf(';;;\nemail,firstName\n')).toBe('comma');
    expect(separatorsOf('email\n')).toBe('comma');
  });

  it('names every fault of header and rows in one round', () => {
    const text =
      'email,First name,shoe size,first_name,\na@x.example,,7,,\nb@x.example,Bee,,,,,x\nc@x.example,C\ufffd\nd@x.example,,,,y';
    expect(faultsOf(text)).toEqual([
      'line 1, column 3: unknown-column',
      'line 1, column 4: column-twice',
      'line 1, column 5: unknown-column',
      'line 3: wrong-cell-count',
      'line 4, column 2: lost-character',
    ]);
    expect(faultsOf('email,Büro,site\n')).toEqual(['line 1, column 3: column-twice']);
  });

  it('tells which columns have no effect, and finds members by id and externalId when they may be changed', () => {
    const text = 'id,external_id,status,email\n1,x,active,a@x.example\n';
    expect(readMemberCsv(text, reading).ignoredColumns).toEqual(['id', 'external_id', 'status']);
    const { ignoredColumns, rows } = readMemberCsv(text, { ...reading, updates: true });
    expect(ignoredColumns).toEqual(['status']);
    expect(rows).toMatchObject([{ id: '1', externalId: 'x' }]);
    expect(readMemberCsv('id,firstName\n1,Ann\n', { ...reading, updates: true }).faults).toEqual([]);
  });
});

describe('readLongMemberCsv', () => {
  it('reads the same of a long file, wherever it is cut into pieces, and lets others have their turn', async () => {
    const row = (at: number) => `a${at}@x.example,"${'😀'.repeat(at % 7)}\n""x"" ü",TypeScript`;
    const text = `email,site,skills\n${Array.from({ length: 5_000 }, (_, at) => row(at)).join('\r\n')}`;
    let turns = 0;
    const others = setInterval(() => (turns += 1));
    expect(await readLongMemberCsv(text, reading)).toEqual(readMemberCsv(text, reading));
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });

  it.each([
    ['', 'line 1: no-header'],
    ['email\n"a@x.example\n', 'line 2: bad-quotes'],
    [`email\n${'a@x.example\n'.repeat(importRowsMax + 5)}`, ': too-many-rows'],
  ])('finds the same faults', async (text, fault) => {
    const faults = await readLongMemberCsv(text, reading).catch((error: unknown) => error);
    expect(faults).toBeInstanceOf(BadInputError);
    expect(faultsOf(text)).toEqual([fault]);
    expect((faults as BadInputError).errors.map(({ path, code }) => `${path}: ${code}`)).toEqual([fault]);
  });
});
