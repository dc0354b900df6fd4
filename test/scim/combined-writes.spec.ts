import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cases } from '../harness/cases.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';
import { enterpriseUrn, groupUrn, type Operation, patchOf, type Resource, userUrn } from './directory.ts';

const service = useService();

/** People and groups that may come; half of the people name one of the others as their manager. */
const peopleMax = 12;

type Step =
  | { kind: 'create'; person: number; active: boolean; twice: boolean }
  | { kind: 'change'; person: number; what: keyof typeof changes; isStale: boolean }
  | { kind: 'group'; person: number };

const changes = {
  title: [{ op: 'replace', path: 'title', value: 'Engineer' }],
  name: [
    { op: 'replace', path: 'displayName', value: 'Renamed "Ü" \\ {a,b}' },
    { op: 'add', path: 'emails[type eq "work"].value', value: 'new, {"x"}@example.com' },
  ],
  off: [{ op: 'replace', path: 'active', value: false }],
  on: [{ op: 'replace', path: 'active', value: true }],
  manager: [{ op: 'replace', path: `${enterpriseUrn}:manager`, value: { value: 'external-0' } }],
  userName: [{ op: 'replace', path: 'userName', value: 'renamed@example.com' }],
  nothing: [{ op: 'remove', path: 'nickName' }],
  bad: [{ op: 'replace', path: 'active', value: 'perhaps' }],
} satisfies Record<string, Operation[]>;

const person = fc.integer({ min: 0, max: peopleMax - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), person, active: fc.boolean(), twice: fc.boolean() }),
  fc.record({
    kind: fc.constant('change' as const),
    person,
    what: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
    isStale: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('group' as const), person }),
);
/** Who comes first decides about a name that two want. */
const wanted = (one: Step) => (one.kind === 'change' && one.what === 'userName' ? 'a name' : one.person);
/** What is sent at the same moment: each about somebody else. */
const round = fc
  .uniqueArray(step, { selector: ({ person: of }) => of, minLength: 4, maxLength: peopleMax })
  .map((steps) =>
    steps.filter((one, at) => steps.findIndex((other) => wanted(other) === wanted(one)) === at),
  );

let combined = 0;
let clientPrototype: { query: (...all: unknown[]) => unknown };
let query: (...all: unknown[]) => unknown;

beforeAll(async () => {
  clientPrototype = (await loadService()).pg.Client.prototype;
  query = clientPrototype.query;
  clientPrototype.query = function (this: unknown, ...all: unknown[]) {
    const [statement] = all;
    const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
    if (text.startsWith('WITH given AS')) combined += 1;
    return query.apply(this, all);
  };
});

afterAll(() => {
  clientPrototype.query = query;
});

describe('writes of one workspace that come at the same moment', () => {
  it('answer, store, queue and note what they would one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(round, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        async (rounds, readsRoles) => {
          const [together, oneByOne] = [await givenWorkspace(service), await givenWorkspace(service)];
          await service.dataSource.query(
            'UPDATE workspace SET reads_role_attributes = $1 WHERE id = ANY ($2)',
            [readsRoles, [together.id, oneByOne.id]],
          );
          const ids = { together: new Map<number, string>(), oneByOne: new Map<number, string>() };
          for (const steps of rounds) {
            const atOnce = await Promise.all(steps.map((one) => take(together, ids.together, one)));
            const inTurn: string[][] = [];
            for (const one of steps) inTurn.push(await take(oneByOne, ids.oneByOne, one));
            expect(atOnce).toEqual(inTurn);
          }
          expect(await stateOf(together)).toEqual(await stateOf(oneByOne));
        },
      ),
      cases(12),
    );
    expect(combined).toBeGreaterThan(20);
  }, 120_000);

  it('are answered each with its own groups and its own manager', async () => {
    const { scim } = await givenWorkspace(service);
    const people = Array.from({ length: 8 }, (_, at) => body(at, true));
    const answers = await Promise.all(people.map((one) => scim.post('/Users', one)));
    const ids = answers.map((answer) => (answer.body as Resource).id);
    const groups = await Promise.all(
      ids.map((value, at) =>
        scim.post('/Groups', { schemas: [groupUrn], displayName: `Of ${at}`, members: [{ value }] }),
      ),
    );
    const before = combined;
    const changed = await Promise.all(
      ids.map((id) => scim.patch(`/Users/${id}`, patchOf({ op: 'replace', path: 'title', value: 'New' }))),
    );
    expect(combined).toBeGreaterThan(before);
    for (const [at, answer] of changed.entries()) {
      expect(answer.body).toMatchObject({
        id: ids[at],
        externalId: `external-${at}`,
        groups: [{ value: (groups[at]?.body as Resource).id, display: `Of ${at}` }],
      });
      const { manager } = (answer.body as Resource)[enterpriseUrn] as {
        manager?: { value: string; displayName: string };
      };
      expect(manager?.displayName).toBe(at % 2 === 1 ? `Person ${at - 1}` : undefined);
    }
  });

  it('refuse the one whose name is taken, and carry out the others', async () => {
    const { scim } = await givenWorkspace(service);
    await scim.post('/Users', body(0, true)).expect(201);
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, at) => scim.post('/Users', body(at % 5, true))),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 201, 201, 201, 409, 409, 409, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ scimType: 'uniqueness' });
  });

  it('carry out the others when PostgreSQL refuses one', async () => {
    const { scim } = await givenWorkspace(service);
    await service.dataSource.query(refusing);
    const before = combined;
    const people = [0, 1, 2, 3, 4, 5];
    const answers = await Promise.all(
      people.map((at) => scim.post('/Users', { ...body(at, true), ...(at === 3 && { title: 'refused' }) })),
    );
    await service.dataSource.query('DROP TRIGGER refuses ON directory_user');
    expect(answers.map(({ status }) => status)).toEqual(people.map((at) => (at === 3 ? 503 : 201)));
    expect(combined).toBeGreaterThan(before);
  });
});

const refusing = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$;
  CREATE TRIGGER refuses BEFORE INSERT ON directory_user FOR EACH ROW
    WHEN (NEW.resource->>'title' = 'refused') EXECUTE FUNCTION refuse()`;

function body(of: number, active: boolean) {
  return {
    schemas: [userUrn, enterpriseUrn],
    userName: `Person-${of}@example.com`,
    externalId: `external-${of}`,
    active,
    displayName: `Person ${of}`,
    emails: [{ type: 'work', value: `person-${of}@example.com` }],
    [enterpriseUrn]: {
      employeeNumber: String(of),
      ...(of % 2 === 1 && { manager: { value: `external-${of - 1}` } }),
    },
  };
}

/** Carries out a step. @returns what was answered, without what differs from workspace to workspace */
async function take({ scim }: TestWorkspace, ids: Map<number, string>, one: Step): Promise<string[]> {
  if (one.kind === 'group') {
    const group = {
      schemas: [groupUrn],
      displayName: `Group "${one.person}"`,
      externalId: `group-${one.person}`,
    };
    return [said(await scim.post('/Groups', group))];
  }
  if (one.kind === 'create') {
    const sent = Array.from({ length: one.twice ? 2 : 1 }, () =>
      scim.post('/Users', body(one.person, one.active)),
    );
    const answers = await Promise.all(sent);
    const created = answers.find(({ status }) => status === 201);
    if (created !== undefined) ids.set(one.person, (created.body as Resource).id);
    return answers.map(said).toSorted();
  }
  const id = ids.get(one.person) ?? '0190c8a0-0000-7000-8000-000000000001';
  const request = scim.patch(`/Users/${id}`, patchOf(...changes[one.what]));
  return [said(await (one.isStale ? request.set('If-Match', 'W/"1"') : request))];
}

function said(answer: { status: number; body: unknown }): string {
  const { meta, ...rest } = (answer.body ?? {}) as { meta?: { version?: string } };
  return `${answer.status} ${meta?.version} ${withoutIds({ ...rest, [enterpriseUrn]: undefined })}`;
}

/** Ids differ, and what they stand in. */
function withoutIds(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, 'id');
}

/** Everything that writes have left in the database, in an order that is the same in each workspace. */
async function stateOf({ id }: TestWorkspace): Promise<unknown> {
  const rowsOf = (sql: string) => service.dataSource.query<object[]>(sql, [id]);
  const users =
    await rowsOf(`SELECT user_name, user_name_key, external_id, active, resource, version, manager_value,
    display_name_hash, employee_number_hash, email_hashes, search_text, created_at <= modified_at AS ordered
    FROM directory_user WHERE workspace_id = $1 ORDER BY user_name_key`);
  const groups = await rowsOf(`SELECT display_name, display_name_key, external_id, resource, version
    FROM directory_group WHERE workspace_id = $1 ORDER BY display_name, external_id`);
  const history =
    await rowsOf(`SELECT coalesce(u.external_id, g.external_id) AS of, e.resource_type, e.kind, e.changes
    FROM directory_event e
    LEFT JOIN directory_user u ON u.workspace_id = $1 AND u.id = e.resource_id
    LEFT JOIN directory_group g ON g.workspace_id = $1 AND g.id = e.resource_id
    WHERE e.workspace_id = $1 ORDER BY of, e.at, e.resource_id, e.id`);
  const members = await rowsOf(`SELECT g.external_id AS group, u.external_id AS user, m.type, m.display
    FROM directory_group_member m
    JOIN directory_group g ON g.workspace_id = $1 AND g.id = m.group_id
    LEFT JOIN directory_user u ON u.workspace_id = $1 AND u.id = m.user_id
    WHERE m.workspace_id = $1 ORDER BY g.external_id, u.external_id, m.value`);
  const queue = await rowsOf(`SELECT u.external_id, q.reason FROM sync_queue q
    JOIN directory_user u ON u.workspace_id = $1 AND u.id = q.directory_user_id
    WHERE q.workspace_id = $1 ORDER BY u.external_id`);
  return JSON.parse(withoutIds({ users, groups, members, history, queue })) as unknown;
}
