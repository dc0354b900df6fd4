import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../src/scim-core/filter/match.ts';
import { parseFilter } from '../../src/scim-core/filter/parser.ts';
import { foldCase } from '../../src/scim-core/fold.ts';
import { groupResourceType, userResourceType } from '../../src/scim-core/resource-types.ts';
import type { ResourceType } from '../../src/scim-core/schema.ts';
import { enterpriseUrn, givenGroup, userBody, type ListBody, type Resource } from './directory.ts';
import { cases } from '../harness/cases.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

/** A filter has two readings, `matches` in memory and SQL in the database: here both are asked and must agree. */

const customUrn = 'urn:example:agreement:1.0:User';

/** Letters on which foldings disagree, parts of composed letters, what LIKE and JSON treat specially, astral ones. */
const letters = [...'aAbéÉßẞİiıIσςΣſKkǅ😀～%_\\"\' 1', 'e\u0301', '\u212a', '\u0345'];
const text = fc.array(fc.constantFrom(...letters), { maxLength: 3 }).map((all) => all.join(''));
const type = fc.constantFrom('work', 'home', 'Work', 'x');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const plural = fc.array(
  fc.record({ type, value: text, display: text, primary: fc.boolean() }, { requiredKeys: [] }),
  { maxLength: 3 },
);
const custom = fc.record(
  {
    text,
    flag: fc.boolean(),
    number: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(1.5, 10)),
    list: fc.array(fc.oneof(text, fc.boolean(), fc.integer({ min: 0, max: 3 })), { maxLength: 3 }),
    objects: fc.array(fc.record({ value: text }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const user = fc.record({
  active: fc.constantFrom(true, false, 'True'),
  title: maybe(text),
  externalId: maybe(text),
  displayName: maybe(text),
  name: maybe(fc.record({ givenName: text, familyName: text }, { requiredKeys: [] })),
  emails: maybe(plural),
  roles: maybe(plural),
  [enterpriseUrn]: maybe(
    fc.record(
      { department: text, employeeNumber: text, manager: fc.record({ value: text }) },
      { requiredKeys: [] },
    ),
  ),
  [customUrn]: maybe(custom),
});

const textOperator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const equality = fc.constantFrom('eq', 'ne');
const order = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const quoted = text.map((value) => JSON.stringify(value));
const bool = fc.constantFrom('true', 'false', '"True"', '"false"');
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(' '));

const texts = fc.constantFrom(
  'userName',
  'externalId',
  'title',
  'displayName',
  'name.givenName',
  'name.familyName',
  'emails',
  'emails.value',
  'EMAILS.TYPE',
  'roles.display',
  'manager',
  'employeeNumber',
  `${enterpriseUrn}:department`,
  `${enterpriseUrn}:manager.value`,
  `${customUrn}:text`,
  `${customUrn}:list`,
  `${customUrn}:OBJECTS`,
  `${customUrn}:objects.value`,
  `${customUrn}:absent`,
);
const times = fc.constantFrom(
  '"2026-11-24T09:00:03Z"',
  '"2026-11-24T10:00:05.000+01:00"',
  '"2026-11-24T09:00:05"',
  '"2026-11-24T09:00Z"',
);
const present = fc.constantFrom(
  'title pr',
  'name pr',
  'name.givenName pr',
  'emails pr',
  'emails.display pr',
  'roles.primary pr',
  'active pr',
  'manager pr',
  'externalId pr',
  `${customUrn}:text pr`,
  `${customUrn}:list pr`,
  `${enterpriseUrn}:department pr`,
  `${enterpriseUrn} pr`,
  `${customUrn} pr`,
);
const inElement = fc.oneof(
  joined(
    fc.constantFrom('value', 'type', 'display'),
    textOperator,
    fc.oneof(
      quoted,
      type.map((one) => `"${one}"`),
    ),
  ),
  joined(fc.constant('primary'), equality, bool),
  fc.constantFrom('display pr', 'primary pr', 'not (value pr)'),
);
const combined = (term: fc.Arbitrary<string>, depth: number): fc.Arbitrary<string> =>
  fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: depth, withCrossShrink: true },
      term,
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([left, word, right]) => `(${left}) ${word} ${right}`),
      tie('filter').map((inner) => `not (${inner})`),
    ),
  })).filter;
const valuePath = fc
  .tuple(fc.constantFrom('emails', 'roles'), combined(inElement, 2))
  .map(([name, inner]) => `${name}[${inner}]`);
const selected = fc
  .tuple(valuePath, fc.constantFrom('value', 'display'), textOperator, quoted)
  .map(([path, sub, operator, value]) => `${path}.${sub} ${operator} ${value}`);
/** What an index of hashes serves, with values that some have: two spellings of one letter, an empty text. */
const hashed = fc
  .tuple(
    fc.constantFrom(
      ...['displayName', 'employeeNumber', 'emails', 'emails.value', 'emails[type eq "work"].value'],
      'emails[primary eq true].value',
    ),
    equality,
    fc
      .constantFrom('', 'A', 'b', 'É', 'e\u0301', 'ß', 'I', '\u212a', 'ς')
      .map((value) => JSON.stringify(value)),
  )
  .map((parts) => parts.join(' '));
const userTerm = fc.oneof(
  hashed,
  joined(texts, textOperator, quoted),
  joined(fc.constantFrom('active', 'emails.primary', 'roles.primary'), equality, bool),
  joined(fc.constantFrom('meta.created', 'meta.lastModified'), order, times),
  joined(
    fc.constantFrom(`${customUrn}:number`, `${customUrn}:list`),
    order,
    fc.constantFrom('1', '1.5', '-2', '1e1'),
  ),
  joined(
    fc.constantFrom(`${customUrn}:flag`, `${customUrn}:list`),
    equality,
    fc.constantFrom('true', 'false'),
  ),
  present,
  valuePath,
  selected,
  fc.constantFrom('title eq null', 'title ne null', 'emails[type eq "work"] or active eq false'),
);

const service = useService();
const { scim } = useSharedWorkspace(service);

async function everything(endpoint: 'Users' | 'Groups'): Promise<Resource[]> {
  return (await scim.get(`/${endpoint}?count=1000`).expect(200)).body.Resources;
}

/** Asks both readings; they must choose the same, or refuse for the same reason. */
async function expectAgreement(
  endpoint: 'Users' | 'Groups',
  type: ResourceType,
  filter: string,
  all: Resource[],
) {
  const response = await scim.post(`/${endpoint}/.search`, { filter, count: 1000, attributes: ['id'] });
  if (response.status !== 200) throw new Error(`${filter} → ${response.status} ${response.text}`);
  const bySql = (response.body as ListBody).Resources.map(({ id }) => id).sort();
  const parsed = parseFilter(filter, type);
  const inMemory = all.filter((resource) => matches(parsed, resource)).map(({ id }) => id);
  expect({ filter, ids: bySql }).toEqual({ filter, ids: inMemory.sort() });
}

describe('both readings of a filter', () => {
  it('choose the same users', async () => {
    for (const attributes of fc.sample(user, 60)) {
      await scim.post('/Users', userBody(attributes)).expect((response) => {
        if (response.status !== 201) throw new Error(`${JSON.stringify(attributes)} → ${response.text}`);
      });
      service.clock.advance({ seconds: 1 });
    }
    const all = await everything('Users');
    let chosen = 0;
    await fc.assert(
      fc.asyncProperty(combined(userTerm, 3), async (filter) => {
        await expectAgreement('Users', userResourceType, filter, all);
        const parsed = parseFilter(filter, userResourceType);
        const count = all.filter((resource) => matches(parsed, resource)).length;
        if (count > 0 && count < all.length) chosen += 1;
      }),
      cases(160),
    );
    // Filters that choose nobody or everybody prove little.
    expect(chosen).toBeGreaterThan(120);
  });

  it('choose the same groups', async () => {
    const people = ['p1', 'p2', 'P1', 'p4'];
    const groups = fc.sample(
      fc.record({
        displayName: text.filter((name) => name.trim() !== ''),
        externalId: maybe(text),
        members: fc.subarray(people),
      }),
      25,
    );
    for (const { members, ...attributes } of groups) await givenGroup(scim, attributes, members);
    const all = await everything('Groups');
    const member = fc.constantFrom(...people, 'x').map((value) => JSON.stringify(value));
    const term = fc.oneof(
      joined(fc.constantFrom('displayName', 'externalId'), textOperator, quoted),
      joined(fc.constantFrom('members', 'members.value', 'MEMBERS.VALUE'), textOperator, member),
      joined(fc.constant('members.type'), equality, fc.constantFrom('"user"', '"Group"')),
      member.map((value) => `members[value eq ${value} and type eq "User"]`),
      member.map((value) => `members[not (value eq ${value})]`),
      fc.constantFrom('members pr', 'externalId pr', 'members[value pr]'),
    );
    await fc.assert(
      fc.asyncProperty(combined(term, 3), (filter) =>
        expectAgreement('Groups', groupResourceType, filter, all),
      ),
      cases(60),
    );
  });
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_none, index) => first + index);
}

describe('folding', () => {
  /**
   * Capitals that Unicode added lately. Node 26 knows the small letters of Unicode 17; PostgreSQL 18 those of 16, PostgreSQL
   * 17 those of 15.1, and 16 those of the machine's C library. What has a folded column of its own (`userName`, the
   * `displayName` of groups) and what is looked up by a hash is folded by Node alone and not concerned.
   */
  const since17 = [0xa7ce, 0xa7d2, 0xa7d4, ...range(0x16ea0, 0x16eb8)];
  const since16 = [0x1c89, 0xa7cb, 0xa7cc, 0xa7da, 0xa7dc, ...range(0x10d50, 0x10d65)];

  it('is the same in SQL and in JavaScript for every code point', async () => {
    const rows = await service.dataSource.query<{ code: number; folded: string }[]>(
      `SELECT code, scim_fold(chr(code)) AS folded FROM generate_series(1, 1114111) AS code
       WHERE code NOT BETWEEN 55296 AND 57343 AND scim_fold(chr(code)) <> chr(code)`,
    );
    const inSql = new Map(rows.map(({ code, folded }) => [code, folded]));
    const differing: number[] = [];
    for (let code = 1; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (foldCase(character) !== (inSql.get(code) ?? character)) differing.push(code);
    }
    const [server] = await service.dataSource.query<{ knows16: boolean }[]>(
      `SELECT current_setting('server_version_num')::int >= 180000 AS "knows16"`,
    );
    const exceptions = new Set([...since17, ...(server?.knows16 ? [] : since16)]);
    expect(inSql.size).toBeGreaterThan(1000);
    expect(differing.filter((code) => !exceptions.has(code))).toEqual([]);
  });

  it('is the same for texts whose characters compose', async () => {
    const character = fc.oneof(
      fc.constantFrom(...letters),
      fc.integer({ min: 0x300, max: 0x36f }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0x41, max: 0x24f }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0x1100, max: 0x11ff }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0x1e00, max: 0x1fff }).map((code) => String.fromCodePoint(code)),
    );
    const all = fc.sample(
      fc.array(character, { maxLength: 6 }).map((parts) => parts.join('')),
      3000,
    );
    const rows = await service.dataSource.query<{ folded: string }[]>(
      `SELECT scim_fold(t.value) AS folded
       FROM unnest($1::text[]) WITH ORDINALITY AS t(value, at) ORDER BY t.at`,
      [all],
    );
    expect(rows.map(({ folded }) => folded)).toEqual(all.map((one) => foldCase(one)));
  });
});
