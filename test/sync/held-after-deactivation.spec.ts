import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldAccessService } from '../../src/sync/workers/held-access.service.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { admin, scim } = workspace;

/** Held, and so without access, when user provisioning is switched off. */
let person: string;
let id: string;

beforeEach(async () => {
  const settings = { leavers: 'next_sync', removalGuard: { percent: 0, atLeast: 0 } };
  await admin.patch('/api/user-provisioning/settings', settings).expect(200);
  person = await givenPerson(scim, 'ada@example.com');
  await synchronize(admin);
  await changePerson(scim, person, { active: false });
  await synchronize(admin);
  const [member] = await allMembers(admin);
  if (member === undefined) throw new Error('Nobody is a member');
  id = member.id;
  expect(member).toMatchObject({ access: 'suspended', suspension: null });
  await admin.post('/api/user-provisioning/deactivate').expect(200);
});

const accessNow = async () => (await admin.get(`/api/members/${id}`).expect(200)).body.access;

describe('a member whose deactivation is held when user provisioning is switched off', () => {
  it('can be found in the directory, and is decided about like before', async () => {
    const { body: found } = await admin.get(`/api/directory/users?memberId=${id}`).expect(200);
    expect(found.items).toMatchObject([{ directoryUserId: person, memberId: id }]);
    const decide = (action: 'approve' | 'reject') =>
      admin.post('/api/sync-preview/bulk', { action, directoryUserIds: [person] }).expect(200);
    expect((await decide('reject')).body).toMatchObject({ done: 1 });
    expect(await accessNow()).toBe('granted');
  });

  it('keeps the access that an admin gave back, whatever is looked for in the background', async () => {
    await admin.patch(`/api/members/${id}`, { status: 'deactivated' }).expect(200);
    await admin.patch(`/api/members/${id}`, { status: 'active' }).expect(200);
    await service.provider<HeldAccessService>('HeldAccessService').look();
    expect(await accessNow()).toBe('granted');
  });
});
