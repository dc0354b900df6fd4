import { expect, it } from '@jest/globals';
import { enterpriseUrn, givenUser, patchOf, userBody } from '../scim/directory.ts';
import { type Place, useSeveralAndPlain } from '../harness/several-nodes.ts';

const { several, plain, sent } = useSeveralAndPlain();

const missing = '0190aaaa-0000-7000-8000-000000000007';
const people = ['ada', 'bob', 'cleo', 'dan'] as const;

/** What a request has made of a directory, without ids and times. */
interface Seen {
  status: number;
  /** The groups that the answer names. */
  answered: unknown[];
  members: unknown[];
  groups: unknown[];
  suppressed: unknown[];
  history: unknown[];
  queue: unknown[];
  users: number;
}

/** Sends requests about the members of two groups, and looks at all that they write after each. */
async function story(place: Place): Promise<Seen[]> {
  const { scim } = place.workspace;
  const ids = new Map<string, string>();
  for (const name of people) {
    const manager = name === 'ada' ? {} : { [enterpriseUrn]: { manager: { value: 'ada' } } };
    const userName = `${name}@groups.example`;
    ids.set(name, (await givenUser(scim, { userName, externalId: name, ...manager })).id);
  }
  const idOf = (name: string) => ({ value: ids.get(name) ?? '' });
  const made = await scim.post('/Groups', { displayName: 'One', externalId: 'one' }).expect(201);
  const other = await scim.post('/Groups', { displayName: 'Two', members: [idOf('dan')] }).expect(201);
  const group = (made.body as { id: string }).id;
  const twoId = (other.body as { id: string }).id;
  const within = (...operations: Parameters<typeof patchOf>) =>
    scim.patch(`/Groups/${group}`, patchOf(...operations));
  const rename = (displayName: string) => within({ op: 'replace', path: 'displayName', value: displayName });
  const call = (name: string, externalId: string) =>
    scim.patch(`/Users/${ids.get(name)}`, patchOf({ op: 'replace', path: 'externalId', value: externalId }));
  const change = (text: string) => place.service.dataSource.query(text, [place.workspace.id]);
  const nobodyWaits = () => change('DELETE FROM sync_queue WHERE workspace_id = $1');
  const suppress = () =>
    change(`INSERT INTO suppressed_group SELECT $1, id, 'create', 'Two', $1, now() FROM directory_group
      WHERE workspace_id = $1 AND display_name = 'Two'`);
  const synchronizeGroups = (groups: string) =>
    change(`UPDATE workspace SET settings = jsonb_set(settings, '{groups}', '${groups}') WHERE id = $1`).then(
      nobodyWaits,
    );
  const steps: (() => PromiseLike<{ status: number; body: unknown }>)[] = [
    () => within({ op: 'add', path: 'members', value: [idOf('ada'), { value: 'bob' }, { value: 'later' }] }),
    () =>
      within({
        op: 'add',
        path: 'members',
        value: [idOf('ada'), { value: twoId }],
      }),
    () => within({ op: 'remove', path: 'members', value: [idOf('ada'), { value: 'nobody' }] }),
    () => within({ op: 'remove', path: 'members', value: [idOf('ada')] }),
    () =>
      within({ op: 'add', path: 'members', value: [{ ...idOf('cleo'), display: 'Cleo "C"' }, idOf('dan')] }),
    () => nobodyWaits().then(() => call('bob', 'later')),
    () => call('bob', 'bob'),
    () => call('ada', 'boss'),
    () =>
      within({
        op: 'add',
        path: 'members',
        value: [{ value: 'soon' }, { value: 'again' }, { value: 'picked' }, { value: 'never' }],
      }),
    () => scim.post('/Users', userBody({ externalId: 'soon', userName: 'soon@groups.example' })),
    () => nobodyWaits().then(() => call('cleo', 'again')),
    () => synchronizeGroups('{"which": "picked", "picked": []}').then(() => call('ada', 'picked')),
    () => synchronizeGroups('{"which": "all"}').then(() => call('ada', 'ada')),
    () => rename('First'),
    () => rename('First'),
    () => within({ op: 'replace', path: 'externalId', value: 'first' }),
    () => suppress().then(() => scim.put(`/Groups/${twoId}`, { displayName: 'Second' })),
    () => synchronizeGroups('{"which": "matching"}').then(() => rename('Third')),
    () => scim.patch(`/Groups/${missing}`, patchOf({ op: 'replace', path: 'displayName', value: 'None' })),
    () => within({ op: 'remove', path: 'members[display eq "Cleo \\"C\\""]' }),
    () => within({ op: 'replace', path: 'members', value: [idOf('ada'), idOf('dan')] }),
    () => within({ op: 'replace', path: 'members[value eq "nobody"].value', value: ids.get('bob') }),
    () => scim.patch(`/Groups/${missing}`, patchOf({ op: 'remove', path: 'members' })),
    () => scim.delete(`/Users/${ids.get('dan')}`),
    () => scim.delete(`/Users/${ids.get('dan')}`),
    () => scim.delete(`/Users/${ids.get('ada')}`),
  ];
  const seen: Seen[] = [];
  for (const step of steps) {
    const { status, body } = await step();
    seen.push({ status, answered: groupsOf(body), ...(await rowsOf(place)) });
  }
  return seen;
}

function groupsOf(body: unknown): unknown[] {
  const { groups } = body as { groups?: { display: string }[] };
  return (groups ?? []).map(({ display }) => display).sort();
}

async function rowsOf({ service, workspace }: Place): Promise<Omit<Seen, 'status' | 'answered'>> {
  const read = (text: string) => service.dataSource.query<unknown[]>(text, [workspace.id]);
  const named = (id: string) => `coalesce((SELECT u.external_id FROM directory_user u
    WHERE u.workspace_id = $1 AND u.id::text = ${id}), (SELECT g.display_name FROM directory_group g
    WHERE g.workspace_id = $1 AND g.id::text = ${id}), CASE WHEN ${id} ~ '^[0-9a-f-]{36}$' THEN 'gone' ELSE ${id} END)`;
  const count = await service.dataSource.query<{ users: number }[]>(
    'SELECT sum(users)::int AS users FROM directory_count WHERE workspace_id = $1 AND slot > 0',
    [workspace.id],
  );
  return {
    members:
      await read(`SELECT ${named('m.value')} AS value, ${named('m.group_id::text')} AS of, m.user_id IS NOT NULL AS arrived,
      m.display FROM directory_group_member m WHERE m.workspace_id = $1 ORDER BY 2, 1`),
    groups: await read(
      'SELECT display_name, external_id, version FROM directory_group WHERE workspace_id = $1 ORDER BY 1',
    ),
    suppressed: await read('SELECT kind FROM suppressed_group WHERE workspace_id = $1'),
    history:
      await read(`SELECT e.kind, ${named('e.resource_id::text')} AS of, e.changes #>> '{0,path}' AS path,
      ARRAY(SELECT ${named('a')} FROM jsonb_array_elements_text(CASE WHEN e.kind = 'updated' THEN e.changes #> '{0,added}' END) a
        ORDER BY 1) AS added,
      ARRAY(SELECT ${named('r')} FROM jsonb_array_elements_text(CASE WHEN e.kind = 'updated' THEN e.changes #> '{0,removed}' END) r
        ORDER BY 1) AS removed
      FROM directory_event e WHERE e.workspace_id = $1 AND e.kind <> 'created' ORDER BY e.id`),
    queue:
      await read(`SELECT ${named('q.directory_user_id::text')} AS of, q.reason, q.regrouped_at IS NOT NULL AS regrouped
      FROM sync_queue q WHERE q.workspace_id = $1 ORDER BY 1, 2`),
    users: count[0]?.users ?? 0,
  };
}

it('who joins and leaves groups, who is deleted, and new names leave the same where rows lie on several nodes', async () => {
  const elsewhere = await story(plain);
  sent.length = 0;
  const seen = await story(several);
  expect(seen).toEqual(elsewhere);
  expect(seen.map(({ status }) => status)).toEqual([
    204, 204, 204, 204, 204, 200, 200, 200, 204, 201, 200, 200, 200, 204, 204, 204, 200, 204, 404, 204, 204,
    400, 404, 204, 404, 204,
  ]);
  expect(seen.slice(9, 12).map(({ answered }) => answered)).toEqual([['One'], ['One'], ['One']]);
  // To replace all members is a part of a transaction, and refused is what selects nobody.
  const inSteps = sent.filter((text) => text.includes('on_node_steps') && text.includes('"isSelected"'));
  expect(inSteps.length).toBe(7);
});
