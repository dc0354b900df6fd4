import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  groupUrn,
  listUrn,
  searchUrn,
  userUrn,
  type ListBody,
  type Resource,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

const userNames = ['u1', 'u2', 'u3', 'u4', 'u5'];
const all = [...userNames, 'g1', 'g2', 'g3'];

const service = useService();
const { scim } = useSharedWorkspace(service);
let users: Resource[];

beforeAll(async () => {
  users = [];
  // Groups come between the users, so that the order of creation is not the order of the list.
  for (const [at, name] of userNames.entries()) {
    const displayName = at === 1 ? undefined : ['Delta', '', 'bravo', 'Alpha', 'echo'][at];
    users.push(
      await givenUser(scim, {
        userName: name,
        externalId: name,
        displayName,
        title: at < 3 ? `T${at}` : undefined,
        active: at !== 4,
        [enterpriseUrn]: { department: `D${at % 2}` },
      }),
    );
    if (at < 3) {
      const displayName = ['charlie', 'Alpha', 'Foxtrot'][at];
      await givenGroup(scim, { displayName, externalId: `g${at + 1}` }, at === 0 ? [users[0]?.id ?? ''] : []);
    }
  }
});

async function list(query: string): Promise<ListBody> {
  const response = await scim.get(`/?${query}`);
  expectScimAnswer(response, 200);
  return response.body;
}

const namesOf = (body: ListBody) => body.Resources.map(({ externalId }) => externalId);
const byFilter = async (filter: string) => namesOf(await list(`filter=${encodeURIComponent(filter)}`));

async function walk(query: string): Promise<unknown[]> {
  const names: unknown[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const body: ListBody = await list(`${query}&cursor=${cursor}`);
    expect(body.totalResults).toBe(all.length);
    names.push(...namesOf(body));
    cursor = body.nextCursor;
  }
  return names;
}

describe('a query over the root (RFC 7644 §3.4.2.1)', () => {
  it('lists users and groups, users first, each as its own endpoint shows it', async () => {
    const body = await list('');
    expect(body).toMatchObject({ schemas: [listUrn], totalResults: 8, startIndex: 1, itemsPerPage: 8 });
    expect(namesOf(body)).toEqual(all);
    const [ofUsers, ofGroups] = [await scim.get('/Users').expect(200), await scim.get('/Groups').expect(200)];
    expect(body.Resources).toEqual([ofUsers, ofGroups].flatMap((response) => response.body.Resources));
    expect(body.Resources[0]?.schemas).toEqual(expect.arrayContaining([userUrn, enterpriseUrn]));
    expect(body.Resources[5]?.schemas).toEqual([groupUrn]);
  });

  it.each([1, 2, 3, 5, 7])('lists all once in index pages of %d, with the total on each', async (count) => {
    const names: unknown[] = [];
    for (let startIndex = 1; startIndex <= all.length; startIndex += count) {
      const body = await list(`startIndex=${startIndex}&count=${count}`);
      expect(body).toMatchObject({ totalResults: 8, startIndex });
      names.push(...namesOf(body));
    }
    expect(names).toEqual(all);
  });

  it('counts without listing, and lists nothing beyond the end', async () => {
    expect(await list('count=0')).toMatchObject({ totalResults: 8, itemsPerPage: 0, Resources: [] });
    expect(await list('startIndex=9')).toMatchObject({ totalResults: 8, itemsPerPage: 0, Resources: [] });
  });

  it.each([
    ['meta.resourceType eq "User"', userNames],
    ['meta.resourceType eq User', userNames],
    ['(meta.resourceType eq "User") or (meta.resourceType eq "Group")', all],
    ['meta.resourceType ne "User"', ['g1', 'g2', 'g3']],
    ['userName pr', userNames],
    ['userName eq "U2"', ['u2']],
    [`${userUrn}:userName eq "u2"`, ['u2']],
    [`${userUrn}:displayName eq "alpha"`, ['u4']],
    [`${groupUrn}:displayName eq "alpha"`, ['g2']],
    ['displayName eq "alpha"', ['u4', 'g2']],
    ['members pr', ['g1']],
    ['groups pr', ['u1']],
    ['not (members pr)', [...userNames, 'g2', 'g3']],
    ['title ne "T0"', ['u2', 'u3', 'u4', 'u5', 'g1', 'g2', 'g3']],
    ['not (title eq "T0")', ['u2', 'u3', 'u4', 'u5', 'g1', 'g2', 'g3']],
    ['title eq null', ['u4', 'u5', 'g1', 'g2', 'g3']],
    ['active eq true', ['u1', 'u2', 'u3', 'u4']],
    ['active eq false or displayName eq "charlie"', ['u5', 'g1']],
    ['userName pr and members pr', []],
    [`${enterpriseUrn}:department eq "D1"`, ['u2', 'u4']],
    ['emails[type eq "work"] or externalId eq "g3"', ['g3']],
    ['externalId sw "g"', ['g1', 'g2', 'g3']],
  ])('%s', async (filter, expected) => {
    expect(await byFilter(filter)).toEqual(expected);
  });

  it('finds a resource of either kind by its id', async () => {
    const group = (await list('')).Resources[6];
    expect(await byFilter(`id eq "${users[2]?.id}"`)).toEqual(['u3']);
    expect(await byFilter(`id eq "${group?.id}"`)).toEqual(['g2']);
  });

  it.each([
    ['filter=no.such.part%20pr', 'invalidFilter'],
    ['filter=userName', 'invalidFilter'],
    ['filter=active%20gt%20true', 'invalidFilter'],
    ['filter=password%20pr', 'sensitive'],
    ['sortBy=no.such.part', 'invalidPath'],
    ['sortBy=members', 'invalidPath'],
    ['startIndex=x', 'invalidValue'],
    ['cursor=x', 'invalidCursor'],
    ['cursor=&startIndex=1', 'invalidValue'],
    ['attributes=a&excludedAttributes=b', 'invalidValue'],
  ])('answers 400 to %s', async (query, scimType) => {
    const status = scimType === 'sensitive' ? (await scim.get(`/Users?${query}`)).status : 400;
    expectScimError(await scim.get(`/?${query}`), status, scimType);
  });

  it.each([
    ['sortBy=displayName', ['u4', 'g2', 'u3', 'g1', 'u1', 'u5', 'g3', 'u2']],
    ['sortBy=displayName&sortOrder=descending', ['u2', 'g3', 'u5', 'u1', 'g1', 'u3', 'u4', 'g2']],
    ['sortBy=externalId', ['g1', 'g2', 'g3', ...userNames]],
    ['sortBy=title', all],
    ['sortBy=title&sortOrder=descending', ['u4', 'u5', 'g1', 'g2', 'g3', 'u3', 'u2', 'u1']],
    ['sortBy=active', ['u5', 'u1', 'u2', 'u3', 'u4', 'g1', 'g2', 'g3']],
    ['sortBy=meta.resourceType', ['g1', 'g2', 'g3', ...userNames]],
  ])('sorts across users and groups, by index and by cursor: %s', async (query, expected) => {
    expect(namesOf(await list(query))).toEqual(expected);
    const pages = await Promise.all([1, 4, 7].map((at) => list(`${query}&startIndex=${at}&count=3`)));
    expect(pages.flatMap(namesOf)).toEqual(expected);
    for (const count of [1, 2, 3]) expect(await walk(`${query}&count=${count}`)).toEqual(expected);
  });

  it.each(['meta.created', 'meta.lastModified', 'id'])(
    'sorts by %s, by index and by cursor',
    async (path) => {
      const names = namesOf(await list(`sortBy=${path}`));
      expect([...names].sort()).toEqual([...all].sort());
      expect(await walk(`sortBy=${path}&count=3`)).toEqual(names);
    },
  );

  it.each([1, 2, 4, 5, 8])('pages by cursor over the border of the kinds, %d at a time', async (count) => {
    expect(await walk(`count=${count}`)).toEqual(all);
  });

  it('continues by a cursor of its own only', async () => {
    const own = (await list('cursor=&count=2')).nextCursor;
    const ofUsers = (await scim.get('/Users?cursor=&count=2').expect(200)).body.nextCursor;
    expectScimError(await scim.get(`/Users?cursor=${own}`), 400, 'invalidCursor');
    expectScimError(await scim.get(`/?cursor=${ofUsers}`), 400, 'invalidCursor');
  });

  it('returns the attributes that were asked for, whichever kind has them', async () => {
    const body = await list('attributes=userName,members,externalId');
    expect(body.Resources[0]).toMatchObject({ externalId: 'u1', userName: 'u1' });
    expect(body.Resources[0]).not.toHaveProperty('displayName');
    expect(body.Resources[5]?.members).toMatchObject([{ value: users[0]?.id }]);
    const [first] = (await list('excludedAttributes=title,members')).Resources;
    expect(first).not.toHaveProperty('title');
    expect((await list('excludedAttributes=members')).Resources[5]).not.toHaveProperty('members');
  });

  it('sees no other workspace', async () => {
    const { scim: other } = await givenWorkspace(service);
    expect((await other.get('/').expect(200)).body).toMatchObject({ totalResults: 0, Resources: [] });
  });
});

describe('a search over the root (RFC 7644 §3.4.3)', () => {
  it('answers like the query string', async () => {
    const filter = 'displayName co "a"';
    const search = { schemas: [searchUrn], filter, sortBy: 'displayName', startIndex: 2, count: 3 };
    const response = await scim.post('/.search', { ...search, attributes: ['displayName'] });
    expectScimAnswer(response, 200);
    const query = `filter=${encodeURIComponent(filter)}&sortBy=displayName&startIndex=2&count=3`;
    expect(response.body).toEqual(await list(`${query}&attributes=displayName`));
    expect(response.body.totalResults).toBe(5);
  });

  it('lists all without a filter', async () => {
    const response = await scim.post('/.search', { schemas: [searchUrn] }).expect(200);
    expect(namesOf(response.body)).toEqual(all);
  });
});
