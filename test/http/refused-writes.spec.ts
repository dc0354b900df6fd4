import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, eventually, type Run, runEnded, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

/** What a test's trigger says, and nobody but the database may. */
const secret = 'not for the eyes of an admin';
const refusedTables = ['member', 'sync_link', 'member_group', 'sync_change'];

type Change = Schema<'RunChangeResponse'>;

const service = useService();
const workspace = useWorkspace(service);

beforeAll(async () => {
  for (const table of refusedTables) {
    await service.dataSource.query(
      `CREATE FUNCTION refuse_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '${secret}: %', NEW USING ERRCODE = TG_ARGV[0]; END $$`,
    );
  }
});

afterEach(async () => {
  for (const table of refusedTables) await allow(table);
});

/** Has the database refuse rows of a table for which the condition about NEW holds. */
async function refuse(table: string, condition: string, sqlState = '23514', of = 'INSERT OR UPDATE') {
  await allow(table);
  await service.dataSource.query(
    `CREATE TRIGGER refused BEFORE ${of} ON ${table} FOR EACH ROW WHEN (${condition})
     EXECUTE FUNCTION refuse_${table}('${sqlState}')`,
  );
}

async function allow(table: string): Promise<void> {
  await service.dataSource.query(`DROP TRIGGER IF EXISTS refused ON ${table}`);
}

function named(...names: string[]): string {
  return `NEW.email IN (${names.map((name) => `'${name}@example.com'`).join(', ')})`;
}

async function givenPeople(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await givenPerson(workspace.scim, `p${n}@example.com`));
  return ids;
}

async function changesOf(runId: string, language = 'en'): Promise<Change[]> {
  const { body } = await workspace.admin
    .get(`/api/sync-runs/${runId}/changes?limit=200`)
    .set('Accept-Language', language)
    .expect(200);
  return body.items;
}

async function emails(query = ''): Promise<string[]> {
  return (await allMembers(workspace.admin, query)).map(({ email }) => email.split('@')[0] ?? '').sort();
}

async function summary() {
  const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
  return body.summary;
}

async function runs(): Promise<Run[]> {
  const { body } = await workspace.admin.get('/api/sync-runs').expect(200);
  return body.items;
}

describe('a person that the database refuses', () => {
  it.each([
    ['in the middle', ['p2']],
    ['the first', ['p0']],
    ['the last', ['p5']],
    ['two, the first and the last', ['p0', 'p5']],
    ['two neighbours', ['p2', 'p3']],
    ['everybody', ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
  ])('is a conflict of the run, and all others become members: %s', async (_, names) => {
    await givenPeople(6);
    await refuse('member', named(...names));
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', error: null, done: 6 });
    expect(run.counts).toMatchObject({ create: 6 - names.length, conflict: names.length });
    expect(await emails()).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `p${n}`).filter((name) => !names.includes(name)),
    );
    const refused = (await changesOf(run.id)).filter(({ kind }) => kind === 'conflict');
    expect(refused.map(({ name }) => name)).toEqual(names);
    for (const { reason } of refused) expect(reason.params.reference).toMatch(/^[0-9A-F]{10}$/);
  });

  it.each(['22001', '23502', '23503', '23505', '54000', 'P0001'])(
    'is told in words, whatever the fault of the data: %s',
    async (sqlState) => {
      await givenPeople(3);
      await refuse('member', named('p1'), sqlState);
      const run = await synchronize(workspace.admin);
      expect(run).toMatchObject({ state: 'succeeded', counts: { create: 2, conflict: 1 } });
      const [english] = (await changesOf(run.id)).filter(({ kind }) => kind === 'conflict');
      const [german] = (await changesOf(run.id, 'de')).filter(({ kind }) => kind === 'conflict');
      expect(english).toMatchObject({ reason: { code: 'write-refused' } });
      expect(english?.reason.text).toContain('The database refused');
      expect(german?.reason.text).toContain('Die Datenbank hat abgelehnt');
      const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
      expect(body).toMatchObject({
        summary: { create: 0, conflict: 1 },
        items: [{ kind: 'conflict', reason: { code: 'write-refused' } }],
      });
      expect(JSON.stringify([body, english, german])).not.toContain(secret);
    },
  );

  it('is tried again when something newer arrives, or when an admin says so, and not before', async () => {
    const [, id = ''] = await givenPeople(2);
    await refuse('member', named('p1'));
    await synchronize(workspace.admin);
    expect(await synchronize(workspace.admin)).toMatchObject({ done: 0, counts: { conflict: 1 } });
    await changePerson(workspace.scim, id, { title: 'Newer' });
    expect(await synchronize(workspace.admin)).toMatchObject({ done: 1, counts: { conflict: 1 } });
    await allow('member');
    expect(await synchronize(workspace.admin)).toMatchObject({ done: 0, counts: { create: 0 } });
    const retried = await workspace.admin.post(`/api/sync-preview/${id}/retry`).expect(200);
    expect(retried.body).toMatchObject({ kind: 'create' });
    expect(await synchronize(workspace.admin)).toMatchObject({ counts: { create: 1, conflict: 0 } });
    await workspace.admin.post(`/api/sync-preview/${id}/retry`).expect(409);
    expect(await emails()).toEqual(['p0', 'p1']);
  });

  it('keeps what a member has when an update is refused', async () => {
    const ids = await givenPeople(3);
    await synchronize(workspace.admin);
    for (const id of ids) await changePerson(workspace.scim, id, { title: 'Builder' });
    await refuse('member', named('p0'));
    expect(await synchronize(workspace.admin)).toMatchObject({ counts: { update: 2, conflict: 1 } });
    const members = await allMembers(workspace.admin);
    expect(members.map(({ email, jobTitle }) => [email, jobTitle]).sort()).toEqual([
      ['p0@example.com', null],
      ['p1@example.com', 'Builder'],
      ['p2@example.com', 'Builder'],
    ]);
  });

  it('takes nobody along who only exchanges an address', async () => {
    const [a = '', b = ''] = await givenPeople(3);
    await synchronize(workspace.admin);
    const emailsOf = (name: string) => [{ type: 'work', primary: true, value: `${name}@example.com` }];
    await changePerson(workspace.scim, a, { emails: emailsOf('p1') });
    await changePerson(workspace.scim, b, { emails: emailsOf('new') });
    await refuse(
      'member',
      "NEW.email = 'p1@example.com' AND OLD.email = 'p0@example.com'",
      '23514',
      'UPDATE',
    );
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: { update: 1, conflict: 1 } });
    expect(await emails()).toEqual(['new', 'p0', 'p2']);
  });

  it('still waits when not even a conflict can be written, and the others do not', async () => {
    const [, id = ''] = await givenPeople(3);
    await refuse('sync_link', `NEW.directory_user_id = '${id}'`);
    const noted = await synchronize(workspace.admin);
    expect(noted).toMatchObject({ state: 'succeeded', counts: { create: 2 } });
    const [change] = (await changesOf(noted.id)).filter(({ kind }) => kind === 'conflict');
    expect(change).toMatchObject({ name: 'p1', reason: { code: 'write-refused' } });

    await changePerson(workspace.scim, id, { title: 'Newer' });
    await refuse('sync_change', `NEW.directory_user_id = '${id}'`);
    const silent = await synchronize(workspace.admin);
    expect(silent).toMatchObject({
      state: 'succeeded',
      notes: [{ code: 'people-left-out', params: { count: 1 } }],
    });
    await allow('sync_link');
    await allow('sync_change');
    expect(await synchronize(workspace.admin)).toMatchObject({ counts: { create: 1 }, notes: [] });
  });
});

describe('what is foreseen', () => {
  it('is a problem of that value alone, in the preview as in the run: a reference that no index can hold', async () => {
    await workspace.admin.post('/api/properties', { key: 'buddy', name: 'Buddy', type: 'user' }).expect(201);
    const rules = [
      { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' },
      { source: 'nickName', transforms: [], target: { property: 'buddy' }, when: 'always' },
    ];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    // No two of them are alike, so that nothing makes them shorter.
    const nickName = Array.from({ length: 1_000 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join('');
    await givenPeople(2);
    await givenPerson(workspace.scim, 'cjk@example.com', { nickName });
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { summary: pending, items } = body;
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: pending });
    expect(await emails()).toEqual(['cjk', 'p0', 'p1']);
    const shown = items.find(({ reason }) => reason.params.problems !== undefined);
    expect(shown?.reason.params.problems).toMatchObject([
      { target: 'properties.buddy', code: 'too-long-in-bytes' },
    ]);
    expect(
      (await changesOf(run.id)).find(({ reason }) => reason.params.problems !== undefined)?.reason,
    ).toEqual(shown?.reason);
  });
});

describe('a leaver that the database refuses', () => {
  it('is a conflict, and the others lose access at once; the lane does not try it again and again', async () => {
    const ids = await givenPeople(4);
    await synchronize(workspace.admin);
    await refuse('member', named('p0'));
    for (const id of ids.slice(0, 3)) await changePerson(workspace.scim, id, { active: false });
    await eventually(async () => ((await emails('&status=deactivated')).length === 2 ? true : null));
    const refused = await eventually(async () => {
      const found = (await runs()).find(
        ({ trigger, counts }) => trigger === 'leaver' && counts.conflict === 1,
      );
      return found ?? null;
    });
    expect(JSON.stringify(await changesOf(refused.id))).not.toContain(secret);
    expect(await summary()).toMatchObject({ conflict: 1, deactivate: 0 });
    const before = (await runs()).length;
    const [queued] = await service.dataSource.query<{ count: string }[]>(
      'SELECT count(*) FROM sync_queue WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(queued?.count).toBe('0');
    expect(await runs()).toHaveLength(before);
    await allow('member');
    await changePerson(workspace.scim, ids[0] ?? '', { title: 'Newer' });
    await eventually(async () => ((await emails('&status=deactivated')).length === 3 ? true : null));
  });
});

describe('an undo', () => {
  it('keeps the change that the database refuses to take back, with words, and takes all others back', async () => {
    await givenPeople(5);
    const run = await synchronize(workspace.admin);
    await refuse('member', named('p1', 'p4'));
    const { body } = await workspace.admin.post(`/api/sync-runs/${run.id}/undo`).expect(202);
    const undo = await runEnded(workspace.admin, body.id);
    expect(undo).toMatchObject({ state: 'succeeded', counts: { remove: 3 } });
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ state: 'partially_undone' });
    const kept = (await changesOf(run.id)).filter(({ state }) => state === 'kept');
    expect(kept.map(({ name, kept: why }) => [name, why?.code])).toEqual([
      ['p1', 'undo-refused'],
      ['p4', 'undo-refused'],
    ]);
    expect(await emails()).toEqual(['p1', 'p4']);
  });
});

describe('an approval', () => {
  it('carries out every removal but the one that the database refuses', async () => {
    const settings = { removalGuard: { percent: 1, atLeast: 1 }, leavers: 'next_sync' };
    await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
    const ids = await givenPeople(5);
    await synchronize(workspace.admin);
    for (const id of ids) await changePerson(workspace.scim, id, { active: false });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { held: 4 } });
    await refuse('member', named('p3'));
    const approved = await workspace.admin.post(`/api/sync-runs/${run.id}/approve`).expect(200);
    expect(approved.body).toMatchObject({ state: 'succeeded', counts: { held: 0, deactivate: 4 } });
    expect(await emails('&status=active')).toEqual(['p3']);
    const kept = (await changesOf(run.id)).filter(({ state }) => state === 'kept');
    expect(kept).toMatchObject([{ name: 'p3', kept: { code: 'approval-refused' } }]);
    expect(await summary()).toMatchObject({ conflict: 1 });
    expect(JSON.stringify(kept)).not.toContain(secret);
  });
});

describe('the end of a run', () => {
  it('fills in every manager but the one that the database refuses', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    for (const name of ['p0', 'p1', 'p2'])
      await givenPerson(workspace.scim, `${name}@example.com`, { [urn]: { manager: { value: 'the-boss' } } });
    await givenPerson(workspace.scim, 'boss@example.com', { externalId: 'the-boss' });
    await refuse('member', `${named('p1')} AND NEW.manager_id IS NOT NULL`);
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    const members = await allMembers(workspace.admin);
    const boss = members.find(({ email }) => email === 'boss@example.com')?.id;
    const managed = members.filter(({ managerId }) => managerId === boss).map(({ email }) => email);
    expect(managed.sort()).toEqual(['p0@example.com', 'p2@example.com']);
    expect(await summary()).toMatchObject({ conflict: 1 });
  });

  it('brings every group in line but the one that the database refuses, and says so', async () => {
    const [person] = await givenPeople(1);
    for (const displayName of ['Blue', 'Green', 'Red']) {
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
      await workspace.scim
        .post('/Groups', { schemas, displayName, members: [{ value: person }] })
        .expect(201);
    }
    await refuse('member_group', "NEW.name = 'Green'");
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({
      state: 'succeeded',
      error: null,
      counts: { create: 1 },
      notes: [{ code: 'groups-refused', params: { count: 1 } }],
    });
    expect(JSON.stringify(run)).not.toContain(secret);
    const { body } = await workspace.admin.get('/api/groups').expect(200);
    const groups = body.items.map(({ name }) => name);
    expect(groups.sort()).toEqual(['Blue', 'Red']);
    await allow('member_group');
    expect(await synchronize(workspace.admin)).toMatchObject({ notes: [] });
    const after = await workspace.admin.get('/api/groups').expect(200);
    expect(after.body.items).toHaveLength(3);
  });
});

describe('a run that fails', () => {
  it('tells an admin in words and by a reference, and never what the database said', async () => {
    await givenPeople(1);
    // A fault of the statement and not of anybody's data.
    await refuse('member', 'true', '42P01');
    const { body } = await workspace.admin.post('/api/sync-runs', {}).expect(202);
    const run = await eventually(async () => {
      const { body: found } = await workspace.admin
        .get(`/api/sync-runs/${body.id}`)
        .set('Accept-Language', 'de')
        .expect(200);
      return found.error === null ? null : found;
    });
    expect(run.error).toMatch(/^Im Dienst ist etwas schiefgegangen\. Für den Support: [0-9A-F]{10}\.$/);
    await allow('member');
    service.clock.advance({ minutes: 10 });
    await runEnded(workspace.admin, run.id);
  });
});
