import { DatabaseSync } from 'node:sqlite';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from '../src/client.ts';
import type { Member } from '../src/event.ts';
import { mirror } from '../src/mirror.ts';
import type { Mirror } from '../src/mirror-options.ts';
import type { Store, StoreTransaction } from '../src/store.ts';
import { SqliteStore } from '../src/stores/sqlite-store.ts';
import { FakeService, type FakeWorkspace, type Step } from './fake-service.ts';

const peopleMax = 12;
const groupsMax = 3;
const member = fc.nat({ max: peopleMax });
const group = fc.nat({ max: groupsMax });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('change', 'change', 'suspend', 'remove'), member }),
  fc.record({ do: fc.constantFrom('rename', 'rename', 'delete'), group }),
  fc.record({ do: fc.constantFrom('join', 'join', 'leave'), group, member }),
);
/** What happens to a workspace, to the feed, and to the process of the mirror. */
const anyHappening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      workspace: fc.nat({ max: 1 }),
      steps: fc.array(anyStep, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ dieAfter: fc.nat({ max: 25 }) }) },
  { weight: 1, arbitrary: fc.record({ forget: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 1, arbitrary: fc.record({ spoil: fc.nat({ max: peopleMax }) }) },
);

it('a copy is right in the end, whatever happens and wherever its process is killed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyHappening, { maxLength: 25 }), fc.boolean(), async (happenings, onlyOne) => {
      const service = new FakeService(2);
      const database = new DatabaseSync(':memory:');
      const only = onlyOne ? service.workspaces[0]?.id : undefined;
      const scene = { service, database, only };
      for (const happening of happenings) {
        if ('steps' in happening)
          for (const step of happening.steps) service.workspaces[happening.workspace]?.take(step);
        else if ('forget' in happening) service.forget(happening.forget);
        else if ('spoil' in happening) spoil(database, happening.spoil);
        else await catchUpUntilKilled(scene, happening.dieAfter);
      }
      const copy = mirrorOf(scene, database);
      await copy.catchUp();
      await copy.verify();
      const verified = await copy.verify();
      expect(verified.flatMap(({ differentBuckets }) => differentBuckets)).toEqual([]);
      const followed = service.workspaces.filter(({ id }) => only === undefined || id === only);
      for (const workspace of followed) expectSame(database, workspace);
    }),
    { numRuns: 150 },
  );
});

interface Scene {
  service: FakeService;
  database: DatabaseSync;
  only: string | undefined;
}

function mirrorOf(
  { service, only }: Scene,
  database: DatabaseSync,
  wrap = (store: Store): Store => store,
): Mirror {
  const client = createClient({ url: 'http://service', key: 'upk_test', fetch: service.fetch });
  return mirror(wrap(new SqliteStore(database)), {
    client,
    buckets: 8,
    ...(only !== undefined && { workspaceId: only }),
  });
}

/** The process ends after so many things that it does: a request, a statement of its transaction, a line of a snapshot. */
async function catchUpUntilKilled(scene: Scene, dieAfter: number): Promise<void> {
  let left = dieAfter;
  const live = () => {
    left -= 1;
    if (left < 0) throw new Killed();
  };
  scene.service.disturb = live;
  scene.service.onLine = live;
  const copy = mirrorOf(scene, scene.database, (store) => mortal(store, live));
  await copy
    .catchUp()
    .then(
      () => copy.verify(),
      (error: unknown) => {
        if (!isKilled(error)) throw error;
      },
    )
    .catch((error: unknown) => {
      if (!isKilled(error)) throw error;
    });
  scene.service.disturb = () => undefined;
  scene.service.onLine = () => undefined;
}

class Killed extends Error {}

function isKilled(error: unknown): boolean {
  return error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);
}

/** A store of a process that may be killed before each statement: the database undoes the transaction. */
function mortal(store: Store, live: () => void): Store {
  return {
    transaction: (work) =>
      store.transaction((transaction) =>
        work(
          new Proxy<StoreTransaction>(transaction, {
            get(target, name) {
              live();
              const value: unknown = Reflect.get(target, name);
              return typeof value === 'function' ? (value.bind(target) as unknown) : value;
            },
          }),
        ),
      ),
  };
}

/** Somebody changes the copy by hand. */
function spoil(database: DatabaseSync, number: number): void {
  const exists = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'mirror_member'`).get();
  if (exists === undefined) return;
  const [row] = database.prepare('SELECT workspace_id, id FROM mirror_member LIMIT 1 OFFSET ?').all(number);
  if (row === undefined) return;
  const statement =
    number % 2 === 0 ? 'DELETE FROM mirror_member' : 'UPDATE mirror_member SET version = version + 7';
  database
    .prepare(`${statement} WHERE workspace_id = ? AND id = ?`)
    .run(row.workspace_id ?? '', row.id ?? '');
}

function expectSame(database: DatabaseSync, workspace: FakeWorkspace): void {
  const rows = database
    .prepare('SELECT data FROM mirror_member WHERE workspace_id = ? ORDER BY id')
    .all(workspace.id);
  const groups = database
    .prepare('SELECT id, name FROM mirror_group WHERE workspace_id = ? ORDER BY id')
    .all(workspace.id);
  const memberships = database
    .prepare(
      'SELECT member_id, group_id FROM mirror_membership WHERE workspace_id = ? ORDER BY member_id, group_id',
    )
    .all(workspace.id);
  const members = workspace.members.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(rows.map(({ data }) => JSON.parse(String(data)) as Member)).toEqual(
    members.map(({ groups: _, ...rest }) => rest),
  );
  expect(groups.map((row) => ({ ...row }))).toEqual(
    workspace.groups.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  expect(memberships.map((row) => ({ ...row }))).toEqual(
    members.flatMap(({ id, groups: own }) =>
      own
        .map((each) => ({ member_id: id, group_id: each.id }))
        .toSorted((a, b) => (a.group_id < b.group_id ? -1 : 1)),
    ),
  );
}
