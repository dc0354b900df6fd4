import { describe, expect, it } from '@jest/globals';
import type { SeatKeeper } from '../../src/sync/workers/seat-keeper.service.ts';
import { workspacesToKeep } from '../../src/sync/workers/seat-statements.ts';
import type { Db } from '../../src/database/db.ts';
import { dbOf } from '../../src/database/db-of.ts';
import { compile } from '../../src/database/compiled-statement.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, eventually, runEnded, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

type Preview = Schema<'SyncPreviewResponse'>;

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const seatsPath = () => `/operator/workspaces/${workspace.id}` as const;

async function setSeats(seats: object | null, status: 200 | 400 | 409 = 200): Promise<unknown> {
  const { body } = await operator.patch(seatsPath(), { seats }).expect(status);
  return body;
}

async function seatsNow(): Promise<Schema<'SeatUseResponse'> | null> {
  return (await operator.get(`${seatsPath()}/seats`).expect(200)).body.seats;
}

async function preview(query = ''): Promise<Preview> {
  return (await admin.get(`/api/sync-preview${query}`).expect(200)).body;
}

/** Sends people to the directory, one after another. */
async function arrive(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await givenPerson(scim, addressOf(name)));
  return ids;
}

const addressOf = (name: string) => `${name}@example.com`;

async function active(): Promise<string[]> {
  const members = await allMembers(admin, '&status=active');
  return members.map(({ email }) => email.replace('@example.com', '')).sort();
}

/** Waits until these have a seat, and nobody else. */
function areActive(...names: string[]): Promise<true> {
  return eventually(async () => (JSON.stringify(await active()) === JSON.stringify(names) ? true : null));
}

/** What was told of the seats, in order. */
async function told(): Promise<[string, unknown][]> {
  const { body } = await operator
    .get(`/operator/events?workspaceId=${workspace.id}&types=seats.exhausted,seats.freed`)
    .expect(200);
  return body.items.map(({ type, data }) => {
    const { limit, used, waiting } = data as Record<string, unknown>;
    return [type, { limit, used, waiting }];
  });
}

function wasTold(times: number): Promise<[string, unknown][]> {
  return eventually(async () => {
    const events = await told();
    return events.length >= times ? events : null;
  });
}

async function memberId(name: string): Promise<string> {
  const member = (await allMembers(admin)).find(({ email }) => email === addressOf(name));
  if (member === undefined) throw new Error(`No member ${name}`);
  return member.id;
}

describe('a limited number of seats', () => {
  it('is shown before the run: who gets one, in the order of their coming, and who waits; the run does that', async () => {
    await setSeats({ limit: 3 });
    await arrive('ada', 'bob', 'cara', 'dan', 'eve');
    const before = await preview();
    expect(before.seats).toEqual({ limit: 3, beyond: 'hold', used: 0, taking: 3, waiting: 2 });
    expect(before.summary).toMatchObject({ create: 3, held: 2 });
    const held = (await preview('?kind=held')).items;
    expect(held.map(({ name, reason }) => [name, reason.code, reason.text])).toEqual([
      ['dan', 'no-seat', expect.stringContaining('none of the 3 is left')],
      ['eve', 'no-seat', expect.stringContaining('none of the 3 is left')],
    ]);
    const { body } = await admin.post('/api/sync-runs', { previewVersion: before.version }).expect(202);
    expect(await runEnded(admin, body.id)).toMatchObject({
      state: 'succeeded',
      counts: { create: 3, held: 2 },
      notes: [{ code: 'people-wait-for-seat', params: { count: 2 } }],
    });
    expect(await active()).toEqual(['ada', 'bob', 'cara']);
    const after = await preview();
    expect(after).toMatchObject({
      seats: { used: 3, taking: 0, waiting: 2 },
      summary: { create: 0, held: 2 },
    });
    expect(after.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['dan', 'held'],
      ['eve', 'held'],
    ]);
    expect(await seatsNow()).toEqual({ limit: 3, beyond: 'hold', used: 3, waiting: 2 });
    const { body: overview } = await admin.get('/api/user-provisioning').expect(200);
    expect(overview.seats).toEqual({ limit: 3, beyond: 'hold', used: 3, taking: 0, waiting: 2 });
    expect(await wasTold(1)).toEqual([
      ['seats.exhausted', { limit: 3, used: 3, waiting: expect.any(Number) }],
    ]);
    const { body: access } = await operator
      .post('/operator/access-checks', { workspace: workspace.id, email: addressOf('dan') })
      .expect(200);
    expect(access).toMatchObject({ decision: 'unknown', reason: { params: { waitsFor: 'seat' } } });
  });

  it('gives a seat that is freed to the next in line within seconds, and tells nothing again', async () => {
    await setSeats({ limit: 1 });
    const [ada] = await arrive('ada', 'bob', 'cara');
    await synchronize(admin);
    await wasTold(1);
    await changePerson(scim, ada ?? '', { active: false });
    await areActive('bob');
    const { body } = await admin.get('/api/sync-runs').expect(200);
    const seat = await runEnded(admin, body.items.find(({ trigger }) => trigger === 'seat')?.id ?? '');
    expect(seat).toMatchObject({ state: 'succeeded', requestedBy: 'system', chosen: { people: 1 } });
    expect(await seatsNow()).toMatchObject({ used: 1, waiting: 1 });
    expect(await told()).toHaveLength(1);
  });

  it('gives seats that are bought to those who wait, and tells once that there are free ones', async () => {
    await setSeats({ limit: 1 });
    await arrive('ada', 'bob', 'cara');
    await synchronize(admin);
    await wasTold(1);
    await setSeats({ limit: 2 });
    await areActive('ada', 'bob');
    await setSeats({ limit: 5 });
    await areActive('ada', 'bob', 'cara');
    expect(await wasTold(2)).toEqual([
      ['seats.exhausted', expect.objectContaining({ limit: 1 })],
      ['seats.freed', { limit: 5, used: 3, waiting: 0 }],
    ]);
  });

  it('gives everybody a seat once the limit is gone, or people beyond it are allowed', async () => {
    await setSeats({ limit: 0 });
    await arrive('ada', 'bob');
    await synchronize(admin);
    expect(await active()).toEqual([]);
    await setSeats({ limit: 1, beyond: 'allow' });
    await areActive('ada', 'bob');
    await arrive('cara');
    expect((await preview()).seats).toEqual({ limit: 1, beyond: 'allow', used: 2, taking: 1, waiting: 0 });
    await synchronize(admin);
    expect(await seatsNow()).toEqual({ limit: 1, beyond: 'allow', used: 3, waiting: 0 });
    expect((await told()).map(([type]) => type)).toEqual(['seats.exhausted']);
    await setSeats(null);
    expect(await seatsNow()).toBeNull();
    expect((await wasTold(2)).map(([type]) => type)).toEqual(['seats.exhausted', 'seats.freed']);
  });

  it('follows the order that the admin chose: the people of one group first', async () => {
    await setSeats({ limit: 2 });
    const [, , cara, dan] = await arrive('ada', 'bob', 'cara', 'dan');
    const members = [cara, dan].map((value) => ({ value }));
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Sales', members };
    const { body } = await scim.post('/Groups', group).expect(201);
    expect((await preview('?kind=create')).items.map(({ name }) => name)).toEqual(['ada', 'bob']);
    await admin
      .patch('/api/user-provisioning/settings', { seatOrder: { by: 'groups', groups: [body.id] } })
      .expect(200);
    expect((await preview('?kind=create')).items.map(({ name }) => name)).toEqual(['cara', 'dan']);
    await synchronize(admin);
    expect(await active()).toEqual(['cara', 'dan']);
  });

  it('leaves the seat of somebody who cannot be a member to the next', async () => {
    await setSeats({ limit: 1 });
    await givenPerson(scim, 'nobody', { emails: [] });
    await arrive('ada', 'bob');
    expect(await preview()).toMatchObject({ summary: { conflict: 1, create: 1, held: 1 } });
    await synchronize(admin);
    expect(await active()).toEqual(['ada']);
  });

  it('lets chosen people have the free seats, although others came before them', async () => {
    await setSeats({ limit: 1 });
    const [, bob] = await arrive('ada', 'bob');
    const { body } = await admin.post('/api/sync-runs', { directoryUserIds: [bob] }).expect(202);
    await runEnded(admin, body.id);
    expect(await active()).toEqual(['bob']);
  });

  it('has somebody wait who comes back and finds the seat taken, as the member that they were', async () => {
    await setSeats({ limit: 1 });
    const [ada = ''] = await arrive('ada');
    await synchronize(admin);
    const before = await memberId('ada');
    await changePerson(scim, ada, { active: false });
    await areActive();
    await arrive('bob');
    await synchronize(admin);
    await areActive('bob');
    await changePerson(scim, ada, { active: true });
    await eventually(async () => ((await seatsNow())?.waiting === 1 ? true : null));
    expect(await active()).toEqual(['bob']);
    await setSeats({ limit: 2 });
    await areActive('ada', 'bob');
    expect(await memberId('ada')).toBe(before);
  });

  it('seats nobody by itself while automatic synchronization is paused; the next run by hand does', async () => {
    await setSeats({ limit: 1 });
    await arrive('ada', 'bob');
    await synchronize(admin);
    await admin.post('/api/user-provisioning/automatic-sync/pause').expect(200);
    await setSeats({ limit: 2 });
    await eventually(async () => ((await preview()).seats?.taking === 1 ? true : null));
    expect(await active()).toEqual(['ada']);
    await synchronize(admin);
    expect(await active()).toEqual(['ada', 'bob']);
  });

  it('gives away a seat of which this process has heard nothing, because another one freed it and died', async () => {
    await setSeats({ limit: 1 });
    await arrive('ada', 'bob');
    await synchronize(admin);
    await wasTold(1);
    await service.dataSource.query('UPDATE workspace SET seat_limit = 2 WHERE id = $1', [workspace.id]);
    await service.provider<SeatKeeper>('SeatKeeper').sweep();
    await areActive('ada', 'bob');
  });

  it('costs a workspace without one no count of its members, however often they change', async () => {
    const db = dbOf(service.dataSource);
    const asked: string[] = [];
    const listening: Db = {
      run: (statement) => {
        asked.push(compile(statement).text);
        return db.run(statement);
      },
    };
    await arrive('ada');
    await synchronize(admin);
    expect(await workspacesToKeep(listening, [workspace.id], [])).toEqual([]);
    expect(asked.filter((text) => text.includes('FROM member'))).toEqual([]);
    await setSeats({ limit: 1, beyond: 'hold' });
    await workspacesToKeep(listening, [workspace.id], []);
    expect(asked.filter((text) => text.includes('FROM member'))).toHaveLength(1);
  });

  it('keeps an undo from making more members active than there are seats', async () => {
    await setSeats({ limit: 1 });
    const [ada = ''] = await arrive('ada', 'bob');
    await admin.patch('/api/user-provisioning/settings', { leavers: 'next_sync' }).expect(200);
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    const left = await synchronize(admin);
    await areActive('bob');
    await undone(admin, left.id);
    expect(await active()).toEqual(['bob']);
    const { body: changes } = await admin.get(`/api/sync-runs/${left.id}/changes`).expect(200);
    const [change] = changes.items.filter(({ name }) => name === 'ada');
    expect(change?.reason.text).toContain('the only seat is taken');
  });
});

describe('the doors beside synchronization', () => {
  const person = (name: string) => ({ email: addressOf(name) });

  it('refuse somebody when no seat is left, and say so', async () => {
    await setSeats({ limit: 2 });
    const { body: ada } = await admin.post('/api/members', person('ada')).expect(201);
    await admin.post('/api/members', person('bob')).expect(201);
    const refused = await admin.post('/api/members', person('cara')).expect(409);
    expect(refused.body).toMatchObject({
      limit: 2,
      detail: expect.stringContaining('All seats of this workspace (2)'),
    });
    expect(refused.body.type).toMatch(/no-seat$/u);
    await admin.patch(`/api/members/${ada.id}`, { status: 'deactivated' }).expect(200);
    await admin.post('/api/members', person('cara')).expect(201);
    const again = await admin.patch(`/api/members/${ada.id}`, { status: 'active' }).expect(409);
    expect(again.body.type).toMatch(/no-seat$/u);
    const bulk = await admin
      .post('/api/members/bulk', { action: 'reactivate', memberIds: [ada.id] })
      .expect(200);
    expect(JSON.stringify(bulk.body)).toContain('no-seat');
    const put = await operator
      .put(`/operator/workspaces/${workspace.id}/members/ext:d`, person('dan'))
      .expect(409);
    expect(put.body.type).toMatch(/no-seat$/u);
    expect(await active()).toEqual(['bob', 'cara']);
  });

  it('import a file as a whole or not at all', async () => {
    await setSeats({ limit: 2 });
    const csv = 'email\nada@example.com\nbob@example.com\ncara@example.com\n';
    const sent = () => admin.post('/api/members/import').set('Content-Type', 'text/csv').send(csv);
    const { body } = await sent().expect(409);
    expect(body).toMatchObject({ limit: 2, free: 2, wanted: 3 });
    expect(body.type).toMatch(/too-few-seats$/u);
    expect(await active()).toEqual([]);
    await setSeats({ limit: 3 });
    await sent().expect(201);
    expect(await active()).toEqual(['ada', 'bob', 'cara']);
  });

  it('refuse those lines of a batch for which no seat is left, and write the others', async () => {
    await setSeats({ limit: 2 });
    const lines = ['ada', 'bob', 'cara'].map((name) => ({ externalId: name, ...person(name) }));
    const inactive = { externalId: 'dan', ...person('dan'), status: 'deactivated' };
    const text = [...lines, inactive].map((line) => `${JSON.stringify(line)}\n`).join('');
    const { text: answer } = await service.http
      .post(`/operator/workspaces/${workspace.id}/members/batch`)
      .set('Authorization', `Bearer ${service.config.operatorToken}`)
      .set('Content-Type', 'application/x-ndjson')
      .send(text)
      .buffer(true)
      .parse((response, done) => {
        let all = '';
        response.on('data', (part: Buffer) => (all += part.toString()));
        response.on('end', () => done(null, all));
      })
      .expect(200)
      .then(({ body }) => ({ text: body }));
    const outcomes = answer
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { outcome: string }).outcome);
    expect(outcomes).toEqual(['created', 'created', 'refused', 'created']);
    expect(answer).toContain('no-seat');
    expect(await active()).toEqual(['ada', 'bob']);
  });

  it('and runs together never pass the limit', async () => {
    await setSeats({ limit: 4 });
    await arrive('ada', 'bob', 'cara');
    const csv = 'email\nx1@example.com\nx2@example.com\n';
    const added = Array.from({ length: 6 }, (_, at) => {
      const body = { email: `y${at}@example.com` };
      return service.http
        .post('/api/members')
        .set('Authorization', `Bearer ${workspace.adminToken}`)
        .send(body)
        .then(({ status }) => status);
    });
    const [, statuses] = await Promise.all([
      synchronize(admin),
      Promise.all(added),
      admin
        .post('/api/members/import')
        .set('Content-Type', 'text/csv')
        .send(csv)
        .then(({ status }) => status),
    ]);
    expect(new Set([...statuses, 201, 409])).toEqual(new Set([201, 409]));
    expect(await active()).toHaveLength(4);
  });
});

describe('the limit', () => {
  it('is refused below the members of today, in words, unless people beyond it are allowed', async () => {
    await arrive('ada', 'bob');
    await synchronize(admin);
    const refused = await setSeats({ limit: 1 }, 409);
    expect(refused).toMatchObject({ limit: 1, used: 2, detail: expect.stringContaining('2 active members') });
    expect(await seatsNow()).toBeNull();
    await setSeats({ limit: 1, beyond: 'allow' });
    expect(await setSeats({ limit: 2 })).toMatchObject({ seats: { limit: 2, beyond: 'hold' } });
    expect(await active()).toEqual(['ada', 'bob']);
    const { body } = await admin.get('/api/audit-log?action=workspace.seats-changed').expect(200);
    expect(body.items.map(({ details }) => details)).toEqual([
      { before: { limit: 1, beyond: 'allow' }, after: { limit: 2, beyond: 'hold' } },
      { before: null, after: { limit: 1, beyond: 'allow' } },
    ]);
  });

  it.each([
    [{ limit: -1 }, 'seats.limit'],
    [{ limit: 1.5 }, 'seats.limit'],
    [{ limit: 1_000_001 }, 'seats.limit'],
    [{}, 'seats.limit'],
    [{ limit: 1, beyond: 'drop' }, 'seats.beyond'],
    [{ limit: 1, more: 2 }, 'seats.more'],
    [[], 'seats'],
  ])('%j is refused, and it says where: %s', async (seats, path) => {
    expect(await setSeats(seats, 400)).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });
});
