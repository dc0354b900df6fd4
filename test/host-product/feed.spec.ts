import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { declareRoles, givenGroup, ofGroup } from '../harness/member-roles.ts';
import type { Schema } from '../harness/answers.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Event = Schema<'EventResponse'>;

const service = useService();
const workspace = useWorkspace(service);

describe('the events of a workspace', () => {
  it('tell of every change of a member, in order, with versions that grow by one', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { title: 'Countess' });
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, id, { active: false });
    const events = await eventually(async () => {
      const all = await memberEvents();
      return all.length >= 3 ? all : null;
    });
    expect(events.map(({ type, subject, cause }) => [type, subject.version, cause.by])).toEqual([
      ['member.created', 1, 'run'],
      ['member.updated', 2, 'run'],
      ['member.deactivated', 3, 'leaver'],
    ]);
    expect(events[1]?.changes).toEqual([{ field: 'jobTitle', before: null, after: 'Countess' }]);
    expect(events[2]).toMatchObject({
      workspaceId: workspace.id,
      cause: { reason: { code: 'leaver-deactivated' } },
      data: {
        email: 'ada@example.com',
        jobTitle: 'Countess',
        status: 'deactivated',
        access: 'ended',
        version: 3,
      },
    });
  });

  it('of one run say each why it happened', async () => {
    const email = 'grace@example.com';
    await workspace.admin.post('/api/members', { email }).expect(201);
    await givenPerson(workspace.scim, 'ada@example.com');
    await givenPerson(workspace.scim, email);
    await givenPerson(workspace.scim, 'mary@example.com');
    await synchronize(workspace.admin);
    const ofRun = (await memberEvents()).filter(({ cause }) => cause.by === 'run');
    expect(Object.fromEntries(ofRun.map(({ data, cause }) => [data.email, cause.reason?.code]))).toEqual({
      'ada@example.com': 'new-person',
      'grace@example.com': 'same-email',
      'mary@example.com': 'new-person',
    });
    expect(new Set(ofRun.map(({ cause }) => cause.runId)).size).toBe(1);
  });

  it('tell of groups and of who joins and leaves them', async () => {
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const body = { schemas, displayName: 'Analysts', members: [{ value: id }] };
    const group = (await workspace.scim.post('/Groups', body).expect(201)).body.id;
    await synchronize(workspace.admin);
    await workspace.scim
      .patch(`/Groups/${group}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }],
      })
      .expect(204);
    await synchronize(workspace.admin);
    const events = (await allEvents()).filter(({ subject }) => subject.kind === 'group');
    expect(events.map(({ type, data }) => [type, data.name])).toEqual([
      ['group.created', 'Analysts'],
      ['group.member_added', 'Analysts'],
      ['group.member_removed', 'Analysts'],
    ]);
  });

  it('have what was added to members since they were stored, also where a value looks like it', async () => {
    const body = { email: 'ada@example.com', jobTitle: '"role":"admin", "role":null, "role" : "admin"' };
    await workspace.admin.post('/api/members', body).expect(201);
    // As the release before there were roles has stored it.
    await service.dataSource.query(
      `UPDATE event SET data = (data::jsonb - 'role' - 'roleBecause')::json WHERE workspace_id = $1`,
      [workspace.id],
    );
    const [created] = await memberEvents();
    expect(created?.data).toMatchObject({ ...body, role: null, roleBecause: [] });
    expect(created?.data.role).toBeNull();
  });

  it('keep the role of a member when somebody else is taken out of them', async () => {
    const { admin, scim, operator } = workspace;
    await declareRoles(operator);
    const names = { displayName: 'Zebulonia Marx' };
    const bob = await givenPerson(scim, 'bob@example.com', names);
    const title = `Deputy of ${names.displayName}`;
    const ada = await givenPerson(scim, 'ada@example.com', { title });
    const group = await givenGroup(scim, 'Authors', [ada]);
    await admin.put('/api/role-mapping', { default: null, rules: [ofGroup(group, 'editor')] }).expect(200);
    await synchronize(admin);
    const path = `/operator/workspaces/${workspace.id}/directory-users/${bob}/erase` as const;
    await operator.post(path, { reason: 'They asked for it' }).expect(200);
    const events = await memberEvents();
    const created = events.find(
      ({ type, data }) => type === 'member.created' && data.email === 'ada@example.com',
    );
    expect(created?.data).toMatchObject({ jobTitle: 'Deputy of [erased]', role: 'editor' });
    expect(created?.data.roleBecause).toHaveLength(1);
  });

  it('are numbered 1, 2, 3 … without a gap, whatever writes at once', async () => {
    const { admin } = workspace;
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const { body } = await admin.post('/api/members', { email: `p${at}@example.com` }).expect(201);
        await admin.patch(`/api/members/${body.id}`, { jobTitle: 'Analyst' }).expect(200);
      }),
    );
    const events = await allEvents();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1));
    expect(events.filter(({ subject }) => subject.kind === 'member')).toHaveLength(40);
  });
});

describe('a reader of the feed', () => {
  it('reads on with a cursor, page by page, and is told when there is nothing more', async () => {
    // Before them the workspace was entitled and activated.
    await addMembers(3);
    const first = await page({ limit: 2 });
    expect(first).toMatchObject({ more: true, items: [{ sequence: 1 }, { sequence: 2 }] });
    const rest = await page({ after: first.next, limit: 10 });
    expect(rest).toMatchObject({ more: false, items: [{ sequence: 3 }, { sequence: 4 }, { sequence: 5 }] });
    expect(await page({ after: rest.next })).toEqual({ items: [], next: rest.next, more: false });
  });

  it('who waits is answered as soon as something happens', async () => {
    const { next } = await page({});
    const waiting = page({ after: next, wait: 20 });
    await addMembers(1);
    expect((await waiting).items).toHaveLength(1);
  });

  it('gets only the types it asks for, and passes the others', async () => {
    const [id] = await addMembers(1);
    await workspace.admin.delete(`/api/members/${id}`).expect(204);
    const removed = await page({ types: 'member.removed' });
    expect(removed.items.map(({ type }) => type)).toEqual(['member.removed']);
    expect((await page({ after: removed.next, types: 'member.created' })).items).toEqual([]);
  });

  it('of all workspaces passes nothing that appears later, and sees each workspace in order', async () => {
    let after = (await readAll({})).next;
    while (true) {
      const { items, next, more } = await readAll({ after });
      after = next;
      if (items.length === 0 && !more) break;
    }
    const begun = addMembers(30);
    const seen: Event[] = [];
    while (seen.length < 30) {
      const { items, next } = await readAll({ after, wait: 5, limit: 7 });
      seen.push(...items);
      after = next;
    }
    await begun;
    const [first] = seen;
    expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, at) => (first?.sequence ?? 0) + at));
  });

  it('from now on gets nothing that has happened, of one workspace or of all, and is not kept waiting for a place', async () => {
    await addMembers(2);
    const own = await page({ after: 'now', wait: 20 });
    expect(own).toMatchObject({ items: [], more: false });
    const [id] = await addMembers(1, 'later');
    const ofAll = await readAll({ after: 'now', wait: 20 });
    expect(ofAll).toMatchObject({ items: [], more: false });
    expect((await page({ after: own.next })).items.map(({ subject }) => subject.id)).toEqual([id]);
    const waiting = readAll({ after: ofAll.next, wait: 20 });
    await workspace.admin.delete(`/api/members/${id}`).expect(204);
    // What was committed a moment before may still come; nothing that comes later is missing.
    const seen = (await waiting).items;
    if (seen.at(-1)?.type !== 'member.removed')
      seen.push(...(await readAll({ after: (await waiting).next, wait: 20 })).items);
    expect(seen.at(-1)).toMatchObject({ type: 'member.removed', subject: { id } });
    const empty = await givenWorkspace(service);
    const begun = await workspace.operator
      .get(`/operator/events?workspaceId=${empty.id}&after=now`)
      .expect(200);
    expect(begun.body.items).toEqual([]);
  });

  it('is told where the next page is before the events come, and reads all of them in pages of any size', async () => {
    const ids = await addMembers(7);
    // What was committed a moment before may still come.
    const whole = await eventually(async () => {
      const all = await readAll({ limit: 1000 });
      return all.items.some(({ subject }) => subject.id === ids.at(-1)) ? all : null;
    });
    for (const limit of [1, 3, 1000]) {
      const seen: Event[] = [];
      let next = `?limit=${limit}`;
      for (;;) {
        const answer = await service.http.get(`/operator/events${next}`).set(asOperator()).expect(200);
        const body: Schema<'EventPageResponse'> = answer.body;
        seen.push(...body.items);
        const [, query] = /^<(\?[^>]+)>; rel="next"$/u.exec(answer.headers.link ?? '') ?? [];
        expect(query === undefined).toBe(!body.more);
        if (query === undefined) break;
        expect(new URLSearchParams(query).get('after')).toBe(body.next);
        next = query;
      }
      expect(seen).toEqual(whole.items);
    }
  });

  it('of rare types finds each of them once, in pages of one, among events of several workspaces', async () => {
    const other = await givenWorkspace(service);
    const removed: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const [id = ''] = await addMembers(2, `round${round}`);
      await workspace.admin.delete(`/api/members/${id}`).expect(204);
      removed.push(id);
      await other.admin.post('/api/members', { email: `o${round}@example.com` }).expect(201);
    }
    for (const scope of ['', `workspaceId=${workspace.id}&`]) {
      const seen: string[] = [];
      for (let query = `${scope}types=member.removed&limit=1`; query !== '';) {
        const answer = await service.http.get(`/operator/events?${query}`).set(asOperator()).expect(200);
        const body: Schema<'EventPageResponse'> = answer.body;
        seen.push(...body.items.map(({ subject }) => subject.id));
        query = body.more ? `${scope}types=member.removed&limit=1&after=${body.next}` : '';
      }
      expect(seen.filter((id) => removed.includes(id))).toEqual(removed);
    }
  });

  it('is refused a cursor that is none or of another workspace, and an unknown type, by name', async () => {
    const { next } = await page({});
    const other = await givenWorkspace(service);
    const foreign = `/operator/events?workspaceId=${other.id}&after=${next}`;
    await workspace.operator.get(foreign).expect(400);
    const broken = await workspace.operator.get('/operator/events?after=nonsense').expect(400);
    expect(broken.body).toMatchObject({ errors: [{ path: 'after' }] });
    const unknown = await workspace.operator.get('/operator/events?types=member.born').expect(400);
    expect(unknown.body).toMatchObject({ errors: [{ path: 'types' }] });
    await workspace.admin.get('/operator/events').expect(401);
  });

  it('whose cursor is older than what is kept is told to take a snapshot', async () => {
    await addMembers(3);
    const { next } = await page({ limit: 1 });
    service.clock.advance({ hours: 91 * 24 });
    await service.provider<{ prune(): Promise<void> }>('EventRetentionService').prune();
    const gone = await workspace.operator.get(`/operator/events?after=${next}`).expect(410);
    expect(gone.body).toMatchObject({ type: expect.stringMatching(/cursor-too-old$/u) as unknown });
    expect(await page({})).toMatchObject({ items: [], more: false });
  });
});

async function addMembers(count: number, name = 'm'): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const { body } = await workspace.admin
      .post('/api/members', { email: `${name}${at}@example.com` })
      .expect(201);
    ids.push(body.id);
  }
  return ids;
}

interface Asked {
  after?: string;
  limit?: number;
  wait?: number;
  types?: string;
}

async function page(asked: Asked): Promise<Schema<'EventPageResponse'>> {
  return readAll({ ...asked, workspaceId: workspace.id });
}

async function readAll(asked: Asked & { workspaceId?: string }): Promise<Schema<'EventPageResponse'>> {
  const query = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]));
  const { body } = await service.http
    .get(`/operator/events?${query.toString()}`)
    .set(asOperator())
    .expect(200);
  return body;
}

async function allEvents(): Promise<Event[]> {
  return (await page({ limit: 1000 })).items;
}

async function memberEvents(): Promise<Event[]> {
  return (await allEvents()).filter(({ subject }) => subject.kind === 'member');
}

function asOperator(): Record<string, string> {
  return { authorization: `Bearer ${service.config.operatorToken}` };
}
