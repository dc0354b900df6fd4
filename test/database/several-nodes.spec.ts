import { describe, expect, it, jest } from '@jest/globals';
import { allNodesEveryMs } from '../../src/database/distributed.ts';
import { dbOf } from '../../src/database/db-of.ts';
import { DistributedPublishing } from '../../src/events/distributed-publishing.ts';
import { RunQueue } from '../../src/sync/workers/run-queue.ts';
import { enterpriseUrn, givenGroup, patchOf, userBody } from '../scim/directory.ts';
import type { Service } from '../harness/service.ts';
import { type Place, useSeveralAndPlain } from '../harness/several-nodes.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const { several, plain, sent } = useSeveralAndPlain();

const isOfRequest = /on_node_|directory_(?:user|group)/;
/** Entries of the provisioning log go to the same node, a moment later. */
const isOfLog = /"workspaceId" uuid/;

/** What a request sends about the directory. */
async function statementsOf(
  request: () => PromiseLike<{ status: number }>,
  status: number,
): Promise<string[]> {
  sent.length = 0;
  expect((await request()).status).toBe(status);
  return sent.filter((text) => isOfRequest.test(text) && !isOfLog.test(text));
}

describe('where rows lie on several nodes', () => {
  it('a write of a user is one call, carried out where the workspace is, and so is one of a group', async () => {
    const { scim } = several.workspace;
    const created = await scim.post('/Users', userBody({ externalId: 'first' })).expect(201);
    const { id } = created.body;
    const title = patchOf({ op: 'replace', path: 'title', value: 'Counted' });
    const renumbered = patchOf({ op: 'replace', path: 'externalId', value: 'renumbered' });
    const renamed = patchOf({ op: 'replace', path: 'displayName', value: 'Renamed' });
    const group = await givenGroup(scim, { displayName: 'Counted' });
    const join = patchOf({ op: 'add', path: 'members', value: [{ value: id }] });
    const leave = patchOf({ op: 'remove', path: `members[value eq "${id}"]` });
    const waiting = await givenGroup(scim, {}, ['awaited', 'to come']);
    const awaited = patchOf({ op: 'replace', path: 'externalId', value: 'awaited' });
    const calls = [
      await statementsOf(() => scim.post('/Users', userBody({ externalId: 'second' })), 201),
      await statementsOf(() => scim.patch(`/Users/${id}`, title), 200),
      await statementsOf(() => scim.patch(`/Users/${id}`, renumbered), 200),
      await statementsOf(() => scim.patch(`/Users/${id}`, awaited), 200),
      await statementsOf(() => scim.post('/Users', userBody({ externalId: 'to come' })), 201),
      await statementsOf(() => scim.post('/Groups', { displayName: 'Empty' }), 201),
      await statementsOf(() => scim.patch(`/Groups/${group.id}`, join), 204),
      await statementsOf(() => scim.patch(`/Groups/${group.id}`, leave), 204),
      await statementsOf(() => scim.delete(`/Users/${id}`), 204),
      await statementsOf(() => scim.patch(`/Groups/${group.id}`, renamed), 204),
    ];
    const name = /^SELECT (?:\*|written) FROM (\w+)/;
    expect(calls.map((texts) => texts.map((text) => name.exec(text)?.[1]))).toEqual([
      ['on_node_steps'],
      ['on_node_steps'],
      ['on_node_steps'],
      ['on_node_steps'],
      // The second one makes them a member.
      ['on_node_steps', 'on_node_steps'],
      ['on_node_count'],
      ['on_node_steps'],
      ['on_node_steps'],
      ['on_node_steps'],
      // The first one reads the group.
      [undefined, 'on_node_steps'],
    ]);
    const { body } = await scim.get(`/Groups/${waiting.id}`).expect(200);
    // The one with the other name is deleted.
    expect((body as unknown as { members: unknown[] }).members).toHaveLength(1);
  });

  it('a directory, its history, its queue and its count become what they become elsewhere', async () => {
    const seen = await Promise.all([several, plain].map(async (place) => story(place)));
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[1]?.statuses).toEqual([201, 201, 201, 409, 200, 200, 200, 201, 200, 412]);
  });

  it('a run makes members, and its events have their place in the feed over all workspaces', async () => {
    const { service, workspace } = several;
    const person = userBody({ externalId: 'of-run', userName: 'of-run@example.com' });
    await workspace.scim.post('/Users', person).expect(201);
    const run = await synchronize(workspace.admin);
    expect(run.state).toBe('succeeded');
    await eventually(async () => {
      const { rows } = await query<{ is: boolean }>(
        service,
        `SELECT EXISTS (SELECT FROM event_head h JOIN published_event p ON p.workspace_id = h.workspace_id
           AND p.last_sequence = h.sequence WHERE h.workspace_id = $1 AND h.published = h.sequence) AS is`,
        workspace.id,
      );
      return rows[0]?.is ? true : null;
    });
    const { rows: gaps } = await query(
      service,
      `SELECT first_sequence FROM (SELECT first_sequence, lag(last_sequence, 1, 0) OVER (ORDER BY position) AS before
         FROM published_event WHERE workspace_id = $1) p WHERE first_sequence <> before + 1`,
      workspace.id,
    );
    expect(gaps).toEqual([]);
  });

  it('the last contact of an identity provider is known', async () => {
    const { service, workspace } = several;
    await workspace.scim.get('/Users?count=1').expect(200);
    const known = await eventually(async () => {
      const { rows } = await query<{ status: number | null }>(
        service,
        'SELECT last_contact_status AS status FROM workspace WHERE id = $1',
        workspace.id,
      );
      return rows[0]?.status === 200 ? true : null;
    });
    expect(known).toBe(true);
  });

  it('a run is found that is queued while its workspace is asked for an earlier one', async () => {
    const { dataSource } = several.service;
    const db = dbOf(dataSource);
    const queue = new RunQueue(dataSource);
    const later = new Date(several.service.clock.now().getTime() + 60_000);
    expect(await queue.next(later, 'oldest')).toBeNull();
    queue.hear(several.workspace.id);
    const run = db.run.bind(db);
    let id = '';
    const meanwhile = jest.spyOn(db, 'run').mockImplementationOnce(async (statement) => {
      const answer = await run(statement);
      id = await givenFreeRun(several, later);
      queue.hear(several.workspace.id);
      return answer;
    });
    const found = (await queue.next(later, 'oldest')) ?? (await queue.next(later, 'oldest'));
    meanwhile.mockRestore();
    expect(found).toMatchObject({ id });
    await endRunOf(several, id);
  });

  it('a run that another process left does not wait until nothing is heard of others', async () => {
    const { service } = several;
    const queue = new RunQueue(service.dataSource);
    const later = new Date(service.clock.now().getTime() + 60_000);
    expect(await queue.next(later, 'oldest')).toBeNull();
    const other = { service, workspace: await givenWorkspace(service) };
    const left = await givenFreeRun(other, new Date(later.getTime() - 1));
    const heardOf = await givenFreeRun(several, later);
    queue.hear(several.workspace.id);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + allNodesEveryMs);
    const found = [await queue.next(later, 'oldest'), await queue.next(later, 'oldest')];
    clock.mockRestore();
    expect(found.map((run) => run?.id)).toEqual([left, heardOf]);
    await endRunOf(other, left);
    await endRunOf(several, heardOf);
  });

  it('the events of a workspace that is gone are not waited for for ever', async () => {
    const { dataSource, clock } = several.service;
    const publishing = new DistributedPublishing(dataSource, 'this process');
    const publish = (heard: string[]) => publishing.publish(heard, clock.now(), new AbortController().signal);
    await publish([]);
    const gone = '0190aaaa-0000-7000-8000-000000000007';
    await publish([gone]);
    const past = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + allNodesEveryMs);
    const transactions = jest.spyOn(dataSource, 'transaction');
    await publish([]);
    past.mockRestore();
    expect(transactions.mock.calls).toEqual([]);
    transactions.mockRestore();
  });
});

/** A run that nobody works on, and that the service itself does not see: its clock is behind. @returns its id */
async function givenFreeRun({ service, workspace }: Place, at: Date): Promise<string> {
  const [row] = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until)
     VALUES ($1, uuidv7(), 'manual', 'queued', 'admin@example.com', $2, $3) RETURNING id`,
    [workspace.id, at, new Date(service.clock.now().getTime() + 1_000)],
  );
  return row?.id ?? '';
}

async function endRunOf({ service, workspace }: Place, id: string): Promise<void> {
  await service.dataSource.query('DELETE FROM sync_run WHERE workspace_id = $1 AND id = $2', [
    workspace.id,
    id,
  ]);
}

/** People who arrive, return, change, are waited for and are refused; what became of them, without ids and times. */
async function story({ service, workspace }: Place) {
  const { scim } = workspace;
  const statuses: number[] = [];
  const send = async (request: PromiseLike<{ status: number; body: unknown }>) => {
    const { status, body } = await request;
    statuses.push(status);
    return body as { id: string; meta: { version: string } };
  };
  const named = (name: string, more: object = {}) =>
    userBody({ externalId: name, userName: `${name}@story.example`, ...more });
  const quoted = { displayName: `O'Neil "\\" {a,b}`, emails: [{ value: 'ü@story.example', type: 'work' }] };
  const report = await send(
    scim.post('/Users', named('report', { [enterpriseUrn]: { manager: { value: 'boss' } } })),
  );
  await send(
    scim.post('/Groups', { displayName: 'Waiting', members: [{ value: report.id }, { value: 'boss' }] }),
  );
  const boss = await send(scim.post('/Users', named('boss', quoted)));
  await send(scim.post('/Users', named('other', { userName: 'BOSS@story.example' })));
  await send(scim.patch(`/Users/${boss.id}`, patchOf({ op: 'replace', path: 'title', value: `it's` })));
  await send(scim.patch(`/Users/${boss.id}`, patchOf({ op: 'replace', path: 'externalId', value: 'chief' })));
  await send(scim.patch(`/Users/${boss.id}`, patchOf({ op: 'replace', path: 'active', value: false })));
  const back = await send(scim.post('/Users', named('chief', { userName: 'boss@story.example' })));
  expect(back.id).toBe(boss.id);
  await send(scim.get(`/Users/${report.id}`));
  const stale = service.http
    .patch(`/scim/v2/Users/${boss.id}`)
    .set('Authorization', `Bearer ${workspace.token}`)
    .set('Content-Type', 'application/scim+json')
    .set('If-Match', 'W/"1"')
    .send(JSON.stringify(patchOf({ op: 'replace', path: 'title', value: 'stale' })));
  await send(stale);
  const ofStory = `SELECT id FROM directory_user WHERE workspace_id = $1 AND user_name LIKE '%@story.example'`;
  const read = async (text: string) => (await query(service, text, workspace.id)).rows;
  return {
    statuses,
    users:
      await read(`SELECT user_name, external_id, active, resource - 'id' AS resource, version, manager_value, counted,
      display_name_hash, email_hashes, search_text FROM directory_user WHERE id IN (${ofStory}) ORDER BY user_name`),
    events: await read(`SELECT kind, count(*) FROM directory_event WHERE workspace_id = $1
      AND resource_id IN (${ofStory}) GROUP BY kind ORDER BY kind`),
    queue: await read(`SELECT u.user_name, q.reason, q.regrouped_at IS NOT NULL AS regrouped FROM sync_queue q
      JOIN directory_user u ON u.workspace_id = q.workspace_id AND u.id = q.directory_user_id
      WHERE u.id IN (${ofStory}) ORDER BY u.user_name`),
    members: await read(
      `SELECT count(*) FROM directory_group_member WHERE workspace_id = $1 AND user_id IN (${ofStory})`,
    ),
    counted:
      await read(`SELECT sum(users)::int - (SELECT count(*) FROM directory_user WHERE workspace_id = $1)::int AS wrong
      FROM directory_count WHERE workspace_id = $1 AND slot > 0`),
  };
}

async function query<Row = Record<string, unknown>>(
  { dataSource }: Service,
  text: string,
  workspaceId: string,
): Promise<{ rows: Row[] }> {
  return { rows: await dataSource.query<Row[]>(text, [workspaceId]) };
}
