import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  idsBy,
  memberIds,
  patchOf,
  readGroup,
  readUser,
  userBody,
  type Resource,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const ours = useSharedWorkspace(service, { name: 'Ours' });
const theirs = useSharedWorkspace(service, { name: 'Theirs' });
let theirUser: Resource;
let theirGroup: Resource;

beforeAll(async () => {
  theirUser = await givenUser(theirs.scim, {
    userName: 'shared@example.com',
    externalId: 'shared-id',
    displayName: 'Their User',
    emails: [{ type: 'work', value: 'shared@example.com' }],
  });
  theirGroup = await givenGroup(theirs.scim, { displayName: 'Their Group', externalId: 'shared-group' }, [
    theirUser.id,
  ]);
  theirUser = await readUser(theirs.scim, theirUser.id);
});

describe('two workspaces', () => {
  it('do not reach each other by id: every verb is 404', async () => {
    const change = patchOf({ op: 'replace', path: 'displayName', value: 'Stolen' });
    for (const [path, body] of [
      [`/Users/${theirUser.id}`, userBody()],
      [`/Groups/${theirGroup.id}`, { displayName: 'Stolen' }],
    ] as const) {
      expectScimError(await ours.scim.get(path), 404);
      expectScimError(await ours.scim.put(path, body), 404);
      expectScimError(await ours.scim.patch(path, change), 404);
      expectScimError(await ours.scim.patch(path, change).set('If-Match', '*'), 404);
      expectScimError(await ours.scim.delete(path), 404);
    }
    const join = patchOf({ op: 'add', path: 'members', value: [{ value: 'x' }] });
    const clear = patchOf({ op: 'remove', path: 'members' });
    expectScimError(await ours.scim.patch(`/Groups/${theirGroup.id}`, join), 404);
    expectScimError(await ours.scim.patch(`/Groups/${theirGroup.id}`, clear), 404);
    expect(await readUser(theirs.scim, theirUser.id)).toEqual(theirUser);
    expect(await readGroup(theirs.scim, theirGroup.id)).toEqual(theirGroup);
  });

  it('do not see each other in lists, filters and searches', async () => {
    for (const filter of [
      'userName eq "shared@example.com"',
      'externalId eq "shared-id"',
      `id eq "${theirUser.id}"`,
      'emails[type eq "work"].value eq "shared@example.com"',
      'displayName co "their"',
      'not (userName eq "x")',
      'userName eq "x" or userName pr',
      `groups eq "${theirGroup.id}"`,
    ]) {
      expect(await idsBy(ours.scim, 'Users', filter)).toEqual([]);
      const searched = await ours.scim.post('/Users/.search', { filter }).expect(200);
      expect(searched.body.totalResults).toBe(0);
    }
    for (const filter of [
      'displayName pr',
      `id eq "${theirGroup.id}"`,
      `members eq "${theirUser.id}"`,
      'externalId eq "shared-group"',
    ]) {
      expect(await idsBy(ours.scim, 'Groups', filter)).toEqual([]);
    }
    expect((await ours.scim.get('/Users')).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await ours.scim.get('/Groups?sortBy=displayName')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
  });

  it('may have the same names and external ids, and change them apart', async () => {
    const user = await givenUser(ours.scim, { userName: 'SHARED@example.com', externalId: 'shared-id' });
    const group = await givenGroup(ours.scim, { displayName: 'Their Group', externalId: 'shared-group' });
    await ours.scim
      .patch(`/Users/${user.id}`, patchOf({ op: 'replace', path: 'active', value: false }))
      .expect(200);
    expect(await readUser(theirs.scim, theirUser.id)).toEqual(theirUser);
    const revived = await ours.scim
      .post('/Users', userBody({ userName: 'SHARED@example.com', externalId: 'shared-id' }))
      .expect(201);
    expect(revived.body.id).toBe(user.id);
    await ours.scim.delete(`/Users/${user.id}`).expect(204);
    await ours.scim.delete(`/Groups/${group.id}`).expect(204);
    expect(await readUser(theirs.scim, theirUser.id)).toEqual(theirUser);
    expect(await readGroup(theirs.scim, theirGroup.id)).toEqual(theirGroup);
  });

  it('do not resolve references into each other: managers', async () => {
    for (const value of [theirUser.id, 'shared-id']) {
      const user = await givenUser(ours.scim, { [enterpriseUrn]: { manager: { value } } });
      expect(user[enterpriseUrn]).toEqual({ manager: { value } });
      expect(await readUser(ours.scim, user.id)).toEqual(user);
      const change = patchOf({ op: 'replace', path: 'title', value: 'x' });
      const patched = await ours.scim.patch(`/Users/${user.id}`, change).expect(200);
      expect(patched.body[enterpriseUrn]).toEqual({ manager: { value } });
    }
  });

  it('do not resolve references into each other: members', async () => {
    const group = await givenGroup(ours.scim, {}, [theirUser.id, 'shared-id']);
    expect(group.members).toEqual(
      expect.arrayContaining([
        { value: theirUser.id, type: 'User' },
        { value: 'shared-id', type: 'User' },
      ]),
    );
    expect(await readUser(theirs.scim, theirUser.id)).toMatchObject({ groups: [{ value: theirGroup.id }] });
    await theirs.scim.delete(`/Users/${theirUser.id}`).expect(204);
    expect(await memberIds(ours.scim, group.id)).toEqual([theirUser.id, 'shared-id'].sort());
    await givenUser(theirs.scim, { externalId: 'shared-id' });
    expect(await memberIds(ours.scim, group.id)).toEqual([theirUser.id, 'shared-id'].sort());
  });

  it('are told apart by the token alone, whatever a request says besides', async () => {
    const response = await ours.scim
      .get(`/Users?workspaceId=${theirs.id}&workspace_id=${theirs.id}`)
      .set('X-Workspace-Id', theirs.id);
    expectScimAnswer(response, 200);
    const body = response.body;
    expect(body.Resources.some(({ displayName }) => displayName === 'Their User')).toBe(false);
    const created = await ours.scim.post(
      '/Users',
      userBody({ workspaceId: theirs.id, workspace_id: theirs.id }),
    );
    expectScimAnswer(created, 201);
    expectScimError(await theirs.scim.get(`/Users/${created.body.id}`), 404);
  });

  it('leave no row of one under the name of the other', async () => {
    const crossing = await service.dataSource.query<unknown[]>(
      `SELECT m.* FROM directory_group_member m JOIN directory_user u ON u.id = m.user_id
       WHERE u.workspace_id <> m.workspace_id
       UNION ALL
       SELECT m.* FROM directory_group_member m JOIN directory_group g ON g.id = m.group_id
       WHERE g.workspace_id <> m.workspace_id`,
    );
    expect(crossing).toEqual([]);
  });
});
