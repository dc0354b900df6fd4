import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type ScimClient } from '../harness/workspace.ts';
import { givenGroup, givenUser, patchOf, searchUrn, type ListBody } from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

const service = useService();

async function page(
  scim: ScimClient,
  query: string,
  cursor: string,
  endpoint: 'Users' | 'Groups' = 'Users',
): Promise<ListBody> {
  const response = await scim.get(`/${endpoint}?cursor=${cursor}&${query}`);
  expectScimAnswer(response, 200);
  return response.body;
}

/** Every id in the order of the pages; `between` happens after each page. */
async function walk(
  scim: ScimClient,
  query: string,
  endpoint: 'Users' | 'Groups' = 'Users',
  between: (page: number) => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined = '';
  for (let number = 0; cursor !== undefined; number += 1) {
    const body: ListBody = await page(scim, query, cursor, endpoint);
    ids.push(...body.Resources.map(({ id }) => id));
    cursor = body.nextCursor;
    await between(number);
  }
  return ids;
}

async function givenUsers(scim: ScimClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push((await givenUser(scim)).id);
  return ids;
}

describe('paging by cursor (RFC 9865)', () => {
  let scim: ScimClient;
  let ids: string[];

  beforeAll(async () => {
    ({ scim } = await givenWorkspace(service));
    ids = await givenUsers(scim, 7);
  });

  it.each([1, 2, 3, 6, 7, 8, 100])('lists all, once, in pages of %d', async (count) => {
    expect(await walk(scim, `count=${count}`)).toEqual(ids);
  });

  it('says how many there are in all, and where the next page begins but no index', async () => {
    const first = await page(scim, 'count=3', '');
    expect(first).toMatchObject({ totalResults: 7, itemsPerPage: 3 });
    expect(first).not.toHaveProperty('startIndex');
    expect(first.nextCursor).toMatch(/^[\w-]+$/);
    expect(await page(scim, 'count=4', first.nextCursor ?? '')).not.toHaveProperty('nextCursor');
    expect((await scim.get('/Users?count=3')).body).not.toHaveProperty('nextCursor');
    expect((await scim.get('/Users?cursor&count=3').expect(200)).body.nextCursor).toBe(first.nextCursor);
  });

  it('lists everyone who was there throughout once while others come, change and go', async () => {
    const { scim: other } = await givenWorkspace(service);
    const all = await givenUsers(other, 24);
    const leavers = all.filter((_, at) => at % 3 === 1);
    const stayers = all.filter((id) => !leavers.includes(id));
    const listed = await walk(other, 'count=2', 'Users', async (number) => {
      const leaver = leavers[(number * 5) % leavers.length];
      await other.delete(`/Users/${leaver}`);
      // Even the resource that the cursor names may go.
      if (number < 6) await givenUser(other);
      const changed = stayers[(number * 7) % stayers.length];
      await other.patch(`/Users/${changed}`, patchOf({ op: 'replace', path: 'title', value: `t${number}` }));
    });
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.filter((id) => stayers.includes(id))).toEqual(stayers);
  });

  it('goes on behind one who is gone', async () => {
    const { scim: other } = await givenWorkspace(service);
    const [first, second, third] = await givenUsers(other, 3);
    const { nextCursor = '' } = await page(other, 'count=2', '');
    await other.delete(`/Users/${second}`).expect(204);
    expect((await page(other, 'count=2', nextCursor)).Resources.map(({ id }) => id)).toEqual([third]);
    expect(first).toBeDefined();
  });

  it('pages what a filter selects, by GET and by a search', async () => {
    const filter = `id ne "${ids[2]}"`;
    const expected = ids.filter((_, at) => at !== 2);
    expect(await walk(scim, `count=4&filter=${encodeURIComponent(filter)}`)).toEqual(expected);
    const search = (cursor: string) => ({ schemas: [searchUrn], filter, count: 4, cursor });
    const first = (await scim.post('/Users/.search', search('')).expect(200)).body;
    const second = await scim.post('/Users/.search', search(first.nextCursor ?? '')).expect(200);
    const found = [first, second.body].flatMap((body) => body.Resources.map(({ id }) => id));
    expect(found).toEqual(expected);
  });

  it('pages groups', async () => {
    const { scim: other } = await givenWorkspace(service);
    const groups: string[] = [];
    for (let number = 0; number < 5; number += 1) groups.push((await givenGroup(other)).id);
    expect(await walk(other, 'count=2', 'Groups')).toEqual(groups);
  });

  describe('with sortBy', () => {
    const values = ['b', 'B', 'a', 'é', 'a', undefined, '', 'c', undefined, 'Z'];
    let other: ScimClient;
    let sorted: string[];

    beforeAll(async () => {
      ({ scim: other } = await givenWorkspace(service));
      for (const [at, title] of values.entries()) {
        await givenUser(other, {
          title,
          active: at % 3 !== 0,
          emails: title && [{ value: `${title}@x.example` }],
        });
      }
      sorted = await sortedBy('sortBy=title');
    });

    async function sortedBy(query: string): Promise<string[]> {
      const body = (await other.get(`/Users?${query}`).expect(200)).body;
      return body.Resources.map(({ id }) => id);
    }

    it.each(
      ['title', 'active', 'emails', 'externalId', 'id', 'userName', 'meta.lastModified'].flatMap((path) => [
        `sortBy=${path}`,
        `sortBy=${path}&sortOrder=descending`,
      ]),
    )('lists all, once, in the order of an index page: %s', async (query) => {
      const all = await sortedBy(query);
      expect(new Set(all).size).toBe(values.length);
      for (const count of [1, 3]) expect(await walk(other, `${query}&count=${count}`)).toEqual(all);
    });

    it('lists everyone who stays and keeps their value exactly once while others come, change and go', async () => {
      for (const order of ['ascending', 'descending']) {
        const { scim: busy } = await givenWorkspace(service);
        const people = [];
        for (let at = 0; at < 18; at += 1) {
          const title = at % 4 === 0 ? undefined : `t${(at * 7) % 10}`;
          people.push((await givenUser(busy, { title })).id);
        }
        const stayers = people.filter((_, at) => at % 3 === 0);
        const movers = people.filter((_, at) => at % 3 === 1);
        const leavers = people.filter((_, at) => at % 3 === 2);
        const listed = await walk(
          busy,
          `sortBy=title&sortOrder=${order}&count=2`,
          'Users',
          async (number) => {
            await busy.delete(`/Users/${leavers[(number * 5) % leavers.length]}`);
            if (number < 5) await givenUser(busy, { title: `t${number * 2}` });
            const change = (value: string) => patchOf({ op: 'replace', path: 'displayName', value });
            await busy.patch(`/Users/${stayers[number % stayers.length]}`, change(`d${number}`)).expect(200);
            const move = patchOf({ op: 'replace', path: 'title', value: `t${9 - number}` });
            await busy.patch(`/Users/${movers[number % movers.length]}`, move).expect(200);
          },
        );
        expect(listed.filter((id) => stayers.includes(id)).sort()).toEqual([...stayers].sort());
      }
    });

    it('answers 400 invalidCursor to a cursor of another order', async () => {
      const { nextCursor = '' } = await page(other, 'count=2&sortBy=title', '');
      for (const query of ['', 'sortBy=active', 'sortBy=title&sortOrder=descending']) {
        expectScimError(await other.get(`/Users?cursor=${nextCursor}&${query}`), 400, 'invalidCursor');
      }
      const next = await page(other, 'count=2&sortBy=TITLE&sortOrder=ascending', nextCursor);
      expect(next.Resources.map(({ id }) => id)).toEqual(sorted.slice(2, 4));
    });
  });

  it('answers 400 invalidCursor to a cursor of another query, another workspace, or nobody', async () => {
    const { nextCursor = '' } = await page(scim, 'count=2', '');
    const { scim: other } = await givenWorkspace(service);
    const tampered = `${nextCursor.slice(0, 40)}${nextCursor[40] === 'A' ? 'B' : 'A'}${nextCursor.slice(41)}`;
    for (const response of [
      await other.get(`/Users?cursor=${nextCursor}`),
      await scim.get(`/Groups?cursor=${nextCursor}`),
      await scim.get(`/Users?cursor=${nextCursor}&filter=userName%20pr`),
      await scim.get(`/Users?cursor=${tampered}`),
      await scim.get(`/Users?cursor=${nextCursor}A`),
      await scim.get('/Users?cursor=x'),
      await scim.get('/Users?cursor=a&cursor=b'),
    ]) {
      expectScimError(response, 400, 'invalidCursor');
    }
  });

  it.each([
    ['count=0', 'invalidCount'],
    ['count=-1', 'invalidCount'],
    ['count=many', 'invalidCount'],
    ['startIndex=1', 'invalidValue'],
    ['sortBy=no.such.part', 'invalidPath'],
    ['sortBy=groups', 'invalidPath'],
  ])('answers 400 to a cursor with %s', async (query, scimType) => {
    expectScimError(await scim.get(`/Users?cursor=&${query}`), 400, scimType);
  });

  it('says so of itself', async () => {
    const { pagination, filter } = (await scim.get('/ServiceProviderConfig').expect(200)).body;
    expect(pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: (filter as { maxResults: number }).maxResults,
    });
  });
});
