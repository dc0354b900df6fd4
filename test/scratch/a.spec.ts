import { describe, it } from '@jest/globals';
import { personBody } from '../harness/directory-person.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { useService } from '../harness/use-service.ts';

const service = useService({ quotas: { users: 40 } } as never);
const tally = (xs: any[]) => JSON.stringify(xs.reduce((m: any, x: any) => ({ ...m, [x]: (m[x] ?? 0) + 1 }), {}));
describe('scratch', () => {
  it('erased while writes wait', async () => {
    for (let round = 0; round < 3; round += 1) {
      const ws = await givenWorkspace(service);
      const writes = Array.from({ length: 120 }, (_, n) => new Promise((r) => setTimeout(r, n * 2)).then(() => ws.scim.post('/Users', personBody(`p${n}@example.com`))));
      await new Promise((r) => setTimeout(r, 60));
      const gone = await ws.operator.delete(`/operator/workspaces/${ws.id}`);
      const done = await Promise.all(writes);
      console.log(gone.status, tally(done.map((d) => d.status)), JSON.stringify(done.find((d) => d.status >= 500)?.body));
      await new Promise((r) => setTimeout(r, 1500));
      console.log(await service.dataSource.query(`select (select count(*) from directory_user where workspace_id=$1) u, (select count(*) from sync_queue where workspace_id=$1) q, (select count(*) from directory_event where workspace_id=$1) e,(select count(*) from provisioning_log where workspace_id=$1) l`, [ws.id]));
    }
  });
  it('suspended while writes wait', async () => {
    const ws = await givenWorkspace(service);
    const writes = Array.from({ length: 60 }, (_, n) => ws.scim.post('/Users', personBody(`p${n}@example.com`)));
    const s = await ws.operator.post(`/operator/workspaces/${ws.id}/suspend`, { minutes: 5 } as never);
    const done = await Promise.all(writes);
    console.log(s.status, tally(done.map((d) => d.status)));
  });
  it('patches twice and deletes at once, one person', async () => {
    const ws = await givenWorkspace(service);
    const { body } = await ws.scim.post('/Users', personBody('a@example.com'));
    const { body: b2 } = await ws.scim.post('/Users', personBody('b@example.com'));
    const p = (id: string, path: string, value: unknown) => ws.scim.patch(`/Users/${id}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path, value }] });
    const all = await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => p(body.id, 'title', `t${n}`)),
      ...Array.from({ length: 5 }, (_, n) => p(b2.id, 'nickName', `t${n}`)),
      p(body.id, 'userName', 'c@example.com'), p(b2.id, 'userName', 'c@example.com'), p(b2.id, 'active', false), p(b2.id, 'active', true),
      ws.scim.put(`/Users/${body.id}`, personBody('a@example.com', { title: 'put' })),
      ws.scim.delete(`/Users/${b2.id}`),
      ...Array.from({ length: 5 }, () => ws.scim.post('/Users', personBody('new@example.com'))),
    ]);
    console.log(tally(all.map((d) => d.status)));
    console.log((await ws.scim.get('/Users')).body.Resources.map((r: any) => [r.userName, r.title, r.meta.version]));
    const ev = await service.dataSource.query('select kind, count(*) from directory_event where workspace_id=$1 group by 1', [ws.id]);
    console.log(ev);
    const log = (await ws.admin.get('/api/provisioning-log?limit=100' as never) as any);
    console.log(log.status, log.body?.items?.length);
  });
});
