import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

/** The address of a member, by our id, or by the vendor's own. */
const byId = (id: string) => `/operator/workspaces/${workspace.id}/members/${id}` as const;
const ext = (id: string) => byId(`ext:${encodeURIComponent(id)}`);
const put = (id: string, body: object) => operator.put(ext(id), body);

interface StoredEvent {
  type: string;
  by: string;
  version: string;
  changes: { field: string; before: unknown; after: unknown }[];
}

/** What the feed says of a member, in order. */
async function eventsOf(memberId: string): Promise<StoredEvent[]> {
  return service.dataSource.query(
    `SELECT type, cause ->> 'by' AS by, subject_version AS version, changes FROM event
     WHERE workspace_id = $1 AND subject_id = $2 ORDER BY sequence`,
    [workspace.id, memberId],
  );
}

async function found(query: string): Promise<string[]> {
  const { body } = await operator.get(`/operator/workspaces/${workspace.id}/members?${query}`).expect(200);
  return body.items.map(({ email }) => email);
}

describe('a member of the product', () => {
  it('is made by the first PUT of its id, changed by the next, and left alone by one that changes nothing', async () => {
    const made = await put('u-1', { email: 'Ann@Example.com', firstName: 'Ann' }).expect(201);
    expect(made.body).toMatchObject({
      externalId: 'u-1',
      version: 1,
      email: 'Ann@Example.com',
      firstName: 'Ann',
      status: 'active',
      source: 'import',
      access: 'granted',
      idp: null,
      groups: [],
    });
    const changed = await put('u-1', { jobTitle: 'Engineer' }).expect(200);
    expect(changed.body).toMatchObject({ version: 2, firstName: 'Ann', jobTitle: 'Engineer' });
    const same = await put('u-1', { email: 'Ann@Example.com', jobTitle: 'Engineer' }).expect(200);
    expect(same.body).toEqual(changed.body);
    expect(await eventsOf(made.body.id)).toEqual([
      { type: 'member.created', by: 'product', version: '1', changes: [] },
      {
        type: 'member.updated',
        by: 'product',
        version: '2',
        changes: [{ field: 'jobTitle', before: null, after: 'Engineer' }],
      },
    ]);
    const audit = await admin.get('/api/audit-log?limit=2').expect(200);
    expect(audit.body.items.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['member.updated', 'operator'],
      ['member.created', 'operator'],
    ]);
  });

  it('has whatever id the vendor gave it, with reserved characters too', async () => {
    const id = 'a/b?c#d%e ü:ext:1';
    const { body } = await put(id, { email: 'odd@example.com' }).expect(201);
    expect(body.externalId).toBe(id);
    const read = await operator.get(ext(id)).expect(200);
    expect(read.body).toEqual(body);
    expect(await found(`externalId=${encodeURIComponent(id)}`)).toEqual(['odd@example.com']);
    for (const bad of ['', '%20a', 'a%00b', 'x'.repeat(201)]) {
      const { body: problem } = await operator
        .put(byId(`ext:${bad}`), { email: 'odd2@example.com' })
        .expect(400);
      expect(problem.detail).toContain('member');
    }
    await operator.get(byId('nobody')).expect(404);
    await operator.get(ext('nobody')).expect(404);
    await operator.put(byId(randomUUID()), { email: 'x@example.com' }).expect(404);
  });

  it('takes no values that do not fit, and says which', async () => {
    const { body } = await put('u-1', {
      email: 'no address',
      language: 'klingon!',
      properties: { x: 1 },
    }).expect(400);
    expect(body.errors?.map(({ path }) => path)).toEqual(['email', 'language', 'properties.x']);
    const missing = await put('u-1', { firstName: 'Ann' }).expect(400);
    expect(missing.body.errors).toMatchObject([{ path: 'email', code: 'required' }]);
    const other = await put('u-1', { email: 'ann@example.com', externalId: 'u-2' }).expect(400);
    expect(other.body.errors).toMatchObject([{ path: 'externalId' }]);
    await put('u-1', { email: 'ann@example.com', shoeSize: 4 }).expect(400);
    expect(await found('')).toEqual([]);
  });

  it('keeps the address that another member has, and names the holder', async () => {
    const holder = await put('u-1', { email: 'ann@example.com' }).expect(201);
    const { body } = await put('u-2', { email: 'ANN@example.com' }).expect(409);
    expect(body).toMatchObject({
      type: 'urn:user-provisioning:problem:email-taken',
      memberId: holder.body.id,
      externalId: 'u-1',
    });
    await put('u-3', { email: 'bob@example.com' }).expect(201);
    const moved = await put('u-3', { email: 'ann@example.com' }).expect(409);
    expect(moved.body.type).toBe('urn:user-provisioning:problem:email-taken');
  });

  it('gets the id of the vendor when it is there already: by its address, or by our id', async () => {
    const byHand = await admin.post('/api/members', { email: 'ann@example.com' }).expect(201);
    const adopted = await put('u-1', { email: 'Ann@example.com', firstName: 'Ann' }).expect(200);
    expect(adopted.body).toMatchObject({
      id: byHand.body.id,
      externalId: 'u-1',
      source: 'manual',
      version: 2,
    });
    const second = await admin.post('/api/members', { email: 'bob@example.com' }).expect(201);
    await operator.put(byId(second.body.id), { externalId: 'u-2' }).expect(200);
    const taken = await operator.put(byId(second.body.id), { externalId: 'u-1' }).expect(409);
    expect(taken.body.type).toBe('urn:user-provisioning:problem:external-id-taken');
    await operator.put(byId(second.body.id), { externalId: null }).expect(200);
    await operator.get(ext('u-2')).expect(404);
  });

  it('is written once by many upserts of one id at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => put('u-1', { email: 'ann@example.com', jobTitle: `Title ${at}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    const { body } = await operator.get(ext('u-1')).expect(200);
    expect(body.version).toBe(8);
    expect(await found('')).toEqual(['ann@example.com']);
    expect((await eventsOf(body.id)).map(({ version }) => version)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });

  it('is written only in the state that If-Match names', async () => {
    const made = await put('u-1', { email: 'ann@example.com' }).expect(201);
    const tag = String((made as unknown as { headers: Record<string, string> }).headers.etag);
    await put('u-1', { firstName: 'Ann' }).set('If-Match', tag).expect(200);
    await put('u-1', { firstName: 'Anna' }).set('If-Match', tag).expect(412);
    await operator.delete(ext('u-1')).set('If-Match', tag).expect(412);
    await put('u-2', { email: 'bob@example.com' }).set('If-Match', tag).expect(412);
    const read = await operator.get(ext('u-1')).expect(200);
    expect(read.body.firstName).toBe('Ann');
  });

  it('is removed by DELETE, and comes back by PUT as the same member', async () => {
    const made = await put('u-1', { email: 'ann@example.com' }).expect(201);
    await operator.delete(ext('u-1')).expect(204);
    await operator.delete(ext('u-1')).expect(204);
    const removed = await operator.get(ext('u-1')).expect(200);
    expect(removed.body).toMatchObject({ status: 'removed', access: 'ended', version: 2 });
    expect(await found('externalId=u-1')).toEqual([]);
    expect(await found('externalId=u-1&status=removed')).toEqual(['ann@example.com']);
    const back = await put('u-1', {}).expect(200);
    expect(back.body).toMatchObject({ id: made.body.id, status: 'active', version: 3 });
    expect((await eventsOf(made.body.id)).map(({ type }) => type)).toEqual([
      'member.created',
      'member.removed',
      'member.reactivated',
    ]);
  });
});

describe('members are looked up', () => {
  it('by exact values, which must all hold', async () => {
    await givenPerson(scim, 'cara@example.com', { externalId: 'idp-cara' });
    await synchronize(admin);
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    await put('u-2', { email: 'bob@example.com', status: 'deactivated' }).expect(201);
    await put('u-3', { email: 'cara@example.com' }).expect(200);
    expect(await found('')).toEqual(['cara@example.com', 'ann@example.com', 'bob@example.com']);
    expect(await found('email=BOB@Example.com')).toEqual(['bob@example.com']);
    expect(await found('idpExternalId=idp-cara')).toEqual(['cara@example.com']);
    expect(await found('externalId=u-2&status=active')).toEqual([]);
    expect(await found('externalId=u-2&email=bob@example.com')).toEqual(['bob@example.com']);
    expect(await found('email=bob')).toEqual([]);
    const first = await operator.get(`/operator/workspaces/${workspace.id}/members?limit=2`).expect(200);
    const cursor = encodeURIComponent(first.body.nextCursor ?? '');
    const rest = await operator
      .get(`/operator/workspaces/${workspace.id}/members?limit=2&cursor=${cursor}`)
      .expect(200);
    expect(rest.body.items.map(({ externalId }) => externalId)).toEqual(['u-2']);
    expect(rest.body.nextCursor).toBeNull();
  });
});

describe('what provisioning owns', () => {
  it('is refused by name, and everything else of the member can be changed', async () => {
    await givenPerson(scim, 'ann@example.com', { name: { givenName: 'Ann' } });
    await synchronize(admin);
    await put('u-1', { email: 'ann@example.com' }).expect(200);
    const { body } = await put('u-1', { firstName: 'Anna', email: 'anna@example.com' }).expect(409);
    expect(body).toMatchObject({ type: 'urn:user-provisioning:problem:field-provisioned' });
    expect(body.fields).toEqual(expect.arrayContaining(['firstName', 'email']));
    const same = await put('u-1', { firstName: 'Ann' }).expect(200);
    expect(same.body.idp).toMatchObject({
      userName: 'ann@example.com',
      externalId: 'external-ann@example.com',
    });
  });

  it('grows: the first run adopts a member of the product by the address', async () => {
    const made = await put('u-1', { email: 'ann@example.com', jobTitle: 'Engineer' }).expect(201);
    await givenPerson(scim, 'ann@example.com');
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ link: 1, create: 0 });
    const { body } = await operator.get(ext('u-1')).expect(200);
    expect(body).toMatchObject({ id: made.body.id, idp: { userName: 'ann@example.com' } });
    expect(body.version).toBeGreaterThan(1);
  });
});

describe('a person that the product deleted', () => {
  it('does not come back, and the preview says why in the language that is asked for', async () => {
    const person = await givenPerson(scim, 'ann@example.com');
    await synchronize(admin);
    await put('u-1', { email: 'ann@example.com' }).expect(200);
    const kept = await operator.delete(ext('u-1')).expect(409);
    expect(kept.body).toMatchObject({ type: 'urn:user-provisioning:problem:member-provisioned' });
    const excluded = await operator
      .post(`${ext('u-1')}/exclude`, { reason: 'Closed the account.' })
      .expect(200);
    expect(excluded.body).toMatchObject({ directoryUserId: person, excluded: true });
    await operator.delete(ext('u-1')).expect(204);
    await changePerson(scim, person, { displayName: 'Ann again' });
    await synchronize(admin);
    const member = await operator.get(ext('u-1')).expect(200);
    expect(member.body.status).toBe('removed');
    const english = await admin.get(`/api/sync-preview/${person}`).expect(200);
    expect(english.body).toMatchObject({
      kind: 'excluded',
      reason: {
        code: 'excluded-by-product',
        text: 'Excluded from synchronization by the product: Closed the account.',
      },
    });
    const german = await admin.get(`/api/sync-preview/${person}`).set('Accept-Language', 'de').expect(200);
    expect(german.body.reason.text).toContain('Vom Produkt von der Synchronisierung ausgeschlossen');
  });

  it('comes back once the exclusion is taken back', async () => {
    await givenPerson(scim, 'ann@example.com');
    await synchronize(admin);
    await put('u-1', { email: 'ann@example.com' }).expect(200);
    await operator.post(`${ext('u-1')}/exclude`, { reason: 'Closed.' }).expect(200);
    await operator.delete(ext('u-1')).expect(204);
    await operator.post(`${ext('u-1')}/include`).expect(200);
    const again = await operator.post(`${ext('u-1')}/include`).expect(409);
    expect(again.body.type).toBe('urn:user-provisioning:problem:not-excluded');
    await synchronize(admin);
    const { body } = await operator.get(ext('u-1')).expect(200);
    expect(body.status).toBe('active');
  });

  it('must be somebody that the directory knows', async () => {
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    const { body } = await operator.post(`${ext('u-1')}/exclude`, { reason: 'Closed.' }).expect(409);
    expect(body.type).toBe('urn:user-provisioning:problem:not-provisioned');
    await operator.post(`${ext('u-1')}/exclude`, { reason: '' }).expect(400);
  });
});

describe('runs of the back end', () => {
  it('do what the preview showed, and say who asked', async () => {
    await givenPerson(scim, 'ann@example.com');
    const path = `/operator/workspaces/${workspace.id}` as const;
    const preview = await operator.get(`${path}/sync-preview`).expect(200);
    expect(preview.body.summary).toMatchObject({ create: 1 });
    const stale = await operator.post(`${path}/sync-runs`, { previewVersion: 'another' }).expect(409);
    expect(stale.body.type).toBe('urn:user-provisioning:problem:preview-changed');
    const started = await operator
      .post(`${path}/sync-runs`, { previewVersion: preview.body.version })
      .expect(202);
    const { body } = await operator.get(`${path}/sync-runs/${started.body.id}`).expect(200);
    expect(body).toMatchObject({ trigger: 'manual', requestedBy: 'operator' });
  });

  it('that are asked for in one moment do not keep the connections of all workspaces from one another', async () => {
    const path = `/operator/workspaces/${workspace.id}/sync-runs` as const;
    const ask = () => operator.post(path, { previewVersion: 'another' }).expect(409);
    const asks = Array.from({ length: 3 * service.config.poolSize }, ask);
    await operator.get('/operator/workspaces').expect(200);
    for (const { body } of await Promise.all(asks)) expect(body.type).toMatch(/preview-changed$/);
  });
});
