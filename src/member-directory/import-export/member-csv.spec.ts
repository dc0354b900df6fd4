import { describe, expect, it } from '@jest/globals';
import { BadInputError } from '../../errors/domain-errors.ts';
import { importRowsMax, readMemberCsv } from './member-csv.ts';

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
const nobody = { id: null, externalId: null, unread: [] };

async function faultsOf(text: string): Promise<string[]> {
  try {
    return (await readMemberCsv(text, reading)).faults.map(({ path, code }) => `${path}: ${code}`);
  } catch (error) {
    if (error instanceof BadInputError) return error.errors.map(({ path, code }) => `${path}: ${code}`);
    throw error;
  }
}

describe('readMemberCsv', () => {
  it('reads quoted cells, empty lines, a byte order mark, and tells the line of each row', async () => {
    const text =
      '\ufeffemail,First Name,last_name\r\n\r\na@x.example,"Ann, ""A""",\r\nb@x.example,"B\nb",Bee\r\n';
    expect((await readMemberCsv(text, reading)).rows).toEqual([
      {
        line: 3,
        values: { email: 'a@x.example', firstName: 'Ann, "A"', properties: {} },
        ...nobody,
        managerEmail: null,
      },
      {
        line: 4,
        values: { email: 'b@x.example', firstName: 'B\nb', lastName: 'Bee', properties: {} },
        ...nobody,
        managerEmail: null,
      },
    ]);
  });

  it('knows columns by their names in English and German, and a property of such a name before the field', async () => {
    const german =
      'Vorname;Nachname;E-Mail-Adresse;Anzeigename;Position;Sprache;E-Mail der Führungskraft\n' +
      'Eva;Ast;eva@x.example;Dr. Eva Ast;Leiterin;de;uwe@x.example\n';
    const english =
      'Given name,Surname,Email Address,Full name,Job title,Preferred language,Manager’s e-mail\n' +
      'Eva,Ast,eva@x.example,Dr. Eva Ast,Leiterin,de,uwe@x.example\n';
    for (const text of [german, english]) {
      expect((await readMemberCsv(text, reading)).rows).toEqual([
        {
          line: 2,
          values: {
            email: 'eva@x.example',
            firstName: 'Eva',
            lastName: 'Ast',
            displayName: 'Dr. Eva Ast',
            jobTitle: 'Leiterin',
            language: 'de',
            properties: {},
          },
          ...nobody,
          managerEmail: 'uwe@x.example',
        },
      ]);
    }
    const position = { id: '3', key: 'position', name: 'Position', type: 'text', options: null, ...common };
    const { rows } = await readMemberCsv('email,Position\na@x.example,7\n', {
      ...reading,
      properties: [...properties, position],
    });
    expect(rows[0]?.values).toEqual({ email: 'a@x.example', properties: { position: '7' } });
    expect(await faultsOf('email,Vorname,firstName\na@x.example,A,B\n')).toEqual([
      'line 1, column 3: column-twice',
    ]);
  });

  it('reads semicolons, properties by key and name, lists, and what an export disarmed', async () => {
    const text =
      "E-Mail;Büro;properties.skills;status;Manager email\na@x.example;'=Munich;TypeScript, x;active;b@x.example\n";
    expect((await readMemberCsv(text, reading)).rows).toEqual([
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
  ])('says where %j is wrong', async (text, fault) => {
    expect(await faultsOf(text)).toEqual([fault]);
  });

  it('takes no fault at structure without data', async () => {
    const plain = await readMemberCsv('email,firstName\na@x.example,Ann\nb@x.example\n', reading);
    for (const text of [
      'email,firstName,\na@x.example,Ann,\nb@x.example,,\n',
      'email,firstName\na@x.example,Ann,,,\nb@x.example\n',
      '\ufeffsep=,\r\nemail,firstName\r\n,,\r\na@x.example,Ann\r\nb@x.example\r\n,\r\n',
      ',,\n"email","firstName"\na@x.example,Ann\n\nb@x.example\n',
    ]) {
      const { rows, faults } = await readMemberCsv(text, reading);
      expect(faults).toEqual([]);
      expect(rows.map(({ line: _line, ...row }) => row)).toEqual(
        plain.rows.map(({ line: _line, ...row }) => row),
      );
    }
  });

  it('goes by the separator that a line names, or that the header holds most of', async () => {
    const separatorsOf = async (text: string) => (await readMemberCsv(text, reading)).separator;
    expect(await separatorsOf('sep=;\nemail;firstName\n')).toBe('semicolon');
    expect(await separatorsOf('"sep=\t"\nemail\tfirstName\n')).toBe('tab');
    expect(await separatorsOf('sep=;\nemail\na,b@x.example\n')).toBe('semicolon');
    expect(await separatorsOf(';;;\nemail,firstName\n')).toBe('comma');
    expect(await separatorsOf('email\n')).toBe('comma');
  });

  it('names every fault of header and rows in one round', async () => {
    const text =
      'email,First name,shoe size,first_name,\na@x.example,,7,,\nb@x.example,Bee,,,,,x\nc@x.example,C\ufffd\nd@x.example,,,,y';
    expect(await faultsOf(text)).toEqual([
      'line 1, column 3: unknown-column',
      'line 1, column 4: column-twice',
      'line 1, column 5: unknown-column',
      'line 3: wrong-cell-count',
      'line 4, column 2: lost-character',
    ]);
    expect(await faultsOf('email,Büro,site\n')).toEqual(['line 1, column 3: column-twice']);
  });

  it('tells which columns have no effect, and finds members by id and externalId when they may be changed', async () => {
    const text = 'id,external_id,status,email\n1,x,active,a@x.example\n';
    expect((await readMemberCsv(text, reading)).ignoredColumns).toEqual(['id', 'external_id', 'status']);
    const { ignoredColumns, rows } = await readMemberCsv(text, { ...reading, updates: true });
    expect(ignoredColumns).toEqual(['status']);
    expect(rows).toMatchObject([{ id: '1', externalId: 'x' }]);
    expect((await readMemberCsv('id,firstName\n1,Ann\n', { ...reading, updates: true })).faults).toEqual([]);
  });

  it('goes on behind each row whose quotes do not match, and reads what of it is clear', async () => {
    const text = [
      'email,firstName,site',
      'a@x.example,"Ann"e,Rome',
      '"b@x.example,Bee,Rome',
      'c@x.example,C,Rome,,,x',
      '',
      'd@x.example,5" pipe,"Rome"',
      'e@x.example,"Eve",\ufffd',
      'f@x.example,"',
    ].join('\r\n');
    const { rows, faults, unread } = await readMemberCsv(text, reading);
    expect(faults.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 2: bad-quotes',
      'line 3: bad-quotes',
      'line 6: bad-quotes',
      'line 8: bad-quotes',
      'line 4: wrong-cell-count',
      'line 7, column 3: lost-character',
    ]);
    expect(
      rows.map(({ line, values, unread }) => [line, values.email, values.properties?.site, unread]),
    ).toEqual([
      [2, 'a@x.example', 'Rome', ['firstName']],
      [4, 'c@x.example', 'Rome', []],
      [6, 'd@x.example', 'Rome', ['firstName']],
      [7, 'e@x.example', '\ufffd', []],
      [8, 'f@x.example', undefined, ['firstName', 'properties.site']],
    ]);
    expect(unread).toContain('"b@x.example,Bee,Rome');
  });

  it('finds the faults of rows below a header whose quotes do not match, and guesses at no column', async () => {
    expect(await faultsOf('email,"first"name\na@x.example,"\nb@x.example,,x\n')).toEqual([
      'line 1: bad-quotes',
      'line 2: bad-quotes',
    ]);
    expect(await faultsOf('"email\na@x.example\n"b@x.example\n')).toEqual([
      'line 1: bad-quotes',
      'line 3: bad-quotes',
    ]);
    const { rows } = await readMemberCsv('"email,site\na@x.example,Rome\n', reading);
    expect(rows).toMatchObject([{ line: 2, values: { email: 'a@x.example', properties: {} } }]);
  });

  it('names lines by where rows begin, whatever ends lines', async () => {
    const text = 'email,site\r\n\u00a0\r\n"a@x.example","1\r\n2\r\n"\nb@x.example\r\r"c@x.example"x\n';
    const { rows, faults } = await readMemberCsv(text, reading);
    expect(rows.map(({ line }) => line)).toEqual([3, 6]);
    expect(faults.map(({ path }) => path)).toEqual(['line 8']);
  });

  it('reads the first rows of a file that has too many', async () => {
    const many = `email,site\n${'a@x.example,"x"y\n'.repeat(2)}${'a@x.example\n'.repeat(importRowsMax)}`;
    const { rows, faults } = await readMemberCsv(many, reading);
    expect(faults.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      ': too-many-rows',
      'line 2: bad-quotes',
      'line 3: bad-quotes',
    ]);
    expect(rows).toHaveLength(importRowsMax);
  });

  it('reads a long file the same, wherever it is cut into pieces, and lets others have their turn', async () => {
    const rowOf = (at: number) => `a${at}@x.example,"${'😀'.repeat(at % 7)}\n""x"" ü",TypeScript`;
    const numbers = Array.from({ length: 5_000 }, (_, at) => at);
    let turns = 0;
    const others = setInterval(() => (turns += 1));
    const { rows, faults } = await readMemberCsv(
      `email,site,skills\n${numbers.map(rowOf).join('\r\n')}`,
      reading,
    );
    clearInterval(others);
    expect(faults).toEqual([]);
    expect(rows.map(({ line, values }) => [line, values.email, values.properties])).toEqual(
      numbers.map((at) => [
        2 + 2 * at,
        `a${at}@x.example`,
        { site: `${'😀'.repeat(at % 7)}\n"x" ü`, skills: ['TypeScript'] },
      ]),
    );
    expect(turns).toBeGreaterThan(0);
  });

  it('takes time in proportion to the file when every row of it is torn', async () => {
    const costOf = async (rows: number) => {
      const text = `email,site\n${'a@x.example,"\n"b@x.example"x\n'.repeat(rows)}`;
      const start = process.cpuUsage();
      await readMemberCsv(text, reading);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await costOf(100);
    expect((await costOf(1_600)) / (await costOf(200))).toBeLessThan(32);
  });
});
