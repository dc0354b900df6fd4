import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenGroup, givenUser, idsBy } from './directory.ts';
import { expectScimError } from './scim-expectations.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);
let names: Map<string, string>;

const people: Record<string, Record<string, unknown>> = {
  ada: {
    title: 'Engineer',
    nickName: 'Ace',
    emails: [
      { type: 'work', value: 'ada@example.com', primary: true },
      { type: 'home', value: 'ada@home.example' },
    ],
  },
  bob: { title: 'CEO', active: false, emails: [{ type: 'work', value: 'bob@other.example' }] },
  cem: { nickName: '100%_\\', displayName: 'Cem Ö' },
};

beforeAll(async () => {
  names = new Map();
  for (const [name, attributes] of Object.entries(people)) {
    const { id } = await givenUser(scim, { userName: name, ...attributes });
    names.set(id, name);
    service.clock.advance({ hours: 1 });
  }
});

async function found(filter: string): Promise<string[]> {
  return (await idsBy(scim, 'Users', filter)).map((id) => names.get(id) ?? id).sort();
}

describe('operators (RFC 7644 §3.4.2.2)', () => {
  it.each([
    ['title eq "engineer"', ['ada']],
    ['title ne "engineer"', ['bob', 'cem']],
    ['title co "GIN"', ['ada']],
    ['title sw "c"', ['bob']],
    ['title ew "ER"', ['ada']],
    ['title pr', ['ada', 'bob']],
    ['title gt "ceo"', ['ada']],
    ['title ge "ceo"', ['ada', 'bob']],
    ['title lt "engineer"', ['bob']],
    ['title le "engineer"', ['ada', 'bob']],
    ['TITLE EQ "engineer" AND active EQ TRUE', ['ada']],
    ['active eq false', ['bob']],
    ['active eq "False"', ['bob']],
    ['active ne true', ['bob']],
  ])('%s', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it.each([
    ['userName eq "ada" or userName eq "bob" and title eq "x"', ['ada']],
    ['(userName eq "ada" or userName eq "bob") and title eq "CEO"', ['bob']],
    ['not (title eq "CEO") and userName eq "bob"', []],
    ['not (title eq "CEO" and active eq false)', ['ada', 'cem']],
    ['not (title pr)', ['cem']],
    ['not(title pr)', ['cem']],
  ])('binds grouping, not, and, or in this order: %s', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('needs parentheses after not', async () => {
    expectScimError(await scim.get('/Users?filter=not%20title%20pr'), 400, 'invalidFilter');
  });
});

describe('what is absent, and what has several values', () => {
  it.each([
    ['nickName ne "Ace"', ['bob', 'cem']],
    ['not (nickName eq "Ace")', ['bob', 'cem']],
    ['nickName gt ""', ['ada', 'cem']],
    ['emails.value ne "ada@example.com"', ['bob', 'cem']],
    ['emails pr', ['ada', 'bob']],
    ['name pr', []],
    ['name.givenName pr', []],
    ['emails co "example.com"', ['ada']],
    ['emails eq "BOB@other.example"', ['bob']],
    ['emails[type eq "home" and value co "@home"]', ['ada']],
    ['emails[type eq "work" and value co "@home"]', []],
    ['emails.type eq "work" and emails.value co "@home"', ['ada']],
    ['emails[type eq "work"].value eq "ADA@example.com"', ['ada']],
    ['emails[type eq "home"].value eq "ada@example.com"', []],
    ['emails[not (type eq "work")]', ['ada']],
    ['not (emails[type eq "work"])', ['cem']],
    ['emails[primary eq true].value sw "ada"', ['ada']],
    ['emails[primary eq "True"]', ['ada']],
  ])('%s', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('looks for members and groups by their value', async () => {
    const [id = ''] = await idsBy(scim, 'Users', 'userName eq "ada"');
    const group = await givenGroup(scim, { displayName: 'Filtered' }, [id]);
    expect(await idsBy(scim, 'Groups', `members eq "${id}"`)).toEqual([group.id]);
    expect(await idsBy(scim, 'Groups', `members[value eq "${id}"]`)).toEqual([group.id]);
    expect(await found(`groups eq "${group.id}"`)).toEqual(['ada']);
    expect(await found('groups.display eq "filtered"')).toEqual(['ada']);
  });
});

describe('values', () => {
  it.each([
    ['displayName eq "Cem \\u00d6"', ['cem']],
    ['displayName eq "cem ö"', ['cem']],
    ['nickName eq "100%_\\\\"', ['cem']],
    ['nickName co "%"', ['cem']],
    ['nickName co "_"', ['cem']],
    ['nickName ew "\\\\"', ['cem']],
    ['nickName sw "1_0"', []],
    ['userName eq ada', ['ada']],
    ['title eq null', ['cem']],
    ['title ne null', ['ada', 'bob']],
  ])('reads comparison values as JSON, or as bare words: %s', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('orders times, not texts', async () => {
    expect(await found('meta.created ge "2026-11-24T11:00:00+01:00"')).toEqual(['bob', 'cem']);
    expect(await found('meta.created lt "2026-11-24T11:00:00+01:00"')).toEqual(['ada']);
  });

  it('takes meta.resourceType', async () => {
    expect(await found('meta.resourceType eq "User" and userName sw "a"')).toEqual(['ada']);
    expect(await found('meta.resourceType eq "Group"')).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    ['active gt true', 'invalidFilter'],
    ['active co "t"', 'invalidFilter'],
    ['active eq "perhaps"', 'invalidFilter'],
    ['x509Certificates.value lt "a"', 'invalidFilter'],
    ['title.part eq "x"', 'invalidFilter'],
    ['no.such.part ne "x"', 'invalidFilter'],
    ['emails.no.such eq "x"', 'invalidFilter'],
    ['emails[no.such eq "x"]', 'invalidFilter'],
    ['userName', 'invalidFilter'],
    ['userName eq', 'invalidFilter'],
    ['userName eq "a', 'invalidFilter'],
    ['userName eq "a" and', 'invalidFilter'],
    ['userName eq "a" userName eq "b"', 'invalidFilter'],
    ['(userName eq "a"', 'invalidFilter'],
    ['userName eq "a")', 'invalidFilter'],
    ['emails[type eq "work"', 'invalidFilter'],
    ['userName is "a"', 'invalidFilter'],
    ['eq "a"', 'invalidFilter'],
    ['userName eq "\\x"', 'invalidFilter'],
    ['meta.created gt "yesterday"', 'invalidFilter'],
  ])('answers 400 to: %s', async (filter, scimType) => {
    expectScimError(await scim.get(`/Users?filter=${encodeURIComponent(filter)}`), 400, scimType);
  });

  it('refuses to compare a password in any disguise', async () => {
    for (const filter of ['password pr', 'not (PASSWORD sw "a")', `userName eq "a" or password eq "b"`]) {
      expectScimError(await scim.get(`/Users?filter=${encodeURIComponent(filter)}`), 403, 'sensitive');
    }
  });

  it('takes an empty filter for none', async () => {
    expect((await scim.get('/Users?filter=')).body).toMatchObject({ totalResults: 3 });
  });

  it('refuses a filter that is given twice', async () => {
    expectScimError(await scim.get('/Users?filter=title%20pr&filter=title%20pr'), 400, 'invalidFilter');
  });
});
