import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  listUrn,
  patchOf,
  searchUrn,
  userBody,
  type ListBody,
  type Resource,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);
const created: Resource[] = [];

beforeAll(async () => {
  for (const name of ['delta', 'alpha', 'charlie', 'Bravo', 'echo']) {
    const emails =
      name === 'echo'
        ? [
            { value: 'zz@example.com', type: 'home' },
            { value: 'aa@example.com', type: 'work', primary: true },
          ]
        : [{ value: `${name}@example.com`, type: 'work' }];
    const title = name === 'charlie' ? undefined : `Title ${name}`;
    created.push(
      await givenUser(scim, {
        userName: name,
        title,
        emails,
        name: { givenName: name, familyName: 'Same' },
        [enterpriseUrn]: { department: 'D' },
      }),
    );
  }
});

async function list(query: string): Promise<ListBody> {
  const response = await scim.get(`/Users?${query}`);
  expectScimAnswer(response, 200);
  return response.body;
}

const namesOf = (body: ListBody) => body.Resources.map(({ userName }) => userName);

describe('index paging (RFC 7644 §3.4.2.4)', () => {
  it('answers numbers as numbers, and all of them', async () => {
    const body = await list('');
    expect(body).toMatchObject({ schemas: [listUrn], totalResults: 5, startIndex: 1, itemsPerPage: 5 });
    expect(body.Resources.map(({ id }) => id)).toEqual(created.map(({ id }) => id));
  });

  it.each([
    ['startIndex=0', 1, 5],
    ['startIndex=-7', 1, 5],
    ['startIndex=2&count=2', 2, 2],
    ['startIndex=5&count=2', 5, 1],
    ['startIndex=6', 6, 0],
    ['startIndex=1000000&count=10', 1_000_000, 0],
    ['count=0', 1, 0],
    ['count=-3', 1, 0],
    ['count=1000000', 1, 5],
  ])('%s', async (query, startIndex, itemsPerPage) => {
    const body = await list(query);
    expect(body).toMatchObject({ totalResults: 5, startIndex, itemsPerPage });
    expect(body.Resources).toHaveLength(itemsPerPage);
  });

  it.each(['startIndex=one', 'count=many', 'count=1.5', 'startIndex=1e3x'])(
    'answers 400 to %s',
    async (query) => {
      expectScimError(await scim.get(`/Users?${query}`), 400, 'invalidValue');
    },
  );

  it('answers an empty page to an index that no database counts to', async () => {
    expect(await list('startIndex=99999999999999999999999')).toMatchObject({
      totalResults: 5,
      itemsPerPage: 0,
    });
  });

  it('lists in one total order, page after page', async () => {
    const pages = await Promise.all([1, 2, 3, 4, 5].map((at) => list(`startIndex=${at}&count=1`)));
    expect(pages.flatMap(namesOf)).toEqual(['delta', 'alpha', 'charlie', 'Bravo', 'echo']);
  });
});

describe('sorting (RFC 7644 §3.4.2.3)', () => {
  it.each([
    ['sortBy=userName', ['alpha', 'Bravo', 'charlie', 'delta', 'echo']],
    ['sortBy=USERNAME&sortOrder=descending', ['echo', 'delta', 'charlie', 'Bravo', 'alpha']],
    ['sortBy=name.givenName&sortOrder=ascending', ['alpha', 'Bravo', 'charlie', 'delta', 'echo']],
    ['sortBy=emails', ['echo', 'alpha', 'Bravo', 'charlie', 'delta']],
    ['sortBy=name.familyName', ['delta', 'alpha', 'charlie', 'Bravo', 'echo']],
  ])('%s', async (query, expected) => {
    expect(namesOf(await list(query))).toEqual(expected);
  });

  it('puts those without a value last ascending and first descending', async () => {
    expect(namesOf(await list('sortBy=title')).at(-1)).toBe('charlie');
    expect(namesOf(await list('sortBy=title&sortOrder=descending'))[0]).toBe('charlie');
  });

  it('sorts by the time of creation', async () => {
    expect(namesOf(await list('sortBy=meta.created'))).toHaveLength(5);
  });

  it.each(['sortBy=no.such.part', 'sortBy=userName&sortOrder=sideways'])(
    'answers 400 to %s',
    async (query) => {
      expectScimAnswer(await scim.get(`/Users?${query}`), 400);
    },
  );
});

describe('projection (RFC 7644 §3.9)', () => {
  const keys = (value: unknown) => Object.keys(value as object).sort();

  it('returns only the attributes that were asked for, and id always', async () => {
    const [first] = (await list('attributes=userName')).Resources;
    expect(keys(first)).toEqual(expect.arrayContaining(['id', 'schemas', 'userName']));
    expect(first).not.toHaveProperty('emails');
    expect(first).not.toHaveProperty(enterpriseUrn);
  });

  it('returns one sub-attribute, or all of a complex attribute', async () => {
    const one = (await list('attributes=name.givenName&count=1')).Resources[0];
    expect(one?.name).toEqual({ givenName: 'delta' });
    const all = (await list('attributes=name&count=1')).Resources[0];
    expect(all?.name).toEqual({ givenName: 'delta', familyName: 'Same' });
  });

  it('takes attributes of an extension by their URN, or the whole of it', async () => {
    for (const path of [`${enterpriseUrn}:department`, enterpriseUrn]) {
      const [first] = (await list(`attributes=${path}`)).Resources;
      expect(first?.[enterpriseUrn]).toEqual({ department: 'D' });
      expect(first).not.toHaveProperty('userName');
    }
  });

  it('leaves out what is excluded, but never the id', async () => {
    const [first] = (await list('excludedAttributes=id,emails,name.familyName')).Resources;
    expect(first).toMatchObject({ id: created[0]?.id, name: { givenName: 'delta' } });
    expect(first).not.toHaveProperty('emails');
    expect(first?.name).not.toHaveProperty('familyName');
  });

  it('passes over attributes that nobody knows', async () => {
    expect((await list('attributes=userName,unknown')).Resources[0]).toMatchObject({ userName: 'delta' });
    expect((await list('excludedAttributes=unknown')).Resources[0]).toMatchObject({ userName: 'delta' });
  });

  it('answers 400 to both at once, before anything is written', async () => {
    const { scim: other } = await givenWorkspace(service);
    const user = await givenUser(other);
    const group = await givenGroup(other, { displayName: 'Before' });
    const both = '?attributes=id&excludedAttributes=meta';
    const change = patchOf({ op: 'replace', path: 'displayName', value: 'After' });
    for (const response of [
      await other.get(`/Users${both}`),
      await other.get(`/Groups/${group.id}${both}`),
      await other.post(`/Users${both}`, userBody()),
      await other.post(`/Groups${both}`, { displayName: 'New' }),
      await other.put(`/Users/${user.id}${both}`, userBody()),
      await other.put(`/Groups/${group.id}${both}`, { displayName: 'After' }),
      await other.patch(`/Users/${user.id}${both}`, change),
      await other.patch(`/Groups/${group.id}${both}`, change),
    ]) {
      expectScimError(response, 400, 'invalidValue');
    }
    expect((await other.get('/Users').expect(200)).body.Resources).toEqual([user]);
    expect((await other.get('/Groups').expect(200)).body.Resources).toEqual([group]);
  });

  it('applies to the answers of POST, PUT and PATCH', async () => {
    const { scim: other } = await givenWorkspace(service);
    const posted = await other.post('/Users?attributes=userName', userBody({ title: 'x' })).expect(201);
    expect(posted.body).not.toHaveProperty('title');
    expect(posted.headers.location).toContain('/scim/v2/Users/');
    const { id } = posted.body;
    const put = await other
      .put(`/Users/${id}?excludedAttributes=title`, userBody({ title: 'y' }))
      .expect(200);
    expect(put.body).not.toHaveProperty('title');
    const change = patchOf({ op: 'replace', path: 'title', value: 'z' });
    const patched = await other.patch(`/Users/${id}?attributes=title`, change).expect(200);
    expect(patched.body).toMatchObject({ id, title: 'z' });
    expect(patched.body).not.toHaveProperty('userName');
  });

  it('lets a PATCH of a group answer with the attributes that were asked for', async () => {
    const { scim: other } = await givenWorkspace(service);
    const { id } = await givenGroup(other, { displayName: 'Before' }, ['m']);
    const change = patchOf({ op: 'replace', path: 'displayName', value: 'After' });
    const response = await other.patch(`/Groups/${id}?attributes=displayName`, change).expect(200);
    expect(response.body).toMatchObject({ id, displayName: 'After' });
    expect(response.body).not.toHaveProperty('members');
  });
});

describe('search by POST (RFC 7644 §3.4.3)', () => {
  it('answers like the query string', async () => {
    const request = {
      schemas: [searchUrn],
      filter: 'userName co "a"',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 2,
      count: 2,
      attributes: ['userName'],
    };
    const response = await scim.post('/Users/.search', request);
    expectScimAnswer(response, 200);
    const query = `filter=${encodeURIComponent(request.filter)}&sortBy=userName&sortOrder=descending`;
    expect(response.body).toEqual(await list(`${query}&startIndex=2&count=2&attributes=userName`));
    expect(namesOf(response.body)).toEqual(['charlie', 'Bravo']);
  });

  it('searches groups too', async () => {
    const group = await givenGroup(scim, { displayName: 'Searched' });
    const request = {
      schemas: [searchUrn],
      filter: 'displayName eq "searched"',
      excludedAttributes: ['members'],
    };
    const response = await scim.post('/Groups/.search', request).expect(200);
    expect(response.body.Resources.map(({ id }) => id)).toEqual([group.id]);
  });

  it.each([{ filter: 5 }, { startIndex: 'x' }, { attributes: 7 }, { sortBy: {} }])(
    'answers 400 to %j',
    async (wrong) => {
      expectScimAnswer(await scim.post('/Users/.search', { schemas: [searchUrn], ...wrong }), 400);
    },
  );
});
