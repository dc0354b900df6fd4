import { beforeEach, describe, expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import { declareRoles, givenGroup, ofGroup, rolesNow } from '../harness/member-roles.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const source = 'roles[value co "x"].value';
/** As many filters over long values as one person may not cost: the last of them is too costly, whichever came before. */
const filters = Array.from({ length: 30 }, (_, at) => ({
  attribute: source,
  value: `x-${at}`,
  role: 'editor',
}));
const last = filters.length + 1;

/** Two people whose values are long, one whose values are short; one of the former is an editor by their group. */
async function given() {
  const long = Array.from({ length: 6 }, (_, at) => ({ value: `${at}${'ab'.repeat(9_000)}` }));
  const ann = await givenPerson(scim, 'ann@example.com', { roles: long });
  await givenPerson(scim, 'bob@example.com', { roles: long });
  const eve = await givenPerson(scim, 'eve@example.com', { roles: [] });
  const authors = await givenGroup(scim, 'Authors', [ann, eve]);
  await admin
    .put('/api/role-mapping', { default: 'member', rules: [ofGroup(authors, 'editor')] })
    .expect(200);
  await synchronize(admin);
  const other = await givenGroup(scim, 'Others', []);
  return { ann, draft: { default: 'member', rules: [ofGroup(other, 'editor'), ...filters] } };
}

beforeEach(() => declareRoles(operator));

describe('a rule about roles that is too costly', () => {
  it.each([
    ['en', `Role rule ${last} (${source}) takes more work than one person may cost`, 'people concerned: 2'],
    ['de', `Die Rollenregel ${last} (${source}) macht mehr Arbeit`, 'betroffene Personen: 2'],
  ])('is named in the preview of roles with how many people it concerns: %s', async (language, ...words) => {
    const { draft } = await given();
    const { body } = await admin
      .post('/api/role-mapping/preview', draft)
      .set('Accept-Language', language)
      .expect(200);
    const problem = body.problems.at(-1);
    expect(problem).toMatchObject({ rule: last, source, people: 2 });
    for (const each of words) expect(problem?.text).toContain(each);
    // Ann keeps what no rule gives any more; Eve, who can be judged, does not.
    expect(body.items.map(({ name, kind, after }) => [name, kind, after])).toEqual([
      ['eve', 'lose', 'member'],
    ]);
  });

  it('takes nothing from anybody, is a note of the run, and stands on the page of the person', async () => {
    const { ann, draft } = await given();
    await admin.put('/api/role-mapping', draft).expect(200);
    const run = await synchronize(admin);
    expect(await rolesNow(admin)).toEqual({ ann: 'editor', bob: 'member', eve: 'member' });
    const note = run.notes.at(-1);
    expect(note).toMatchObject({
      code: 'role-rule-too-costly',
      params: { rule: last, source, count: 2 },
    });
    expect(note?.text).toContain(`Role rule ${last} (${source})`);
    const { body } = await admin.get(`/api/sync-preview/${ann}`).set('Accept-Language', 'de').expect(200);
    const first = String(run.notes[0]?.params.rule);
    const words = `Rolle wird von der Rollenregel ${first} (${source}) weder gegeben noch entzogen`;
    expect(body.steps.find(({ step }) => step === 'mapped')?.text).toContain(words);
  });

  it('is no longer named once the rules are cheap', async () => {
    const { draft } = await given();
    const cheap = { ...draft, rules: [{ attribute: 'roles.value', value: 'x', role: 'editor' }] };
    const { body } = await admin.post('/api/role-mapping/preview', cheap).expect(200);
    expect(body.problems).toEqual([]);
  });
});
