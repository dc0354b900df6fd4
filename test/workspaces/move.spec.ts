import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { createEmptyDatabase } from '../harness/database.ts';
import { declareRoles, role } from '../harness/member-roles.ts';
import { plainHttp } from '../harness/plain-http.ts';
import type { Service } from '../harness/service.ts';
import {
  otherDatabase,
  peopleAtFirst,
  person,
  query,
  run,
  scimType,
  TwoPlaces,
  writersPauseMs,
} from '../harness/two-places.ts';
import { givenWorkspace, operatorClient } from '../harness/workspace.ts';

jest.setTimeout(180_000);

describe('workspace:move', () => {
  const places = new TwoPlaces();

  it('says first what it would do, and changes nothing', async () => {
    const { code, text } = await run('workspace-move.ts', places.args);
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('Nothing has been changed. Add --yes to move it.'),
    ]);
    expect(text).toContain(`${peopleAtFirst} directory users`);
    const [found] = await query<{ is: boolean }>(
      places.from.databaseUrl,
      `SELECT to_regnamespace('workspace_move') IS NULL AS is`,
    );
    expect(found?.is).toBe(true);
  });

  it('moves it while it is written to: every acknowledged write is there once, and the token answers there', async () => {
    let isOver = false;
    const { there, gone, refused, done } = places.write(() => isOver);
    const other = await givenWorkspace(places.from, { name: 'Another' });
    await sleep(300);
    const bystander = (async () => {
      const statuses: number[] = [];
      for (let at = 0; !isOver; at += 1) {
        statuses.push((await other.scim.post('/Users', { userName: `other-${at}@example.com` })).status);
        await sleep(writersPauseMs);
      }
      return new Set(statuses);
    })();
    const { code, text } = await places.move();
    await sleep(300);
    isOver = true;
    await done;
    expect([code, text]).toEqual([0, expect.stringContaining('rows are the same in both databases')]);
    expect(there.size).toBeGreaterThan(5);
    expect(await places.countAt(places.to)).toBe(peopleAtFirst + there.size);
    for (const [id, title] of there) {
      const found = (await (await places.scimAt(places.to, `/Users/${id}`)).json()) as {
        id: string;
        title?: string;
      };
      expect([found.id, found.title ?? '']).toEqual([id, title]);
    }
    for (const id of gone) expect((await places.scimAt(places.to, `/Users/${id}`)).status).toBe(404);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503, 421]));
    for (const { status, type, retryAfter, body } of refused) {
      expect(type).toContain(scimType);
      if (status === 503)
        expect([retryAfter, body]).toEqual(['5', expect.stringContaining('is being moved')]);
      else
        expect(body).toContain(
          status === 421 && body.includes(places.to.url) ? places.to.url : 'has been moved',
        );
    }
    // Nobody else was refused anything.
    expect(await bystander).toEqual(new Set([201]));
  });

  it('leaves the old place without a way to write, saying where it went', async () => {
    await places.move();
    const answers = await Promise.all([
      places.scimAt(places.from, '/Users', 'POST', person('too-late')),
      places.scimAt(places.from, '/Groups'),
      plainHttp(places.from.url)
        .get('/api/session')
        .set('Authorization', `Bearer ${places.workspace.adminToken}`),
      places.workspace.operator.get(`/operator/workspaces/${places.workspace.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([421, 421, 421, 421]);
    expect(await answers[0].json()).toMatchObject({
      status: '421',
      detail: expect.stringContaining(places.to.url),
    });
    expect(answers[3].body).toMatchObject({
      type: expect.stringContaining('workspace-moved'),
      movedTo: places.to.url,
    });
    expect(await places.rowsIn(places.from, 'directory_user')).toBe(0);
    expect(await places.rowsIn(places.from, 'member')).toBe(0);
    // Not even by SQL.
    const insert = `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
      VALUES ('${places.workspace.id}', gen_random_uuid(), gen_random_uuid(), 'created', now())`;
    await expect(query(places.from.databaseUrl, insert)).rejects.toMatchObject({ code: 'UM002' });
    const admin = { authorization: `Bearer ${places.workspace.adminToken}` };
    expect((await fetch(`${places.to.url}/api/session`, { headers: admin })).status).toBe(200);
  });

  it('goes on with the feed of its events without a gap, from a cursor of the old place', async () => {
    const read = (service: Service, after: string) =>
      plainHttp(service.url)
        .get(
          `/operator/events?workspaceId=${places.workspace.id}&limit=7${after === '' ? '' : `&after=${after}`}`,
        )
        .set('Authorization', `Bearer ${service.config.operatorToken}`)
        .expect(200);
    const first = (await read(places.from, '')).body as { items: { sequence: number }[]; next: string };
    await places.move();
    const seen = first.items.map(({ sequence }) => sequence);
    let after = first.next;
    for (;;) {
      const page = (await read(places.to, after)).body as {
        items: { sequence: number }[];
        next: string;
        more: boolean;
      };
      seen.push(...page.items.map(({ sequence }) => sequence));
      after = page.next;
      if (!page.more) break;
    }
    expect(seen.length).toBeGreaterThan(peopleAtFirst);
    expect(seen).toEqual(seen.map((_, at) => at + 1));
    await places.to.http.get('/health/ready').expect(200);
  });

  it('brings the chain of its audit log, which holds in both places', async () => {
    await places.move();
    for (const { databaseUrl } of [places.from, places.to]) {
      const { code, text } = await run('audit-verify.ts', ['--workspace', places.workspace.id], undefined, {
        DATABASE_URL: databaseUrl,
      });
      expect([code, text]).toEqual([0, expect.stringContaining('Nothing is wrong.')]);
    }
  });

  it('is synchronized there as it would have been here: a run finds nothing to do', async () => {
    await places.move();
    const headers = { authorization: `Bearer ${places.workspace.adminToken}` };
    const answer = await fetch(`${places.to.url}/api/sync-preview`, { headers });
    expect(await answer.json()).toMatchObject({ items: [] });
  });

  it('refuses where the roles that its rules give are not declared as here, also when they change meanwhile', async () => {
    const [here, there] = [operatorClient(places.from), operatorClient(places.to)];
    await declareRoles(here);
    const rules = [{ attribute: 'userName', value: 'first-0@example.com', role: 'editor' }];
    await places.workspace.admin
      .put('/api/role-mapping', { rules, default: 'member', withoutGroup: 'deactivate' })
      .expect(200);
    expect(await places.move()).toEqual({ code: 78, text: expect.stringContaining(': editor, member\n') });
    await declareRoles(there, [role('member', 1), role('editor', 2, { max: 1 })]);
    expect(await places.move()).toEqual({ code: 78, text: expect.stringMatching(/: editor\n$/) });
    await declareRoles(there);
    const declared: Promise<void>[] = [];
    const late = await places.move((text) => {
      if (text.includes('Step 2 of 7') && declared.length === 0)
        declared.push(declareRoles(there, [role('member', 1)]));
    });
    await Promise.all(declared);
    expect(late).toEqual({ code: 78, text: expect.stringMatching(/: editor\n$/) });
    expect([await places.countAt(places.from), await places.countAt(places.to)]).toEqual([
      peopleAtFirst,
      401,
    ]);
    await declareRoles(there);
    expect(await places.move()).toMatchObject({ code: 0 });
    await there.put('/operator/roles', [role('member', 1)]).expect(409);
  });

  it('forgets the rest at the old place when it is told to, so that it can come back', async () => {
    await places.move();
    const forgot = await run('workspace-move.ts', [
      '--from',
      places.from.databaseUrl,
      '--workspace',
      places.workspace.id,
      '--forget',
    ]);
    expect([forgot.code, forgot.text]).toEqual([0, expect.stringContaining('Nothing is left')]);
    expect(await places.countAt(places.from)).toBe(401);
    await query(places.from.databaseUrl, 'DROP TRIGGER guard_member ON member');
    await query(places.from.databaseUrl, 'DROP TRIGGER guard_membership ON member_group_member');
    const back = [
      '--from',
      places.to.databaseUrl,
      '--to',
      places.from.databaseUrl,
      '--workspace',
      places.workspace.id,
      '--yes',
    ];
    expect(await run('workspace-move.ts', back)).toMatchObject({ code: 0 });
    expect([await places.countAt(places.from), await places.countAt(places.to)]).toEqual([
      peopleAtFirst,
      421,
    ]);
    await places.workspace.scim.post('/Users', person('home-again')).expect(201);
  });

  it('refuses in one line what cannot be moved, and changes nothing', async () => {
    const expectRefused = async (given: string[], says: string) => {
      const { code, text } = await run('workspace-move.ts', [...given, '--yes']);
      expect([code, text.trim().split('\n')]).toEqual([78, [expect.stringContaining(says)]]);
    };
    const instead = (option: string, value: string) =>
      places.args.map((text, at, all) => (all[at - 1] === option ? value : text));
    await expectRefused(
      instead('--workspace', '00000000-0000-7000-8000-000000000000'),
      'is not in the database',
    );
    await expectRefused(instead('--workspace', 'nothing'), '--workspace must be the id of a workspace');
    await expectRefused(instead('--to', places.from.databaseUrl), 'must be two databases');
    await expectRefused(instead('--to', (await createEmptyDatabase()).url), '--to lacks');
    const newer = await otherDatabase();
    await query(newer, `INSERT INTO migrations (timestamp, name) VALUES (9, 'Later9')`);
    await expectRefused(instead('--to', newer), 'that this version does not know (Later9)');
    const taken = await otherDatabase();
    await query(
      taken,
      `INSERT INTO property (workspace_id, id, key, name, type, created_at, updated_at, position)
       SELECT $1, gen_random_uuid(), 'k', 'K', 'text', now(), now(), 1`,
      [places.workspace.id],
    ).catch(() =>
      query(taken, `INSERT INTO event_head (workspace_id, sequence) VALUES ($1, 0)`, [places.workspace.id]),
    );
    await expectRefused(instead('--to', taken), 'has rows of this workspace already');
    const named = await otherDatabase();
    await query(
      named,
      `INSERT INTO workspace (id, name, slug, settings, created_at, updated_at)
       SELECT gen_random_uuid(), 'Namesake', $1, '{}', now(), now()`,
      [
        (
          await query<{ slug: string }>(places.from.databaseUrl, 'SELECT slug FROM workspace WHERE id = $1', [
            places.workspace.id,
          ])
        )[0]?.slug,
      ],
    );
    await expectRefused(
      instead('--to', named),
      'another workspace with the same slug or external id (Namesake)',
    );
    await places.workspace.scim.post('/Users', person('still-here')).expect(201);
  });
});
