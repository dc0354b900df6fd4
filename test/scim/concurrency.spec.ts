import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LateReferencesService } from '../../src/scim/groups/late-references.service.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  memberIds,
  patchOf,
  readGroup,
  readUser,
  userBody,
  type Operation,
  type Resource,
} from './directory.ts';
import { expectScimAnswer } from './scim-expectations.ts';
import { cases } from '../harness/cases.ts';
import { eventually } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

const patchGroup = (id: string, operation: Operation) => scim.patch(`/Groups/${id}`, patchOf(operation));

function addition(value: string, shape: number): Operation {
  const shapes: Operation[] = [
    { op: 'Add', path: 'members', value: [{ value }] },
    { op: 'add', path: 'members', value: [{ $ref: null, value }] },
    { op: 'add', value: { members: [{ value }] } },
  ];
  return shapes[shape % shapes.length] as Operation;
}

function removal(value: string, shape: number): Operation {
  const shapes: Operation[] = [
    { op: 'Remove', path: 'members', value: [{ value }] },
    { op: 'remove', path: `members[value eq "${value}"]` },
  ];
  return shapes[shape % shapes.length] as Operation;
}

describe('one group', () => {
  it('keeps everybody that forty parallel PATCHes add, one each', async () => {
    const users = await Promise.all(Array.from({ length: 40 }, () => givenUser(scim)));
    const { id } = await givenGroup(scim);
    const answers = await Promise.all(users.map((user, at) => patchGroup(id, addition(user.id, at))));
    for (const answer of answers) expectScimAnswer(answer, 204);
    expect(await memberIds(scim, id)).toEqual(users.map((user) => user.id).sort());
    expect((await readGroup(scim, id)).meta.version).toBe('W/"41"');
  });

  it('ends in the set arithmetic of parallel additions and removals of different people', async () => {
    const people = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(people, fc.nat(), fc.nat(), async (chosen, coins, shape) => {
        const before = Array.from({ length: 8 }, (_, at) => `person-${at}`);
        const { id } = await givenGroup(scim, {}, before);
        const expected = new Set(before);
        const requests = chosen.map((person, at) => {
          const value = `person-${person}`;
          const adds = ((coins >> at) & 1) === 0;
          if (adds) expected.add(value);
          else expected.delete(value);
          return patchGroup(id, adds ? addition(value, shape + at) : removal(value, shape + at));
        });
        for (const answer of await Promise.all(requests)) expectScimAnswer(answer, 204);
        expect(await memberIds(scim, id)).toEqual([...expected].sort());
      }),
      cases(8),
    );
  });

  it('loses neither a rename nor a member when both come at once', async () => {
    const { id } = await givenGroup(scim, {}, ['a']);
    const operations: Operation[] = [
      { op: 'replace', path: 'displayName', value: 'Renamed' },
      { op: 'replace', path: 'externalId', value: 'parallel' },
      ...['b', 'c', 'd', 'e', 'f'].map((value) => ({ op: 'add', path: 'members', value: [{ value }] })),
      { op: 'remove', path: 'members[value eq "a"]' },
    ];
    const answers = await Promise.all(operations.map((operation) => patchGroup(id, operation)));
    for (const answer of answers) expectScimAnswer(answer, 204);
    expect(await readGroup(scim, id)).toMatchObject({ displayName: 'Renamed', externalId: 'parallel' });
    expect(await memberIds(scim, id)).toEqual(['b', 'c', 'd', 'e', 'f']);
  });

  it('ends in one of the two sets when two replace all members at once', async () => {
    const { id } = await givenGroup(scim, {}, ['old-1', 'old-2']);
    const sets = [
      ['a', 'b', 'c'],
      ['c', 'd', 'e'],
    ];
    for (let round = 0; round < 5; round += 1) {
      const replacements = sets.map((members) =>
        patchGroup(id, { op: 'replace', path: 'members', value: members.map((value) => ({ value })) }),
      );
      for (const answer of await Promise.all(replacements)) expectScimAnswer(answer, 204);
      expect(sets).toContainEqual(await memberIds(scim, id));
    }
  });

  it('keeps a member once when many add them at once, and counts one change', async () => {
    const { id, meta } = await givenGroup(scim);
    const same: Operation = { op: 'add', path: 'members', value: [{ value: 'same' }] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => patchGroup(id, same)));
    for (const answer of answers) expectScimAnswer(answer, 204);
    const after = await readGroup(scim, id);
    expect(after.members).toHaveLength(1);
    expect([meta.version, after.meta.version]).toEqual(['W/"1"', 'W/"2"']);
  });

  it('keeps a member who arrives while they are being added', async () => {
    for (let round = 0; round < 6; round += 1) {
      const externalId = `arriving-${round}`;
      const { id } = await givenGroup(scim);
      const [added, user] = await Promise.all([
        patchGroup(id, { op: 'add', path: 'members', value: [{ value: externalId }] }),
        scim.post('/Users', userBody({ externalId })),
      ]);
      expectScimAnswer(added, 204);
      expectScimAnswer(user, 201);
      expect((await readGroup(scim, id)).members).toHaveLength(1);
    }
  });
});

describe('one user', () => {
  it('loses none of the parallel changes of different attributes', async () => {
    const { id } = await givenUser(scim);
    const paths = [
      'title',
      'nickName',
      'displayName',
      'locale',
      'name.givenName',
      'name.familyName',
      'userType',
    ];
    const operations: Operation[] = [
      ...paths.map((path) => ({ op: 'replace', path, value: `new ${path}` })),
      { op: 'add', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'h@example.com' }] },
      { op: 'replace', path: `${enterpriseUrn}:department`, value: 'D' },
      { op: 'Replace', path: 'active', value: 'False' },
    ];
    const answers = await Promise.all(
      operations.map((operation) => scim.patch(`/Users/${id}`, patchOf(operation))),
    );
    for (const answer of answers) expectScimAnswer(answer, 200);
    const user = await readUser(scim, id);
    expect(user).toMatchObject({
      title: 'new title',
      nickName: 'new nickName',
      displayName: 'new displayName',
      locale: 'new locale',
      userType: 'new userType',
      name: { givenName: 'new name.givenName', familyName: 'new name.familyName' },
      active: false,
      [enterpriseUrn]: { department: 'D' },
    });
    expect(user.emails).toHaveLength(2);
    expect(user.meta.version).toBe(`W/"${operations.length + 1}"`);
  });

  it('is created once when two requests create them at once: one 201, one 409', async () => {
    for (let round = 0; round < 5; round += 1) {
      const userName = `twice-${round}@example.com`;
      const answers = await Promise.all([
        scim.post('/Users', userBody({ userName })),
        scim.post('/Users', userBody({ userName: userName.toUpperCase() })),
        scim.post('/Users', userBody({ userName })),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    }
  });

  it('is brought back once, under the same id, when several requests re-provision them at once', async () => {
    const body = userBody({ externalId: 'revived' });
    const { id } = (await scim.post('/Users', { ...body, active: false }).expect(201)).body;
    const answers = await Promise.all([1, 2, 3].map(() => scim.post('/Users', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    for (const { status, body: told } of answers) if (status === 201) expect((told as Resource).id).toBe(id);
    expect((await readUser(scim, id)).active).toBe(true);
  });

  it('is either changed or gone when a PATCH meets a DELETE, and leaves nothing behind', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await givenUser(scim);
      const [patched, deleted] = await Promise.all([
        scim.patch(`/Users/${id}`, patchOf({ op: 'replace', path: 'title', value: 'x' })),
        scim.delete(`/Users/${id}`),
      ]);
      expect([200, 404]).toContain(patched.status);
      expectScimAnswer(deleted, 204);
      expectScimAnswer(await scim.get(`/Users/${id}`), 404);
    }
  });

  it('with If-Match is changed by one of many writers who read the same version', async () => {
    const { id, meta } = await givenUser(scim);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((value) =>
        scim
          .patch(`/Users/${id}`, patchOf({ op: 'replace', path: 'title', value: `${value}` }))
          .set('If-Match', meta.version),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('what is written', () => {
  it('leaves one history entry for each real change, and the user in the queue once', async () => {
    const { id } = await givenUser(scim);
    await Promise.all(
      ['a', 'b', 'c'].map((value) =>
        scim.patch(`/Users/${id}`, patchOf({ op: 'add', path: `urn:example:x:1.0:User:${value}`, value })),
      ),
    );
    const [row] = await service.dataSource.query<{ events: string; queued: string; version: string }[]>(
      `SELECT (SELECT count(*) FROM directory_event WHERE workspace_id = $1 AND resource_id = $2) AS events,
              (SELECT count(*) FROM sync_queue WHERE workspace_id = $1 AND directory_user_id = $2) AS queued,
              (SELECT version FROM directory_user WHERE workspace_id = $1 AND id = $2) AS version`,
      [workspace.id, id],
    );
    expect(row).toEqual({ events: '4', queued: '1', version: '4' });
  });
});

describe('a membership and its user that arrive at the same instant', () => {
  it('find each other within a minute, once, even if neither could see the other', async () => {
    const externalId = 'the-same-instant';
    const user = await givenUser(scim, { externalId });
    const group = await givenGroup(scim, {}, []);
    await service.dataSource.query(
      `INSERT INTO directory_group_member (workspace_id, group_id, value) VALUES ($1, $2, $3), ($1, $2, 'nobody')`,
      [workspace.id, group.id, externalId],
    );
    const late = service.provider<LateReferencesService>('LateReferencesService');
    await late.resolve();
    // The service resolves them by itself as well, and may be the one that did it.
    await eventually(async () => ((await memberIds(scim, group.id)).includes(user.id) ? true : null));
    expect(await memberIds(scim, group.id)).toEqual([user.id, 'nobody'].sort());
    expect((await readGroup(scim, group.id)).meta.version).toBe('W/"2"');
    expect(await late.resolve()).toBe(0);
  });
});
