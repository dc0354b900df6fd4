import { describe, expect, it } from '@jest/globals';
import { BadInputError } from '../errors/domain-errors.ts';
import { importFaultsMax, importRowsMax, readLongMemberCsv, readMemberCsv } from './member-csv.ts';

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

function faultsOf(text: string): string[] {
  try {
    readMemberCsv(text, properties);
  } catch (error) {
    if (error instanceof BadInputError) return error.errors.map(({ path, code }) => `${path}: ${code}`);
    throw error;
  }
  return [];
}

describe('readMemberCsv', () => {
  it('reads quoted cells, empty lines, a byte order mark, and tells the line of each row', () => {
    const text =
      '\ufeffemail,First Name,last_name\r\n\r\na@x.example,"Ann, ""A""",\r\nb@x.example,"B\nb",Bee\r\n';
    expect(readMemberCsv(text, properties)).toEqual([
      {
        line: 3,
        values: { email: 'a@x.example', firstName: 'Ann, "A"', properties: {} },
        managerEmail: null,
      },
      {
        line: 5,
        values: { email: 'b@x.example', firstName: 'B\nb', lastName: 'Bee', properties: {} },
        managerEmail: null,
      },
    ]);
  });

  it('reads semicolons, properties by key and name, lists, and what an export disarmed', () => {
    const text =
      "E-Mail;Büro;properties.skills;status;Manager email\na@x.example;'=Munich;TypeScript, x;active;b@x.example\n";
    expect(readMemberCsv(text, properties)).toEqual([
      {
        line: 2,
        values: { email: 'a@x.example', properties: { site: '=Munich', skills: ['TypeScript, x'] } },
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

  it('says of every row that it has another number of cells than there are columns', () => {
    const text = 'email,firstName\na@x.example\nb@x.example,Bee\nc@x.example,"Cee",C\n';
    expect(faultsOf(text)).toEqual(['line 2: wrong-cell-count', 'line 4: wrong-cell-count']);
  });

  it('names a bounded number of faults', () => {
    const text = `email,firstName\n${'a@x.example\n'.repeat(importFaultsMax + 1)}`;
    expect(faultsOf(text)).toHaveLength(importFaultsMax);
  });
});

describe('readLongMemberCsv', () => {
  it('reads the same of a long file, wherever it is cut into pieces, and lets others have their turn', async () => {
    const row = (at: number) => `a${at}@x.example,"${'😀'.repeat(at % 7)}\n""x"" ü",TypeScript`;
    const text = `email,site,skills\n${Array.from({ length: 5_000 }, (_, at) => row(at)).join('\r\n')}`;
    let turns = 0;
    const others = setInterval(() => (turns += 1));
    expect(await readLongMemberCsv(text, properties)).toEqual(readMemberCsv(text, properties));
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });

  it.each([
    ['', 'line 1: no-header'],
    ['email\n"a@x.example\n', 'line 2: bad-quotes'],
    [`email\n${'a@x.example\n'.repeat(importRowsMax + 5)}`, ': too-many-rows'],
  ])('finds the same faults', async (text, fault) => {
    const faults = await readLongMemberCsv(text, properties).catch((error: unknown) => error);
    expect(faults).toBeInstanceOf(BadInputError);
    expect(faultsOf(text)).toEqual([fault]);
    expect((faults as BadInputError).errors.map(({ path, code }) => `${path}: ${code}`)).toEqual([fault]);
  });
});
