import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { runEnded, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace, useWorkspace } from '../harness/use-service.ts';
import type { Client, ScimClient } from '../harness/workspace.ts';

type Preview = Schema<'SyncPreviewResponse'>;
type Change = Schema<'ChangeResponse'>;

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const sorts = ['name', 'email', 'department', 'title', 'kind'] as const;

const service = useService();

/** A name, and what tells people of that name apart. */
interface Given {
  name: string;
  department?: string;
  title?: string;
}

async function given(scim: ScimClient, { name, department, title }: Given): Promise<string> {
  return givenPerson(scim, `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@example.com`, {
    displayName: name,
    ...(title && { title }),
    ...(department && { [enterprise]: { department } }),
  });
}

async function preview(admin: Client, query = ''): Promise<Preview> {
  return (await admin.get(`/api/sync-preview?${query}`).expect(200)).body;
}

/** All pages of a list. */
async function all(admin: Client, query: string, limit = 2): Promise<Change[]> {
  const items: Change[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Preview = await preview(admin, `${query}&limit=${limit}${after}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

describe('the rows of the preview', () => {
  const { admin, scim } = useWorkspace(service);

  it('carry e-mail, department and title as the member will have them, also of who is withheld or has left', async () => {
    await admin
      .patch('/api/user-provisioning/settings', {
        leavers: 'next_sync',
        removalGuard: { percent: 0, atLeast: 0 },
      })
      .expect(200);
    const { body: mapping } = await admin.get('/api/attribute-mapping').expect(200);
    const rules = mapping.rules.map((rule) =>
      'field' in rule.target && rule.target.field === 'jobTitle'
        ? { ...rule, transforms: [{ name: 'upper' as const }] }
        : rule,
    );
    await admin.put('/api/attribute-mapping', { rules }).expect(200);
    const ada = await given(scim, { name: 'Ada', department: 'Research', title: 'Analyst' });
    const bob = await given(scim, { name: 'Bob', department: 'Sales' });
    await given(scim, { name: 'Cy' });
    const [first, second, third] = (await preview(admin)).items;
    expect(first).toMatchObject({ email: 'ada@example.com', department: 'Research', title: 'ANALYST' });
    expect(second).toMatchObject({ email: 'bob@example.com', department: 'Sales', title: null });
    expect(third).toMatchObject({ email: 'cy@example.com', department: null, title: null });
    await synchronize(admin);
    await changePerson(scim, ada, { active: false });
    await admin.post(`/api/sync-preview/${bob}/exclude`).expect(200);
    await synchronize(admin);
    const withheld = (await preview(admin)).items;
    expect(withheld).toMatchObject([
      { kind: 'held', name: 'Ada', email: 'ada@example.com', department: 'Research', title: 'ANALYST' },
      { kind: 'excluded', name: 'Bob', email: 'bob@example.com', department: 'Sales', title: null },
    ]);
    const explained = await admin.get(`/api/sync-preview/${ada}`).expect(200);
    expect(explained.body).toMatchObject({ department: 'Research', title: 'ANALYST' });
  });

  it('name an option by its name, and find people by an address that does not change', async () => {
    const { body } = await admin.get('/api/properties').expect(200);
    const department = body.items.find(({ key }) => key === 'department');
    const { body: mapping } = await admin.get('/api/attribute-mapping').expect(200);
    const rules = mapping.rules.filter(({ target }) => !('property' in target));
    await admin.put('/api/attribute-mapping', { rules }).expect(200);
    await admin.delete(`/api/properties/${department?.id}`).expect(204);
    const options = [{ key: 'rnd', name: 'Research & Development' }];
    await admin
      .post('/api/properties', { key: 'department', name: 'Department', type: 'select', options })
      .expect(201);
    await admin.put('/api/attribute-mapping', { rules: mapping.rules }).expect(200);
    const id = await given(scim, { name: 'Ada', department: 'rnd' });
    expect((await preview(admin)).items).toMatchObject([{ department: 'Research & Development' }]);
    await synchronize(admin);
    await changePerson(scim, id, { title: 'Analyst' });
    expect(await preview(admin, 'search=ada%40example')).toMatchObject({
      matching: 1,
      items: [{ kind: 'update', email: 'ada@example.com' }],
    });
  });
});

describe('a sorted preview', () => {
  const { admin, scim } = useSharedWorkspace(service);
  const people: Given[] = [
    { name: 'Zoe', department: 'Sales', title: 'Lead' },
    { name: 'Ärne', department: 'Sales' },
    { name: 'Bob', department: 'research', title: 'Analyst' },
    { name: 'Adam', title: 'Lead' },
    { name: 'Émile', department: 'Board', title: 'Chair' },
    { name: 'Carl', department: 'Sales', title: 'Analyst' },
  ];

  /** Three are members: one is held, one is excluded, and one changes; three are new. */
  beforeAll(async () => {
    await admin
      .patch('/api/user-provisioning/settings', {
        leavers: 'next_sync',
        removalGuard: { percent: 0, atLeast: 0 },
      })
      .expect(200);
    const ids = [];
    for (const person of people.slice(0, 3)) ids.push(await given(scim, person));
    await synchronize(admin);
    await changePerson(scim, ids[0] ?? '', { active: false });
    await admin.post(`/api/sync-preview/${ids[1]}/exclude`).expect(200);
    await synchronize(admin);
    await changePerson(scim, ids[2] ?? '', { title: 'Lead' });
    for (const person of people.slice(3)) await given(scim, person);
  });

  it.each([
    ['name', ['Adam', 'Ärne', 'Bob', 'Carl', 'Émile', 'Zoe']],
    ['department', ['Émile', 'Bob', 'Ärne', 'Carl', 'Zoe', 'Adam']],
    ['title', ['Carl', 'Émile', 'Adam', 'Bob', 'Zoe', 'Ärne']],
    ['kind', ['Adam', 'Carl', 'Émile', 'Bob', 'Zoe', 'Ärne']],
  ])(
    'is in the order of %s, neither case nor accents counting; who has none stands last',
    async (sort, wanted) => {
      expect(names(await all(admin, `sort=${sort}`))).toEqual(wanted);
    },
  );

  it('turns round, and who has none stands last then, too', async () => {
    expect(names(await all(admin, 'sort=department&order=desc'))).toEqual([
      'Zoe',
      'Carl',
      'Ärne',
      'Bob',
      'Émile',
      'Adam',
    ]);
    const asTheyCome = names(await all(admin, ''));
    expect(names(await all(admin, 'order=desc'))).toHaveLength(asTheyCome.length);
  });

  it.each(sorts)(
    'by %s has everybody once, whatever the size of its pages, and counts them',
    async (sort) => {
      const whole = await preview(admin, `sort=${sort}`);
      expect(whole.matching).toBe(people.length);
      expect(names(whole.items).toSorted()).toEqual(names(people).toSorted());
      for (const limit of [1, 2, 5]) {
        expect(await all(admin, `sort=${sort}&order=desc`, limit)).toEqual(
          (await preview(admin, `sort=${sort}&order=desc`)).items,
        );
        expect(await all(admin, `sort=${sort}`, limit)).toEqual(whole.items);
      }
    },
  );

  it('is narrowed by kind and search, whose pages go on in the same order', async () => {
    expect(names(await all(admin, 'sort=name&kind=create', 1))).toEqual(['Adam', 'Carl', 'Émile']);
    expect(names(await all(admin, 'search=a&kind=create', 1)).toSorted()).toEqual(['Adam', 'Carl', 'Émile']);
    expect(await preview(admin, 'search=ar&sort=name')).toMatchObject({ matching: 1 });
    expect(await preview(admin, 'kind=held')).toMatchObject({ matching: 1, items: [{ name: 'Zoe' }] });
  });

  it('goes on behind its place when people come and go between the pages', async () => {
    const first = await preview(admin, 'sort=name&limit=2');
    const early = await given(scim, { name: 'Aaron' });
    const late = await given(scim, { name: 'Dora' });
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    const rest = await preview(admin, `sort=name&cursor=${cursor}`);
    expect(names(rest.items)).toEqual(['Bob', 'Carl', 'Dora', 'Émile', 'Zoe']);
    for (const id of [early, late]) await scim.delete(`/Users/${id}`).expect(204);
  });

  it('refuses a cursor of another order', async () => {
    const { nextCursor } = await preview(admin, 'sort=name&limit=1');
    const cursor = encodeURIComponent(nextCursor ?? '');
    await admin.get(`/api/sync-preview?sort=email&limit=1&cursor=${cursor}`).expect(400);
    await admin.get(`/api/sync-preview?limit=1&cursor=${cursor}`).expect(400);
    await admin.get('/api/sync-preview?sort=age').expect(400);
  });
});

describe('what is new since the last run', () => {
  const { admin, scim } = useWorkspace(service);

  it('is everything before there was one', async () => {
    await given(scim, { name: 'Ada' });
    expect(await preview(admin, 'since=last-run')).toMatchObject({ lastRun: null, matching: 1 });
  });

  it('is who came, changed or was withheld after it, and not what it left behind', async () => {
    await givenPerson(scim, 'before', { displayName: 'Conflict before', emails: [] });
    const changed = await given(scim, { name: 'Changed' });
    const excluded = await given(scim, { name: 'Excluded' });
    const run = await synchronize(admin);
    expect(await preview(admin, 'since=last-run')).toMatchObject({
      lastRun: { id: run.id, endedAt: run.finishedAt },
      matching: 0,
      items: [],
    });
    service.clock.advance({ minutes: 1 });
    await given(scim, { name: 'New' });
    await changePerson(scim, changed, { title: 'Lead' });
    await admin.post(`/api/sync-preview/${excluded}/exclude`).expect(200);
    expect(names(await all(admin, 'since=last-run&sort=name'))).toEqual(['Changed', 'Excluded', 'New']);
    expect(names(await all(admin, 'sort=name'))).toContain('Conflict before');
    expect((await preview(admin, 'since=last-run&kind=create')).matching).toBe(1);
    service.clock.advance({ minutes: 1 });
    await synchronize(admin);
    expect((await preview(admin, 'since=last-run')).matching).toBe(0);
  });

  it('is not hidden by a run of chosen people, which did not look at the others', async () => {
    service.clock.advance({ minutes: 1 });
    const waiting = await given(scim, { name: 'Waiting' });
    const pilot = await given(scim, { name: 'Pilot' });
    service.clock.advance({ minutes: 1 });
    const asked = await admin.post('/api/sync-runs', { directoryUserIds: [pilot] }).expect(202);
    await runEnded(admin, asked.body.id);
    const { items, lastRun } = await preview(admin, 'since=last-run');
    expect(items.map(({ directoryUserId }) => directoryUserId)).toEqual([waiting]);
    expect(lastRun?.id).not.toBe(asked.body.id);
  });
});

describe('the groups of the preview', () => {
  const { admin, scim } = useWorkspace(service);

  async function givenGroup(displayName: string, ids: readonly string[]): Promise<string> {
    const members = ids.map((value) => ({ value }));
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName, members };
    return (await scim.post('/Groups', body).expect(201)).body.id;
  }

  async function groups(query = ''): Promise<Schema<'PreviewedGroupsResponse'>> {
    return (await admin.get(`/api/sync-preview/groups?${query}`).expect(200)).body;
  }

  async function peopleOf(group: string): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await admin
        .get(`/api/sync-preview/groups/${group}/people?limit=1${after}`)
        .expect(200);
      found.push(...body.items.map(({ name, joins }) => `${joins ? '+' : '-'}${name}`));
      cursor = body.nextCursor;
    }
    return found;
  }

  it('say who comes and who goes, by name, page by page', async () => {
    const ids = [];
    for (const name of ['Zoe', 'Ada', 'Bob']) ids.push(await given(scim, { name }));
    const staff = await givenGroup('Staff', ids);
    const doomed = await givenGroup('Doomed', ids.slice(0, 2));
    expect((await groups()).items).toMatchObject([
      { kind: 'create', name: 'Doomed', joining: 2, leaving: 0 },
      { kind: 'create', name: 'Staff', joining: 3, leaving: 0 },
    ]);
    expect(await peopleOf(staff)).toEqual(['+Ada', '+Bob', '+Zoe']);
    await synchronize(admin);
    expect(await groups()).toEqual({ items: [], matching: 0, nextCursor: null });
    const carl = await given(scim, { name: 'Carl' });
    await scim.put(`/Groups/${staff}`, {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Staff',
      members: [{ value: ids[1] }, { value: ids[2] }, { value: carl }],
    });
    await scim.delete(`/Groups/${doomed}`).expect(204);
    const changed = (await groups()).items;
    expect(changed).toMatchObject([
      { kind: 'delete', name: 'Doomed', joining: 0, leaving: 2 },
      { kind: 'members', name: 'Staff', joining: 1, leaving: 1 },
    ]);
    expect(await peopleOf(staff)).toEqual(['+Carl', '-Zoe']);
    expect((await peopleOf(changed[0]?.groupId ?? '')).toSorted()).toEqual(['-Ada', '-Zoe']);
    await admin.get(`/api/sync-preview/groups/${ids[0] ?? ''}/people`).expect(404);
    await admin.get('/api/sync-preview/groups/nobody/people').expect(404);
  });

  it('are all there by name whatever the case, more than the preview itself shows, and are searched by name', async () => {
    const ada = await given(scim, { name: 'Ada' });
    const teams = ['Team 0', 'team 1', 'Team 2', 'team 3', 'Team 4'];
    for (const name of teams.toReversed()) await givenGroup(name, [ada]);
    const first = await groups('limit=3');
    const second = await groups(`limit=3&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(first.matching).toBe(5);
    expect(names([...first.items, ...second.items])).toEqual(teams);
    expect(second.nextCursor).toBeNull();
    expect(await groups('search=TEAM%203')).toMatchObject({ matching: 1, items: [{ name: 'team 3' }] });
    const run = await synchronize(admin);
    await undone(admin, run.id);
    expect(await groups('limit=2')).toMatchObject({ matching: 5, items: [{ kind: 'suppressed' }, {}] });
  });
});

describe('the export of the preview', () => {
  const { admin, scim } = useWorkspace(service);

  async function exported(query: string, language = 'en'): Promise<string> {
    const answer = await admin
      .get(`/api/sync-preview/export?${query}`)
      .set('Accept-Language', language)
      .expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="pending-changes.csv"');
    return answer.text;
  }

  it('is what the list shows, filters and order included, in the language of the reader', async () => {
    const ada = await given(scim, { name: 'Ada', department: 'Research', title: 'Analyst' });
    await given(scim, { name: 'Bob' });
    await synchronize(admin);
    service.clock.advance({ minutes: 1 });
    await changePerson(scim, ada, { title: 'Lead' });
    await given(scim, { name: 'Zoe' });
    await given(scim, { name: 'Carl' });
    const lines = (await exported('kind=create&sort=name&order=desc')).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      '\ufeff"Kind","Name","E-mail","Department","Job title","What changes","Reason","Directory user","Member"',
    );
    expect(lines[1]).toMatch(/^"New","Zoe","zoe@example.com",,,"E-mail address: zoe@example.com; /);
    expect(lines[2]).toMatch(/^"New","Carl"/);
    const german = await exported('search=ada', 'de');
    expect(german.split('\r\n')[1]).toMatch(
      /^"Aktualisieren";"Ada";"ada@example.com";"Research";"Lead";"Position: Analyst → Lead";"Werte des Identitätsanbieters/,
    );
    expect(await exported('search=ada&separator=comma', 'de')).toContain('"Aktualisieren","Ada"');
    expect(await exported('since=last-run&kind=update')).toContain('"Update","Ada"');
  });

  it('runs nothing as a formula, and refuses what the list refuses', async () => {
    await givenPerson(scim, 'eve@example.com', {
      displayName: '=HYPERLINK("http://evil","x")',
      title: '@SUM(1)',
    });
    const text = await exported('');
    expect(text).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
    expect(text).toContain(`"'@SUM(1)"`);
    await admin.get('/api/sync-preview/export?kind=wrong').expect(400);
    await admin.get('/api/sync-preview/export?cursor=x').expect(400);
  });
});
