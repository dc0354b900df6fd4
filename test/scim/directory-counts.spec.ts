import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DirectoryRecounts } from '../../src/scim/directory/directory-recounts.ts';
import { cases } from '../harness/cases.ts';
import { countDirectory, isCounted } from '../harness/counted-directory.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type ScimClient, type TestWorkspace } from '../harness/workspace.ts';
import { givenGroup, givenUser, groupUrn, userBody } from './directory.ts';

const service = useService();

/** What writers do at the same moment. `who` is an index into those who are there. */
type Step =
  | { kind: 'user' | 'group' | 'groupOfAll' | 'bulk' | 'old user' | 'old group' }
  | { kind: 'same user'; twice: true }
  | { kind: 'delete user' | 'delete group' | 'erase' | 'switch off' | 'old change'; who: number };

const who = fc.nat({ max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('user' as const, 'group', 'groupOfAll', 'bulk', 'old user', 'old group'),
  }),
  fc.record({ kind: fc.constant('same user' as const), twice: fc.constant(true as const) }),
  fc.record({
    kind: fc.constantFrom('delete user' as const, 'delete group', 'erase', 'switch off', 'old change'),
    who,
  }),
);

/** Who is there, to be chosen from. Two who are deleted at once may be the same one. */
interface Present {
  users: string[];
  groups: string[];
}

describe('the total of a list of everybody', () => {
  it('is exact after whatever many writers do at once, the release before this one among them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 3, maxLength: 12 }), { minLength: 3, maxLength: 6 }),
        fc.nat({ max: 1 }),
        async (rounds, countedAfter) => {
          const workspace = await givenWorkspace(service);
          const present: Present = { users: [], groups: [] };
          for (let at = 0; at < 4; at += 1)
            await take(workspace, present, { kind: at < 3 ? 'user' : 'group' });
          for (const [at, steps] of rounds.entries()) {
            await Promise.all(steps.map((each) => take(workspace, present, each)));
            if (at === countedAfter) await beCounted(workspace);
            expect(await totalsOf(workspace)).toEqual(await presentIn(workspace));
          }
          expect(await isKnown(workspace)).toBe(true);
        },
      ),
      cases(12),
    );
  }, 240_000);

  it('counts nobody for a list once the directory has been counted', async () => {
    const workspace = await givenWorkspace(service);
    await givenUser(workspace.scim);
    await beCounted(workspace);
    // Only what is kept can say so.
    await service.dataSource.query(
      'UPDATE directory_count SET users = users + 41, groups = groups + 7 WHERE workspace_id = $1 AND slot = 0',
      [workspace.id],
    );
    expect(await totalsOf(workspace)).toEqual({
      users: 42,
      groups: 7,
      overview: { users: 42, groups: 7 },
      all: 49,
    });
  });

  it('is put right a day later where the release before this one deleted somebody', async () => {
    const workspace = await givenWorkspace(service);
    for (let at = 0; at < 3; at += 1) await givenUser(workspace.scim);
    await beCounted(workspace);
    service.clock.advance({ hours: 2 });
    await beCounted(workspace);
    await service.dataSource.query(
      `DELETE FROM directory_user WHERE (workspace_id, id) IN (
         SELECT workspace_id, id FROM directory_user WHERE workspace_id = $1 LIMIT 1)`,
      [workspace.id],
    );
    service.clock.advance({ hours: 23 });
    await beCounted(workspace);
    expect(await usersOf(workspace)).toBe(3);
    service.clock.advance({ hours: 2 });
    await beCounted(workspace);
    expect(await usersOf(workspace)).toBe(2);
  });

  it('is counted again an hour after the first time, and by one process at a time', async () => {
    const workspace = await givenWorkspace(service);
    await givenUser(workspace.scim);
    await beCounted(workspace);
    await deleteAsBefore(workspace);
    service.clock.advance({ minutes: 59 });
    await beCounted(workspace);
    expect(await usersOf(workspace)).toBe(1);
    service.clock.advance({ minutes: 2 });
    // Somebody else has just begun.
    const [due] = await service.dataSource.query<{ later: Date }[]>(
      "SELECT recount_at + interval '10 min' AS later FROM directory_count WHERE workspace_id = $1 AND slot = 0",
      [workspace.id],
    );
    await service.dataSource.query(
      'UPDATE directory_count SET recount_at = $2 WHERE workspace_id = $1 AND slot = 0',
      [workspace.id, due?.later],
    );
    await beCounted(workspace);
    expect(await usersOf(workspace)).toBe(1);
    service.clock.advance({ minutes: 10 });
    await beCounted(workspace);
    expect(await usersOf(workspace)).toBe(0);
  });

  it('takes over what the release before this one has created, each once', async () => {
    const workspace = await givenWorkspace(service);
    await insertAsBefore(workspace, 'directory_user', 1_001);
    await insertAsBefore(workspace, 'directory_group', 2);
    await beCounted(workspace);
    expect(await uncounted(workspace)).toEqual([{ users: 0, groups: 0 }]);
    expect(await totalsOf(workspace)).toMatchObject({ users: 1_001, groups: 2 });
  });

  it('leaves no count behind when the workspace is erased while it is counted', async () => {
    const workspace = await givenWorkspace(service);
    await totalsOf(workspace);
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}`).expect(204);
    await recounts().countDue();
    const { length } = await service.dataSource.query<unknown[]>(
      'SELECT FROM directory_count WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(length).toBe(0);
  });
});

describe('a page by index that is nearer to the end', () => {
  it.each([
    ['known', true],
    ['not known', false],
  ])(
    'is the same where it is %s how many there are',
    async (_, known) => {
      const workspace = await givenWorkspace(service);
      const [users, groups] = [1_300, 1_150];
      await insertAsBefore(workspace, 'directory_user', users);
      await insertAsBefore(workspace, 'directory_group', groups);
      if (known) await beCounted(workspace);
      else await beClaimed(workspace);
      expect(await isKnown(workspace)).toBe(known);
      const inOrder = { Users: await orderOf('directory_user'), Groups: await orderOf('directory_group') };
      const all = [...inOrder.Users, ...inOrder.Groups];
      const { scim } = workspace;
      for (const count of [1, 7, 100, 400])
        for (const startIndex of [
          999, 1_000, 1_001, 1_150, 1_151, 1_200, 1_294, 1_300, 1_301, 1_302, 2_400, 2_450, 2_451,
        ]) {
          const query = `startIndex=${startIndex}&count=${count}&attributes=id`;
          const expected = (ids: string[]) => ids.slice(startIndex - 1, startIndex - 1 + count);
          for (const endpoint of ['Users', 'Groups'] as const)
            expect([endpoint, query, ...(await idsOf(scim, `/${endpoint}?${query}`))]).toEqual([
              endpoint,
              query,
              ...expected(inOrder[endpoint]),
            ]);
          expect([query, ...(await idsOf(scim, `/?${query}`))]).toEqual([query, ...expected(all)]);
        }

      async function orderOf(table: string): Promise<string[]> {
        const rows = await service.dataSource.query<{ id: string }[]>(
          `SELECT id FROM ${table} WHERE workspace_id = $1 ORDER BY created_at, id`,
          [workspace.id],
        );
        return rows.map(({ id }) => id);
      }
    },
    60_000,
  );
});

function recounts(): DirectoryRecounts {
  return service.provider<DirectoryRecounts>('DirectoryRecounts');
}

const beCounted = (workspace: TestWorkspace) => countDirectory(service, workspace);

/** Somebody else counts, and does not come to an end. */
async function beClaimed({ id }: TestWorkspace): Promise<void> {
  await service.dataSource.query(
    "INSERT INTO directory_count (workspace_id, slot, recount_at) VALUES ($1, 0, $2::timestamptz + interval '1 year')",
    [id, service.clock.now()],
  );
}

const isKnown = ({ id }: TestWorkspace) => isCounted(service, id);

/** What the service says of how many there are, in every place where it does. */
async function totalsOf({ scim, admin }: TestWorkspace) {
  const total = async (path: `/${string}`) =>
    ((await scim.get(path).expect(200)).body as { totalResults: number }).totalResults;
  const { body } = await admin.get('/api/user-provisioning').expect(200);
  const { users, groups } = body.directory;
  return {
    users: await total('/Users?count=2'),
    groups: await total('/Groups?cursor=&count=2'),
    all: await total('/?count=1'),
    overview: { users, groups },
  };
}

async function usersOf({ scim }: TestWorkspace): Promise<number> {
  const { body } = await scim.get('/Users?count=0').expect(200);
  return (body as { totalResults: number }).totalResults;
}

/** What PostgreSQL says. */
async function presentIn({ id }: TestWorkspace) {
  const [row] = await service.dataSource.query<{ users: number; groups: number }[]>(
    `SELECT (SELECT count(*)::int FROM directory_user WHERE workspace_id = $1) AS users,
       (SELECT count(*)::int FROM directory_group WHERE workspace_id = $1) AS groups`,
    [id],
  );
  const { users, groups } = row!;
  return { users, groups, all: users + groups, overview: { users, groups } };
}

function uncounted({ id }: TestWorkspace): Promise<unknown[]> {
  return service.dataSource.query<unknown[]>(
    `SELECT (SELECT count(*)::int FROM directory_user WHERE workspace_id = $1 AND NOT counted) AS users,
       (SELECT count(*)::int FROM directory_group WHERE workspace_id = $1 AND NOT counted) AS groups`,
    [id],
  );
}

async function idsOf(scim: ScimClient, path: `/${string}`): Promise<string[]> {
  const { body } = await scim.get(path).expect(200);
  return (body as { Resources: { id: string }[] }).Resources.map(({ id }) => id);
}

/** As the release before this one does: it knows nothing of counts. @returns their ids */
async function insertAsBefore({ id }: TestWorkspace, table: string, rows: number): Promise<string[]> {
  const [names, values] =
    table === 'directory_user'
      ? ['user_name, user_name_key, active', `'n' || i || i.id, 'n' || i || i.id, true`]
      : ['display_name, display_name_key', `'g', 'g'`];
  const made = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO ${table} (workspace_id, id, ${names}, resource, created_at, modified_at)
     SELECT $1, i.id, ${values}, jsonb_build_object('userName', i.id, 'displayName', 'g'),
       $3::timestamptz + n / 10 * interval '1 ms', $3
     FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, $2::int) AS n) i RETURNING id`,
    [id, rows, service.clock.now()],
  );
  return made.map((row) => row.id);
}

async function deleteAsBefore({ id }: TestWorkspace): Promise<void> {
  await service.dataSource.query('DELETE FROM directory_user WHERE workspace_id = $1', [id]);
}

async function take(workspace: TestWorkspace, present: Present, one: Step): Promise<void> {
  const { scim, operator, id } = workspace;
  const chosen = (from: string[], at: number) => from[at % Math.max(from.length, 1)];
  switch (one.kind) {
    case 'user':
      present.users.push((await givenUser(scim)).id);
      return;
    case 'same user': {
      const body = userBody({ externalId: 'same' });
      const [first] = await Promise.all([scim.post('/Users', body), scim.post('/Users', body)]);
      expect([201, 409]).toContain(first.status);
      return;
    }
    case 'group':
      present.groups.push((await givenGroup(scim)).id);
      return;
    case 'groupOfAll':
      present.groups.push((await givenGroup(scim, {}, [...present.users, ...present.groups])).id);
      return;
    case 'bulk': {
      const data = [userBody(), { schemas: [groupUrn], displayName: 'Bulk' }, userBody({ userName: '' })];
      const Operations = data.map((each, at) => ({
        method: 'POST',
        path: at === 1 ? '/Groups' : '/Users',
        bulkId: `b${at}`,
        data: each,
      }));
      await scim.post('/Bulk', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations,
      });
      return;
    }
    case 'old user':
      present.users.push(...(await insertAsBefore(workspace, 'directory_user', 1)));
      return;
    case 'old group':
      present.groups.push(...(await insertAsBefore(workspace, 'directory_group', 1)));
      return;
    case 'old change': {
      // What it created itself it may take back: that was never counted.
      await service.dataSource.query(
        `DELETE FROM directory_user WHERE workspace_id = $1 AND id = $2::uuid AND NOT counted`,
        [id, chosen(present.users, one.who) ?? null],
      );
      return;
    }
    default:
      await takeFrom({ scim, operator, id }, present, one, chosen);
  }
}

async function takeFrom(
  { scim, operator, id }: Pick<TestWorkspace, 'scim' | 'operator' | 'id'>,
  present: Present,
  { kind, who: at }: Extract<Step, { who: number }>,
  chosen: (from: string[], at: number) => string | undefined,
): Promise<void> {
  const of = chosen(kind === 'delete group' ? present.groups : present.users, at);
  if (of === undefined) return;
  if (kind === 'erase') {
    const answer = await operator.post(`/operator/workspaces/${id}/directory-users/${of}/erase`, {
      reason: 'asked',
    });
    expect([200, 404]).toContain(answer.status);
  } else if (kind === 'switch off') {
    const answer = await scim.patch(`/Users/${of}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    });
    expect([200, 404]).toContain(answer.status);
  } else {
    const answer = await scim.delete(`/${kind === 'delete group' ? 'Groups' : 'Users'}/${of}`);
    expect([204, 404]).toContain(answer.status);
  }
}
