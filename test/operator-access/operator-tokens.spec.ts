import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { type Client, productClient } from '../harness/workspace.ts';

const ada = '4f1d2b9a7c3e8056d1b2a4c6e8f00913';
const robot = 'b7a90c1e5d3f48261a0c9e7b5d3f1128';
const folder = mkdtempSync(join(tmpdir(), 'operator-tokens-'));
const file = join(folder, 'tokens');
writeFileSync(file, `# people\nada ${ada}\n# programs\nback-office ${robot}\n`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const service = useService({ config: { OPERATOR_TOKEN_FILE: file } });
const workspace = useWorkspace(service);

const as = (token: string): Client => productClient(service, token);
const actorsOf = async (action: string) => {
  const { body } = await workspace.admin.get(`/api/audit-log?action=${action}`).expect(200);
  return body.items.map(({ actor }) => [actor.kind, actor.name]);
};

it('each operator is told by name in the audit log, and OPERATOR_TOKEN works beside them without one', async () => {
  const path = `/operator/workspaces/${workspace.id}` as const;
  await as(ada).patch(path, { name: 'By Ada' }).expect(200);
  await as(robot).patch(path, { name: 'By a robot' }).expect(200);
  await workspace.operator.patch(path, { name: 'By nobody in particular' }).expect(200);
  expect(await actorsOf('workspace.renamed')).toEqual([
    ['operator', null],
    ['operator', 'back-office'],
    ['operator', 'ada'],
  ]);
  const byAda = await workspace.admin.get('/api/audit-log?actor=ada').expect(200);
  expect(byAda.body.items.map(({ action }) => action)).toEqual(['workspace.renamed']);
});

it('what an operator does with keys, webhooks, links and sessions is theirs, too', async () => {
  const operator = as(ada);
  const body = { name: 'CRM', scopes: ['members:read'], workspaceIds: [workspace.id] };
  const key = (await operator.post('/operator/keys', body).expect(201)).body;
  await as(robot).post(`/operator/keys/${key.id}/rotate`, { overlapHours: 1 }).expect(201);
  await operator.delete(`/operator/keys/${key.id}`).expect(204);
  await operator
    .post('/operator/webhooks', {
      url: 'https://example.com/hook',
      workspaceIds: [workspace.id],
    })
    .expect(201);
  await operator
    .post(`/operator/workspaces/${workspace.id}/admin-links`, { email: 'bob@example.com' })
    .expect(201);
  await operator.delete(`/operator/workspaces/${workspace.id}/sessions?email=bob@example.com`).expect(200);
  expect(await actorsOf('product-key.issued')).toEqual([['operator', 'ada']]);
  expect(await actorsOf('product-key.rotated')).toEqual([['operator', 'back-office']]);
  expect(await actorsOf('product-key.revoked')).toEqual([['operator', 'ada']]);
  expect(await actorsOf('webhook.created')).toEqual([['operator', 'ada']]);
  expect(await actorsOf('admin-link.created')).toContainEqual(['operator', 'ada']);
  expect(await actorsOf('sessions.revoked')).toEqual([['operator', 'ada']]);
});

it('an erasure says who did it', async () => {
  await as(ada).delete(`/operator/workspaces/${workspace.id}`).expect(204);
  const { body } = await as(robot).get(`/operator/erasures?workspaceId=${workspace.id}`).expect(200);
  expect(body.items).toMatchObject([{ by: 'operator', byName: 'ada' }]);
});

it('a name opens nothing, nor does a token that was cut off', async () => {
  for (const wrong of ['ada', `ada ${ada}`, ada.slice(0, -1), `${ada}0`])
    expect((await as(wrong).get('/operator/workspaces')).status).toBe(401);
  const refused = await as(ada).get('/api/session').expect(401);
  expect(refused.body.detail).toContain('What came is the operator token.');
  expect(refused.body.detail).not.toContain(ada.slice(0, 6));
});
