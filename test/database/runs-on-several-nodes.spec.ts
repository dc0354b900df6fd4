import { describe, expect, it } from '@jest/globals';
import type { LeaversService } from '../../src/sync/workers/leavers.service.ts';
import { enterpriseUrn, givenGroup, patchOf, userBody } from '../scim/directory.ts';
import { type Place, useSeveralAndPlain } from '../harness/several-nodes.ts';
import { allMembers, eventually, type Run, synchronize } from '../harness/synchronize.ts';
import type { TestWorkspace } from '../harness/workspace.ts';

const { several, plain, sent } = useSeveralAndPlain();

const setLeavers = ({ admin }: TestWorkspace, leavers: 'immediately' | 'next_sync') =>
  admin.patch('/api/user-provisioning/settings', { leavers }).expect(200);
const pause = ({ admin }: TestWorkspace) =>
  admin.post('/api/user-provisioning/automatic-sync/pause').expect(200);

/** What keeps leavers from being handled at once, and what ends it. */
const returns: Readonly<
  Record<
    string,
    {
      begins: (workspace: TestWorkspace) => PromiseLike<unknown>;
      ends: (place: Place) => PromiseLike<unknown>;
    }
  >
> = {
  'synchronization was paused': {
    begins: pause,
    ends: ({ workspace }) => workspace.admin.post('/api/user-provisioning/automatic-sync/start').expect(200),
  },
  'leavers waited for a run': {
    begins: (workspace) => setLeavers(workspace, 'next_sync'),
    ends: ({ workspace }) => setLeavers(workspace, 'immediately'),
  },
  'the plan was about to end': {
    begins: pause,
    ends: async ({ service, workspace: { id, operator } }) => {
      await operator.patch(`/operator/workspaces/${id}`, { entitled: false }).expect(200);
      await service.dataSource.query(`UPDATE workspace SET automatic_sync = 'on' WHERE id = $1`, [id]);
      await operator.patch(`/operator/workspaces/${id}`, { entitled: true }).expect(200);
    },
  },
};

describe('a run where rows lie on several nodes', () => {
  it('makes of people, managers, groups, leavers and late references what it makes elsewhere', async () => {
    const seen = await Promise.all([several, plain].map(async (place) => story(place)));
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[1]?.runs.map(({ counts }) => counts)).toMatchObject([
      { create: 4 },
      { create: 1, update: 1 },
    ]);
  });

  it('sends what needs no answer of another statement to the node by one command', async () => {
    const { workspace } = several;
    for (const name of ['one', 'two'])
      await workspace.scim.post('/Users', named(name, 'together')).expect(201);
    sent.length = 0;
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: { create: 2 } });
    // What asks a table of workspaces goes to its node: by itself, unless it is one of several.
    const many = sent.filter((text) => text.includes('FROM in_transaction_on_node_many('));
    // Looks over all workspaces may come at any time; they say so first.
    const byItself = sent.filter(
      (text) =>
        /INTO (?:member|sync_link|sync_change)|FROM sync_queue q/u.test(text) &&
        !text.startsWith('WITH RECURSIVE waiting'),
    );
    expect({ many: many.length, byItself }).toEqual({ many: 6, byItself: [] });
  });

  it('who has left is looked for in their workspace, not on all nodes', async () => {
    const { service, workspace } = several;
    const { body: user } = await workspace.scim.post('/Users', named('left', 'lane')).expect(201);
    await synchronize(workspace.admin);
    await service.provider<LeaversService>('LeaversService').tick();
    sent.length = 0;
    const leave = patchOf({ op: 'replace', path: 'active', value: false });
    await workspace.scim.patch(`/Users/${user.id}`, leave).expect(200);
    await eventually(async () => {
      const member = (await allMembers(workspace.admin)).find(({ email }) => email === 'left@lane.example');
      return member?.status === 'deactivated' ? true : null;
    });
    expect(sent.filter((text) => text.includes('SELECT DISTINCT workspace_id, reason'))).toEqual([]);
  });

  it.each(Object.keys(returns))(
    'who left while %s is deactivated at once when that is over',
    async (what) => {
      const { service, workspace } = several;
      const { begins, ends } = returns[what]!;
      const name = what.replaceAll(' ', '-');
      const { body: user } = await workspace.scim.post('/Users', named(name, 'late')).expect(201);
      await synchronize(workspace.admin);
      await begins(workspace);
      const leave = patchOf({ op: 'replace', path: 'active', value: false });
      await workspace.scim.patch(`/Users/${user.id}`, leave).expect(200);
      // All nodes are asked again half a minute after this.
      await service.provider<LeaversService>('LeaversService').tick();
      const statusIs = async (status: string) => {
        const [member] = await service.dataSource.query<{ status: string }[]>(
          'SELECT status FROM member WHERE workspace_id = $1 AND email = $2',
          [workspace.id, `${name}@late.example`],
        );
        return member?.status === status ? true : null;
      };
      expect(await statusIs('active')).toBe(true);
      await ends(several);
      await eventually(() => statusIs('deactivated'), 20_000);
    },
  );

  it('a look for leavers that finds as many workspaces as it takes looks again at once', async () => {
    const { service, workspace } = several;
    const leavers = service.provider<LeaversService>('LeaversService');
    await leavers.tick();
    await service.dataSource.query(
      `WITH copies AS (
         INSERT INTO workspace (id, name, slug, entitled, settings, activated_at, automatic_sync, created_at, updated_at)
         SELECT uuidv7(), 'Copy', 'leavers-' || n, true, settings || '{"leavers": "immediately"}', activated_at, 'on',
           created_at, updated_at
         FROM workspace, generate_series(1, 101) AS n WHERE id = $1 RETURNING id)
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT id, uuidv7(), uuidv7(), 'leaver', $2::timestamptz FROM copies`,
      [workspace.id, service.clock.now()],
    );
    const left = async () => {
      const [row] = await service.dataSource.query<{ left: number }[]>(
        `SELECT count(*)::int AS left FROM sync_queue WHERE reason = 'leaver'`,
      );
      return row?.left;
    };
    expect(await left()).toBe(101);
    leavers.poke();
    await eventually(async () => ((await left()) === 0 ? true : null), 25_000);
  });
});

function named(name: string, where: string, more: object = {}) {
  return userBody({ externalId: name, userName: `${name}@${where}.example`, ...more });
}

/** Two runs; what became of everybody, without ids and times. */
async function story({ service, workspace }: Place) {
  const { scim, admin } = workspace;
  const people = new Map<string, string>();
  const create = async (name: string, more: object = {}) => {
    const { body } = await scim.post('/Users', named(name, 'story', more)).expect(201);
    people.set(name, body.id);
  };
  await create('report', { [enterpriseUrn]: { manager: { value: 'boss' }, department: `O'Neil "\\" {a}` } });
  await create('boss', { title: `it's` });
  await create('leaver');
  await create('again', { [enterpriseUrn]: { manager: { value: 'late' } } });
  const members = [...people.values()].map((value) => ({ value }));
  await givenGroup(scim, { displayName: 'Everybody', members });
  const runs: Run[] = [await synchronize(admin)];
  await create('late');
  await scim
    .patch(`/Users/${people.get('again')}`, patchOf({ op: 'replace', path: 'title', value: 'Again' }))
    .expect(200);
  await scim
    .patch(`/Users/${people.get('leaver')}`, patchOf({ op: 'replace', path: 'active', value: false }))
    .expect(200);
  const read = (text: string) => service.dataSource.query<Record<string, unknown>[]>(text, [workspace.id]);
  // The lane of leavers is faster than the run, or it would not be the same each time who does it.
  await eventually(async () => {
    const gone = await read(`SELECT FROM member WHERE workspace_id = $1 AND status <> 'active'`);
    return gone.length > 0 ? true : null;
  });
  runs.push(await synchronize(admin));
  return {
    runs: runs.map(({ state, counts, total, done }) => ({ state, counts, total, done })),
    members:
      await read(`SELECT m.email, m.status, m.display_name, m.properties, m.version, b.email AS boss FROM member m
      LEFT JOIN member b ON b.workspace_id = m.workspace_id AND b.id = m.manager_id
      WHERE m.workspace_id = $1 ORDER BY m.email`),
    links: await read(
      `SELECT external_id, state, reason FROM sync_link WHERE workspace_id = $1 ORDER BY external_id`,
    ),
    changes: await read(`SELECT c.name, c.kind, c.state, c.waits_for, r.trigger FROM sync_change c
      JOIN sync_run r ON r.workspace_id = c.workspace_id AND r.id = c.run_id
      WHERE c.workspace_id = $1 ORDER BY c.name, c.at, c.kind`),
    groups: await read(`SELECT g.name, m.email FROM member_group g
      JOIN member_group_member gm ON gm.workspace_id = g.workspace_id AND gm.group_id = g.id
      JOIN member m ON m.workspace_id = g.workspace_id AND m.id = gm.member_id
      WHERE g.workspace_id = $1 ORDER BY m.email`),
    events: await read(
      `SELECT type, count(*) FROM event WHERE workspace_id = $1 GROUP BY type ORDER BY type`,
    ),
    queue: await read(`SELECT reason FROM sync_queue WHERE workspace_id = $1 ORDER BY reason`),
  };
}
