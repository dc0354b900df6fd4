import { describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import type { TestWorkspace } from '../harness/workspace.ts';

const service = useService();
const ours = useSharedWorkspace(service, { name: 'Ours' });
const theirs = useSharedWorkspace(service, { name: 'Theirs' });

async function tokenIdsOf(workspace: TestWorkspace): Promise<string[]> {
  const response = await workspace.admin.get('/api/tokens').expect(200);
  return response.body.items.map(({ id }) => id);
}

describe('two workspaces', () => {
  it('each see their own session', async () => {
    expect((await ours.admin.get('/api/session')).body).toMatchObject({
      workspace: { id: ours.id, name: 'Ours' },
    });
    expect((await theirs.admin.get('/api/session')).body).toMatchObject({ workspace: { id: theirs.id } });
  });

  it('cannot list, rotate or revoke the API tokens of the other', async () => {
    const [theirToken] = await tokenIdsOf(theirs);
    expect(await tokenIdsOf(ours)).not.toContain(theirToken);
    await ours.admin.post(`/api/tokens/${theirToken}/rotate`, { overlapHours: 0 }).expect(404);
    await ours.admin.delete(`/api/tokens/${theirToken}`).expect(404);
    await theirs.scim.get('/Users').expect(200);
    expect(await tokenIdsOf(theirs)).toEqual([theirToken]);
  });

  it('do not page into each other by a cursor', async () => {
    for (let n = 0; n < 2; n += 1) await theirs.admin.post('/api/tokens', { name: `${n}` }).expect(201);
    const response = await theirs.admin.get('/api/tokens?limit=1').expect(200);
    const { nextCursor } = response.body;
    await ours.admin.get(`/api/tokens?cursor=${nextCursor}`).expect(400);
  });

  it('have settings of their own', async () => {
    await ours.admin.patch('/api/user-provisioning/settings', { graceDays: 3 }).expect(200);
    const response = await theirs.admin.get('/api/user-provisioning/settings').expect(200);
    expect(response.body).toMatchObject({ graceDays: 30 });
  });

  it('keep their audit logs apart', async () => {
    const response = await theirs.admin.get('/api/audit-log').expect(200);
    const actions = response.body.items.map(({ action }) => action);
    expect(actions).toContain('provisioning.activated');
    expect(actions).not.toContain('settings.changed');
  });

  it('stop and start apart', async () => {
    await ours.admin.post('/api/user-provisioning/deactivate').expect(200);
    await ours.scim.get('/Users').expect(401);
    await theirs.scim.get('/Users').expect(200);
  });
});
