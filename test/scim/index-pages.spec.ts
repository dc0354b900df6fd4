import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cases } from '../harness/cases.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type ScimClient } from '../harness/workspace.ts';
import { givenGroup, givenUser, patchOf } from './directory.ts';

/** What others do between two pages, or while the next one is read. */
interface Doing {
  kind: 'add' | 'rename' | 'deactivate';
  /** Who it happens to, as an index into all who are there. */
  who: number;
  meanwhile: boolean;
}

const doing: fc.Arbitrary<Doing> = fc.record({
  kind: fc.constantFrom('add', 'rename', 'deactivate'),
  who: fc.nat({ max: 30 }),
  meanwhile: fc.boolean(),
});

const story = fc.record({
  endpoint: fc.constantFrom('Users', 'Groups'),
  throughout: fc.nat({ max: 12 }),
  count: fc.integer({ min: 1, max: 5 }),
  doings: fc.array(fc.array(doing, { maxLength: 3 }), { maxLength: 8 }),
});

type Endpoint = 'Users' | 'Groups';

const service = useService();

async function add(scim: ScimClient, endpoint: Endpoint): Promise<string> {
  return (await (endpoint === 'Users' ? givenUser(scim) : givenGroup(scim))).id;
}

async function carryOut(
  scim: ScimClient,
  endpoint: Endpoint,
  ids: string[],
  { kind, who }: Doing,
): Promise<void> {
  const id = ids[who % ids.length];
  if (kind === 'add' || id === undefined) {
    ids.push(await add(scim, endpoint));
    return;
  }
  const isDeactivation = kind === 'deactivate' && endpoint === 'Users';
  const change = isDeactivation
    ? { op: 'replace', path: 'active', value: false }
    : { op: 'replace', path: 'displayName', value: `Renamed ${who}` };
  const response = await scim.patch(`/${endpoint}/${id}`, patchOf(change));
  expect([200, 204]).toContain(response.status);
}

describe('pages by index (RFC 7644 §3.4.2.4)', () => {
  it('list everyone who was there throughout exactly once while others are added and changed', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ endpoint, throughout, count, doings }) => {
        const { scim } = await givenWorkspace(service);
        const stayers: string[] = [];
        while (stayers.length < throughout) stayers.push(await add(scim, endpoint));
        const present = [...stayers];
        const listed: string[] = [];
        for (let startIndex = 1, total = 1; startIndex <= total; startIndex += count) {
          const now = doings[(startIndex - 1) / count] ?? [];
          for (const before of now.filter(({ meanwhile }) => !meanwhile)) {
            await carryOut(scim, endpoint, present, before);
          }
          const [page] = await Promise.all([
            scim.get(`/${endpoint}?startIndex=${startIndex}&count=${count}`).expect(200),
            ...now.filter(({ meanwhile }) => meanwhile).map((one) => carryOut(scim, endpoint, present, one)),
          ]);
          const body = page.body;
          total = body.totalResults;
          expect(total).toBeGreaterThanOrEqual(throughout);
          listed.push(...body.Resources.map(({ id }) => id));
        }
        expect(listed.filter((id) => stayers.includes(id))).toEqual(stayers);
      }),
      cases(8),
    );
  });

  it('says exactly how many match on every page, with a filter and beyond the end too', async () => {
    const { scim } = await givenWorkspace(service);
    const ids: string[] = [];
    for (let at = 0; at < 7; at += 1) ids.push((await givenUser(scim, { title: `t${at % 2}` })).id);
    const even = ids.filter((_, at) => at % 2 === 0);
    for (const [query, expected] of [
      ['', ids],
      ['filter=title%20eq%20%22t0%22', even],
      ['sortBy=meta.created', ids],
      ['filter=title%20eq%20%22t0%22&sortBy=meta.created', even],
      ['filter=title%20eq%20%22nobody%22', []],
    ] as const) {
      for (let startIndex = 1; startIndex <= expected.length + 2; startIndex += 1) {
        const response = await scim.get(`/Users?${query}&startIndex=${startIndex}&count=2`).expect(200);
        const { totalResults, Resources } = response.body;
        const page = expected.slice(startIndex - 1, startIndex + 1);
        expect([totalResults, Resources.map(({ id }) => id)]).toEqual([expected.length, page]);
      }
      const counted = await scim.get(`/Users?${query}&startIndex=2&count=0`).expect(200);
      expect(counted.body).toMatchObject({ totalResults: expected.length, Resources: [] });
    }
  });
});
