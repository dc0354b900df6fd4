import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Member, synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const people = 24;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const service = useService();

describe('a directory and its mirror image', () => {
  it.each(['deactivated', 'deleted'])(
    'all are %s and all return: the same members, as they were',
    async (how) => {
      const workspace = await given();
      const ids = await arrive(workspace, inOrder());
      await synchronize(workspace.admin);
      const before = await allMembers(workspace.admin);
      expect(before.filter(({ managerId }) => managerId !== null)).toHaveLength(people - 1);
      for (const id of ids.values()) {
        if (how === 'deleted') await workspace.scim.delete(`/Users/${id}`).expect(204);
        else await changePerson(workspace.scim, id, { active: false });
      }
      await synchronize(workspace.admin);
      expect(await allMembers(workspace.admin, '&status=active')).toEqual([]);
      if (how === 'deleted') await arrive(workspace, inOrder().reverse());
      else for (const id of ids.values()) await changePerson(workspace.scim, id, { active: true });
      await synchronize(workspace.admin);
      const after = await allMembers(workspace.admin);
      expect(after.map(timeless)).toEqual(before.map(timeless));
    },
  );

  it('comes out the same whatever the order in which people arrive', async () => {
    const pictures: unknown[] = [];
    for (const order of [inOrder(), inOrder().reverse(), interleaved()]) {
      const workspace = await given();
      await arrive(workspace, order);
      await synchronize(workspace.admin);
      pictures.push(picture(await allMembers(workspace.admin)));
    }
    expect(pictures[1]).toEqual(pictures[0]);
    expect(pictures[2]).toEqual(pictures[0]);
  });
});

async function given(): Promise<TestWorkspace> {
  const workspace = await givenWorkspace(service);
  const settings = { leavers: 'next_sync', removalGuard: { percent: 100, atLeast: 1000 } };
  await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
  return workspace;
}

/** Everybody but the first has a manager, named by externalId. */
async function arrive({ scim }: TestWorkspace, order: number[]): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  for (const n of order) {
    const manager = { value: `external-${address(Math.floor((n - 1) / 2))}` };
    const more = n === 0 ? {} : { [enterprise]: { manager } };
    ids.set(n, await givenPerson(scim, address(n), { title: `Title ${n}`, ...more }));
  }
  return ids;
}

function address(n: number): string {
  return `person${n}@example.com`;
}

function inOrder(): number[] {
  return Array.from({ length: people }, (_, n) => n);
}

function interleaved(): number[] {
  return inOrder().map((n) => (n * 7) % people);
}

function timeless(member: Member): unknown {
  return { ...member, createdAt: null, updatedAt: null };
}

/** Members as their addresses, since ids are new in each workspace. */
function picture(members: Member[]): unknown[] {
  const emailOf = new Map(members.map(({ id, email }) => [id, email]));
  return members
    .map(({ email, displayName, jobTitle, status, managerId }) => ({
      email,
      displayName,
      jobTitle,
      status,
      manager: emailOf.get(managerId ?? ''),
    }))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}
