import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService } from '../harness/use-service.ts';
import {
  adminClient,
  type Client,
  givenProductKey,
  operatorClient,
  productClient,
  signIn,
  workspacePath,
} from '../harness/workspace.ts';

const service = useService();
let operator: Client;
let count = 0;

beforeAll(() => {
  operator = operatorClient(service);
});

const anId = '01890000-0000-7000-8000-000000000000';
const taken = 'urn:user-provisioning:problem:external-id-taken';
const fresh = () => `crm-${(count += 1)}`;

async function givenWorkspaceOf(externalId: string) {
  return (await operator.put(workspacePath(externalId), { name: 'Example' }).expect(201)).body;
}

describe('the vendor’s own id of a workspace', () => {
  it.each([
    'acct_42',
    'a/b',
    'a b',
    'a%2Fb',
    '100%',
    'x?y#z&w=1',
    'ext:a',
    '018f0000-0000-7000-8000-000000000000',
    'Größe',
    '株式会社',
    '🏢',
    '..',
    'a+b',
    '"quoted"',
    "'; DROP TABLE workspace; --",
    'x'.repeat(200),
    '🏢'.repeat(200),
  ])('%j names it in every path', async (externalId) => {
    const { body: made } = await operator.put(workspacePath(externalId), { name: 'One' }).expect(201);
    expect(made).toMatchObject({ name: 'One', externalId });
    expect((await operator.get(workspacePath(externalId)).expect(200)).body).toEqual(made);
    expect((await operator.put(workspacePath(externalId), { name: 'One' }).expect(200)).body).toEqual(made);
    const renamed = await operator.patch(workspacePath(externalId), { name: 'Two' }).expect(200);
    expect(renamed.body).toEqual({ ...made, name: 'Two' });
    const link = await operator
      .post(`${workspacePath(externalId)}/admin-links`, { email: 'ada@example.com' })
      .expect(201);
    expect(link.body).toMatchObject({ workspaceId: made.id, workspaceExternalId: externalId });
    await operator.delete(workspacePath(externalId)).expect(204);
    await operator.get(workspacePath(externalId)).expect(404);
    const query = encodeURIComponent(`ext:${externalId}`);
    const { body } = await operator.get(`/operator/erasures?workspaceId=${query}`).expect(200);
    expect(body.items.map((erased) => erased.workspaceId)).toEqual([made.id]);
  });

  it.each([
    ['nothing', ''],
    ['a blank', '%20'],
    ['a blank at its beginning', '%20a'],
    ['a blank at its end', 'a%20'],
    ['NUL', 'a%00b'],
    ['a line end', 'a%0Ab'],
    ['something invisible', 'a%E2%80%8Bb'],
    ['a direction override', 'a%E2%80%AEb'],
    ['201 characters', 'x'.repeat(201)],
  ])('cannot hold %s: a 400 that says what and where, in every path', async (_what, encoded) => {
    const path = `/operator/workspaces/ext:${encoded}` as const;
    for (const answer of [
      await operator.get(path),
      await operator.put(path, { name: 'x' }),
      await operator.patch(path, { name: 'x' }),
      await operator.delete(path),
      await operator.post(`${path}/admin-links`, { email: 'ada@example.com' }),
    ]) {
      expect(answer.status).toBe(400);
      const { errors } = answer.body as { errors: { path: string; message: string }[] };
      expect(errors).toEqual([
        expect.objectContaining({
          path: 'id',
          message: expect.stringMatching(/^id names nothing: what follows "ext:" must be 1 to 200 visible/),
        }),
      ]);
    }
    const body = { name: 'x', externalId: decodeURIComponent(encoded) };
    const refused = await operator.post('/operator/workspaces', body).expect(400);
    expect(refused.body.errors?.map((fault) => fault.path)).toEqual(['externalId']);
    const query = await operator.get(`/operator/erasures?workspaceId=ext:${encoded}`).expect(400);
    expect(query.body.errors?.map((fault) => fault.path)).toEqual(['workspaceId']);
  });

  it.each(['%ZZ', '%C3', 'nobody', 'EXT:a', 'ext', 'external:a'])('is not meant by %s', async (text) => {
    const { status } = await operator.get(`/operator/workspaces/${text}`);
    expect([400, 404]).toContain(status);
    expect(text.startsWith('%') || status === 404).toBe(true);
  });

  it('tells upper from lower case, and composed from decomposed letters', async () => {
    const ids = await Promise.all(['Ä-x', 'ä-x', 'A\u0308-x'].map((id) => givenWorkspaceOf(id)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });

  it('comes with POST and PATCH, is unique, and null takes it away', async () => {
    const externalId = fresh();
    const post = (body: object) => operator.post('/operator/workspaces', body);
    const { body: made } = await post({ name: 'One', externalId }).expect(201);
    expect(made.externalId).toBe(externalId);
    expect((await post({ name: 'Two', externalId }).expect(409)).body.type).toBe(taken);
    const { body: other } = await post({ name: 'Two' }).expect(201);
    expect(other.externalId).toBeNull();
    const path = `/operator/workspaces/${other.id}` as const;
    expect((await operator.patch(path, { externalId }).expect(409)).body.type).toBe(taken);
    await operator.patch(`/operator/workspaces/${made.id}`, { externalId: null }).expect(200);
    await operator.get(workspacePath(externalId)).expect(404);
    expect((await operator.patch(path, { externalId }).expect(200)).body.externalId).toBe(externalId);
    await operator.patch(path, { externalId: 7 }).expect(400);
  });

  it('of two who ask for the same one at once goes to one', async () => {
    const externalId = fresh();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => operator.post('/operator/workspaces', { name: `N${n}`, externalId })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('leads to another workspace from the moment on that it is moved', async () => {
    const [from, to] = [fresh(), fresh()];
    const [first, second] = [await givenWorkspaceOf(from), await givenWorkspaceOf(to)];
    await operator.get(workspacePath(from)).expect(200);
    await operator.patch(workspacePath(from), { externalId: null }).expect(200);
    await operator.patch(`/operator/workspaces/${second.id}`, { externalId: from }).expect(200);
    expect((await operator.get(workspacePath(from)).expect(200)).body.id).toBe(second.id);
    expect((await operator.get(`/operator/workspaces/${first.id}`).expect(200)).body.externalId).toBeNull();
  });

  it('may be repeated: the second time nothing changes, and nothing is recorded', async () => {
    const externalId = fresh();
    const body = { name: 'Whole', entitled: true, sandbox: true };
    const made = await operator.put(workspacePath(externalId), body).expect(201);
    expect(made.body).toMatchObject({ ...body, externalId, state: 'inactive' });
    const admin = adminClient(service, await signIn(service, made.body.id));
    const actions = async () => (await admin.get('/api/audit-log').expect(200)).body.items.length;
    const before = await actions();
    const again = await operator.put(workspacePath(externalId), body).expect(200);
    expect(again.body).toEqual(made.body);
    expect(again.headers.etag).toBe(made.headers.etag);
    await operator.put(workspacePath(externalId), { name: 'Whole' }).expect(200);
    expect(await actions()).toBe(before);
    expect((await operator.get(workspacePath(externalId)).expect(200)).body).toEqual(made.body);
  });

  it('of PUTs at once makes one workspace, and all of them succeed', async () => {
    const { secret } = await givenProductKey(service, { scopes: ['workspaces:write'] });
    for (const externalId of [fresh(), fresh(), fresh()]) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          productClient(service, secret).put(workspacePath(externalId), { name: `N${n}` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    }
  });

  it('with If-Match makes none', async () => {
    const externalId = fresh();
    for (const tag of ['*', '"x"'])
      await operator.put(workspacePath(externalId), { name: 'x' }).set('If-Match', tag).expect(412);
    await operator.get(workspacePath(externalId)).expect(404);
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'x', entitled: 'yes' }, 'entitled'],
    [{ name: 'x', sandbox: null }, 'sandbox'],
    [{ name: 'x', externalId: 'y' }, 'externalId'],
  ])('is refused with %j, naming %s, and nothing is made', async (body, path) => {
    const externalId = fresh();
    const refused = await operator.put(workspacePath(externalId), body).expect(400);
    expect(refused.body.errors?.map((fault) => fault.path)).toEqual([path]);
    await operator.get(workspacePath(externalId)).expect(404);
  });

  it('is not made of an id of ours: PUT changes the workspace that has it, or is a 404', async () => {
    const { id } = await givenWorkspaceOf(fresh());
    expect((await operator.put(`/operator/workspaces/${id}`, { name: 'New' }).expect(200)).body.name).toBe(
      'New',
    );
    await operator.put(`/operator/workspaces/${anId}`, { name: 'New' }).expect(404);
    await operator.put('/operator/workspaces/nobody', { name: 'New' }).expect(404);
  });
});
