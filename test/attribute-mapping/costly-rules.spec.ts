import { beforeEach, describe, expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import { allMembers, runEnded, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const costly = '([ab]{100})+[^ab]';
const always = { transforms: [], when: 'always' };
const email = { ...always, source: 'userName', target: { field: 'email' } };
const lastName = { ...always, source: 'nickName', target: { field: 'lastName' } };
const plainTitle = { ...always, source: 'title', target: { field: 'jobTitle' } };
const costlyTitle = {
  ...plainTitle,
  source: 'roles.value',
  transforms: [{ name: 'extract', args: [costly] }],
};

interface Problem {
  target: string;
  code: string;
  text: string;
  people: number;
}

const service = useService();
const workspace = useWorkspace(service);

beforeEach(async () => {
  const roles = Array.from({ length: 3 }, () => ({ value: 'ab'.repeat(9_000) }));
  for (const name of ['ann', 'bob'])
    await givenPerson(workspace.scim, `${name}@example.com`, { title: 'Old', nickName: name, roles });
  await givenPerson(workspace.scim, 'eve@example.com', { title: 'Old', nickName: 'eve', roles: [] });
});

async function useRules(...rules: object[]): Promise<void> {
  await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
}

describe('a rule that is too costly', () => {
  it('is named in the preview with how many people it concerns, and the others are shown', async () => {
    const rules = [email, costlyTitle, lastName];
    for (const [path, language, words] of [
      ['preview', 'en', 'rule 2 (roles.value) would do more work than one person may cost'],
      ['preview/counts', 'de', 'Regel 2 (roles.value) würde mehr Arbeit machen'],
    ] as const) {
      const { body } = await workspace.admin
        .post(`/api/attribute-mapping/${path}`, { rules })
        .set('Accept-Language', language)
        .expect(200);
      const summary = ('summary' in body ? body.summary : body) as {
        complete: boolean;
        people: number;
        problems: Problem[];
      };
      expect(summary).toMatchObject({ complete: true, people: 3 });
      expect(summary.problems).toMatchObject([{ target: 'jobTitle', code: 'too-costly', people: 2 }]);
      expect(summary.problems[0]?.text).toContain(words);
    }
  });

  it('empties nothing, in the run as in its preview, and the run tells of it', async () => {
    await useRules(email, plainTitle);
    await synchronize(workspace.admin);
    await useRules(email, costlyTitle, lastName);
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { summary, items } = body;
    expect(summary).toMatchObject({ update: 3 });
    const run = await synchronize(workspace.admin);
    expect(run).toMatchObject({ state: 'succeeded', counts: summary });
    const members = await allMembers(workspace.admin);
    expect(members.map(({ lastName: name, jobTitle }) => [name, jobTitle]).sort()).toEqual([
      ['ann', 'Old'],
      ['bob', 'Old'],
      ['eve', null],
    ]);
    const told = items.filter(({ reason }) => reason.text.includes('rule 2 (roles.value)'));
    expect(told.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['lastName'], ['lastName']]);
    expect(run.notes).toMatchObject([
      { code: 'rule-too-costly', params: { target: 'jobTitle', rule: 2, source: 'roles.value', count: 2 } },
    ]);
    const { body: german } = await workspace.admin
      .get(`/api/sync-runs/${run.id}`)
      .set('Accept-Language', 'de')
      .expect(200);
    expect(german.notes[0]?.text).toContain('betroffene Personen: 2');
  });

  it('is named in the conflict of a person whose address it would have given', async () => {
    await useRules({ ...costlyTitle, target: { field: 'email' } });
    const run = await synchronize(workspace.admin);
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({ counts: { conflict: 3, create: 0 } });
    const { body } = await workspace.admin.get('/api/sync-preview').expect(200);
    const { items } = body;
    const texts = items.filter(({ reason }) => reason.text.includes('rule 1 (roles.value)'));
    expect(texts.map(({ reason }) => reason.code)).toEqual(['missing-email', 'missing-email']);
  });

  it('leaves a manager as a member has one', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const manager = { ...always, source: `${urn}:manager.value`, target: { field: 'manager' } };
    const roles = [{ value: 'ab'.repeat(9_000) }];
    const boss = 'external-ann@example.com';
    await givenPerson(workspace.scim, 'dan@example.com', { roles, [urn]: { manager: { value: boss } } });
    await useRules(email, manager);
    await synchronize(workspace.admin);
    const managerOf = async () =>
      (await allMembers(workspace.admin)).find((member) => member.email.startsWith('dan'))?.managerId;
    const before = await managerOf();
    expect(before).toEqual(expect.any(String));
    await useRules(email, { ...costlyTitle, target: { field: 'manager' } });
    await synchronize(workspace.admin);
    expect(await managerOf()).toBe(before);
  });
});
