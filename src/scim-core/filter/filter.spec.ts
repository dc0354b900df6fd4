import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../../../test/harness/any-text.ts';
import { resolveName } from '../attribute-name.ts';
import { parsePath, printPath } from '../attribute-path.ts';
import { groupResourceType, userResourceType } from '../resource-types.ts';
import { ScimError } from '../scim-error.ts';
import type { Filter } from './filter.ts';
import { matches } from './match.ts';
import { parseFilter } from './parser.ts';
import { printFilter } from './print.ts';
import { cases } from '../../../test/harness/cases.ts';
import { expectCost } from '../../../test/harness/relative-cost.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const user = {
  id: '0190c8a0-0000-7000-8000-000000000001',
  userName: 'Alex@Contoso.com',
  externalId: 'Ext-1',
  active: true,
  title: 'CEO',
  name: { givenName: 'José', familyName: "O'Brien" },
  emails: [
    { type: 'work', value: 'alex@contoso.com', primary: true },
    { type: 'home', value: 'b@example.org' },
  ],
  [enterprise]: { employeeNumber: '701984', manager: { value: 'M-1' } },
  'urn:acme:2.0:User': { Tag: 'blue', level: 3, admin: true, list: [{ value: 'x' }, 'y'] },
  meta: { created: '2026-01-31T12:00:00.000Z' },
};

const asks = (filter: string, resource: unknown = user) =>
  matches(parseFilter(filter, userResourceType), resource);

function scimTypeOf(filter: string, type = userResourceType): string | undefined {
  try {
    parseFilter(filter, type);
  } catch (error) {
    if (error instanceof ScimError) return error.scimType;
    throw error;
  }
  return undefined;
}

describe('a filter on a user', () => {
  it.each([
    ['userName eq "alex@contoso.COM"', true],
    ['USERNAME EQ "alex@contoso.com"', true],
    ['URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:userName eq "alex@contoso.com"', true],
    ['externalId eq "Ext-1"', true],
    ['externalId eq "ext-1"', false],
    ['id eq "0190c8a0-0000-7000-8000-000000000001"', true],
    ['externalId eq Ext-1', true],
    ['emails[type eq "work"].value eq "ALEX@contoso.com"', true],
    ['emails[type eq "home"].value eq "alex@contoso.com"', false],
    ['emails.type eq "home" and emails.value eq "alex@contoso.com"', true],
    ['emails[type eq "home" and value eq "alex@contoso.com"]', false],
    ['emails co "example.org"', true],
    ['emails eq "b@example.org"', true],
    ['emails.Value co example.com or emails.Value co example.org', true],
    ['(emails.Value co example.com or emails.Value co example.org)', true],
    [`${enterprise}:employeeNumber eq "701984"`, true],
    ['employeeNumber eq 701984', true],
    [`${enterprise}:manager.value eq "M-1"`, true],
    ['manager eq "M-1"', true],
    ['manager[value eq "M-1"]', true],
    ['manager[value eq "M-2"]', false],
    ['active eq true', true],
    ['active eq "True"', true],
    ['active eq False', false],
    ['name.givenName eq "jose\u0301"', true],
    ['name.familyName eq "o\'brien"', true],
    ['meta.created gt "2026-01-31T11:59:59Z"', true],
    ['meta.created gt 2015-10-10T14:38:21.8617979-07:00', true],
    ['meta.created eq "2026-01-31T13:00:00+01:00"', true],
    ['meta.created lt "2026-01-31T13:00:00+02:00"', false],
    ['title sw "c" and title ew "o" and title co "e"', true],
    ['title gt "CEN" and title lt "CEP" and title ge "ceo" and title le "ceo"', true],
    ['urn:acme:2.0:User:tag eq "BLUE"', true],
    ['urn:acme:2.0:User:level ge 3', true],
    ['urn:acme:2.0:User:level eq "3"', false],
    ['urn:acme:2.0:User:admin eq true', true],
    ['urn:acme:2.0:User:list eq "x" and urn:acme:2.0:User:list eq "y"', true],
    ['urn:acme:2.0:User:list[value eq "y"]', true],
    ['urn:acme:2.0:User:nothing eq "y"', false],
  ])('%s is %s', (filter, expected) => {
    expect(asks(filter)).toBe(expected);
  });

  it('binds and before or, and not before both', () => {
    expect(asks('title eq "x" and active eq true or userName pr')).toBe(true);
    expect(asks('title eq "x" and (active eq true or userName pr)')).toBe(false);
    expect(asks('not (title eq "x") and active eq true')).toBe(true);
    expect(asks('not(title pr)')).toBe(false);
  });

  it('reads strings as JSON strings, whatever is in them', () => {
    const name = 'TestGrp-!@#$%^&*()_+=-{}][\\":;\'/.,?\\1';
    const filter = parseFilter(`displayName eq ${JSON.stringify(name)}`, groupResourceType);
    expect(matches(filter, { displayName: name })).toBe(true);
    expect(matches(filter, { displayName: `${name}x` })).toBe(false);
  });
});

describe('absent and multi-valued attributes', () => {
  it('ne is true when there is no value and false when any value equals', () => {
    expect(asks('nickName ne "x"')).toBe(true);
    expect(asks('title ne "CEO"')).toBe(false);
    expect(asks('emails.value ne "b@example.org"')).toBe(false);
    expect(asks('emails.value ne "c@example.org"')).toBe(true);
    expect(asks('emails[type eq "work"].value ne "b@example.org"')).toBe(true);
  });

  it('ne is what not eq is', () => {
    for (const path of ['title', 'nickName', 'emails.value', 'manager', 'emails.display']) {
      expect(asks(`${path} ne "CEO"`)).toBe(asks(`not (${path} eq "CEO")`));
    }
  });

  it('other comparisons are false on no value, and not turns that around', () => {
    for (const operator of ['eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']) {
      expect(asks(`nickName ${operator} "x"`)).toBe(false);
      expect(asks(`not (nickName ${operator} "x")`)).toBe(true);
    }
  });

  it('pr is false for nothing, empty text, empty lists and complex values without content', () => {
    expect(asks('title pr', { title: '' })).toBe(false);
    expect(asks('emails pr', { emails: [] })).toBe(false);
    expect(asks('emails pr', { emails: [{ value: '' }] })).toBe(false);
    expect(asks('name pr', { name: {} })).toBe(false);
    expect(asks('name pr', { name: { givenName: 'A' } })).toBe(true);
    expect(asks('active pr', { active: false })).toBe(true);
    expect(asks(`${enterprise}:department pr`)).toBe(false);
    expect(asks(`${enterprise} pr`)).toBe(true);
  });

  it('a comparison with null asks for absence', () => {
    expect(asks('nickName eq null')).toBe(true);
    expect(asks('title ne null')).toBe(true);
  });
});

describe('quotes', () => {
  const valueOf = (text: string) => {
    const filter = parseFilter(`userName eq ${text}`, userResourceType);
    return filter.kind === 'compare' ? filter.value : filter.kind;
  };

  it.each([
    ["'x'", 'x'],
    ["''", ''],
    ["'two words'", 'two words'],
    ["'O\\'Brien'", "O'Brien"],
    ["'O''Brien'", "O'Brien"],
    ["'O'Brien'", "O'Brien"],
    [`'say "hi"'`, 'say "hi"'],
    [`'say \\"hi\\"'`, 'say "hi"'],
    ["'Jos\\u00e9'", 'José'],
    ["'back\\\\slash'", 'back\\slash'],
    ["'a) or (b]'", 'a) or (b]'],
    ['“x”', 'x'],
    ['„x“', 'x'],
    ['”x”', 'x'],
    ['“x"', 'x'],
    ['‘x’', 'x'],
    ['‚O’Brien‘', 'O’Brien'],
    ['bjensen', 'bjensen'],
    ["O'Brien", "O'Brien"],
    ['"it\'s"', "it's"],
    ['"“x”"', '“x”'],
  ])('%s is read as %s', (text, expected) => {
    expect(valueOf(text)).toBe(expected);
  });

  it('end before what follows', () => {
    expect(
      printFilter(parseFilter("(userName eq 'a' and emails[type eq 'work'].value eq ‘b’)", userResourceType)),
    ).toBe('userName eq "a" and emails[type eq "work" and value eq "b"]');
    expect(printPath(parsePath("emails[type eq 'work'].value", userResourceType))).toBe(
      'emails[type eq "work"].value',
    );
    expect(parseFilter("active eq 'True'", userResourceType)).toMatchObject({ value: true });
  });

  it('of any text in single quotes give that text, escaped or doubled', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => !value.includes('\0') && value.isWellFormed());
    fc.assert(
      fc.property(text, (value) => {
        const escaped = JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'");
        expect(valueOf(`'${escaped}'`)).toBe(value);
      }),
      cases(200),
    );
  });
});

describe('a filter that cannot be answered', () => {
  it.each([
    '',
    'userName',
    'userName eq',
    'userName eq "x',
    'userName eq "\\x"',
    'userName is "x"',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a")',
    'emails[type eq "work"',
    'emails[type eq "work"] eq "x"',
    'emails[type[value eq "x"]]',
    'userName[value eq "x"]',
    'not userName eq "a"',
    'no.such.part eq "x"',
    'title.part eq "x"',
    'emails.a.b eq "x"',
    'ümlaut eq "x"',
    '__proto__ eq "x"',
    "userName eq 'x",
    'userName eq \'x"',
    'userName eq "x\'',
    "userName eq x'",
    'userName eq x”',
    'userName eq “x',
    "userName eq 'a' 'b'",
    "userName eq 'a'b",
    "'userName' eq 'x'",
    'userName = "x"',
    'userName == "x"',
    'userName eq John Smith',
    "userName eq 'a\\x'",
    'name eq "x"',
    'active gt true',
    'active eq "yes"',
    'x509Certificates gt "x"',
    'meta.created gt "yesterday"',
    'meta.created co "2026"',
    'title gt null',
    'title eq "\\u0000"',
    'title eq "\\ud800"',
  ])('%s is invalidFilter', (filter) => {
    expect(scimTypeOf(filter)).toBe('invalidFilter');
  });

  it('names what is no attribute', () => {
    expect(() => parseFilter('title.part eq "x"', userResourceType)).toThrow(/title\.part/);
  });

  it('refuses to search by password', () => {
    expect(scimTypeOf('password eq "x"')).toBe('sensitive');
    expect(scimTypeOf('title pr and urn:ietf:params:scim:schemas:core:2.0:User:password pr')).toBe(
      'sensitive',
    );
  });

  it('is refused when too long, too deep or of too many terms', () => {
    expect(scimTypeOf(`title eq "${'x'.repeat(9000)}"`)).toBe('invalidFilter');
    expect(scimTypeOf(`${'('.repeat(500)}title pr${')'.repeat(500)}`)).toBe('invalidFilter');
    expect(scimTypeOf(`${'not('.repeat(60)}title pr${')'.repeat(60)}`)).toBe('invalidFilter');
    expect(scimTypeOf(Array(201).fill('title pr').join(' or '))).toBe('invalidFilter');
    expect(scimTypeOf(Array(200).fill('title pr').join(' or '))).toBeUndefined();
  });
});

describe('printing', () => {
  const leaf = (text: string) => parseFilter(text, userResourceType);
  const leaves = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(
          'userName',
          'name.givenName',
          'emails.value',
          `${enterprise}:department`,
          'urn:a:b:User:c',
        ),
        fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
      )
      .map(([path, operator, value]) => leaf(`${path} ${operator} ${JSON.stringify(value)}`)),
    fc
      .constantFrom(
        'title pr',
        'active eq true',
        'urn:a:b:User:c ge 2.5',
        'meta.created lt 2026-01-01T00:00:00Z',
      )
      .map(leaf),
  );
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaves,
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree'))
        .map(([kind, left, right]): Filter => ({ kind, left, right })),
      tie('tree').map((filter): Filter => ({ kind: 'not', filter })),
      fc
        .constantFrom('value eq "a"', 'type eq "b" or not (primary eq true)')
        .map((inner) => leaf(`emails[${inner}]`)),
    ),
  }));

  it('gives a text that parses to the same filter', () => {
    fc.assert(
      fc.property(tree, (filter) => {
        expect(parseFilter(printFilter(filter), userResourceType)).toEqual(filter);
      }),
      cases(120),
    );
  });
});

describe('any text at all', () => {
  const words = fc.constantFrom(
    ...[
      'userName',
      'emails',
      '[',
      ']',
      '(',
      ')',
      'eq',
      'pr',
      'and',
      'or',
      'not',
      '"a"',
      '"',
      '.value',
      'urn:x:User:y',
      ' ',
      '\\',
      '__proto__',
      'null',
      '1',
    ],
  );

  it('is a filter or a ScimError, never anything else', () => {
    const text = fc.oneof(
      anyText(),
      fc.array(words).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        try {
          parseFilter(candidate, userResourceType);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      cases(400),
    );
  });

  it('as long as the limit allows is parsed or refused at once', () => {
    const hostile = [
      '"\\'.repeat(4000),
      '('.repeat(8192),
      'a.'.repeat(4096),
      ':'.repeat(8192),
      'title pr or '.repeat(680),
      'urn:user:'.repeat(900),
    ];
    const refuseAll = () => {
      for (const text of hostile) expect(scimTypeOf(text)).toBe('invalidFilter');
    };
    expectCost(refuseAll, 10);
  });
});

it('a name resolves whatever its case, with and without URN', () => {
  expect(resolveName('NAME.GIVENNAME', userResourceType)?.sub?.name).toBe('givenName');
  expect(resolveName('urn:scim:schemas:extension:enterprise:2.0:department', userResourceType)?.schema).toBe(
    enterprise,
  );
  expect(
    resolveName('urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department', userResourceType)
      ?.schema,
  ).toBe(enterprise);
  expect(resolveName('manager', userResourceType)?.schema).toBe(enterprise);
  expect(resolveName('hasOwnProperty', userResourceType)?.attribute.untyped).toBe(true);
});
