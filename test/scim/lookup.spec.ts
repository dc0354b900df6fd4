import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PreparingClient } from '../../src/database/pooled-client.ts';
import { countDirectory } from '../harness/counted-directory.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { enterpriseUrn, givenGroup, givenUser, idsBy, patchOf, type Resource } from './directory.ts';
import { expectScimError } from './scim-expectations.ts';

/** What the identity provider asks all day must be found by an index, in one statement. */

const lookedUp = {
  userName: 'Looked.Up@example.com',
  externalId: 'looked-up',
  displayName: 'Looked Up',
  emails: [
    { type: 'work', value: 'Looked.Up@example.com' },
    { type: 'home', value: 'up@home.example.com' },
  ],
  [enterpriseUrn]: { employeeNumber: 'E-Looked-Up' },
};

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;
let user: Resource;
let group: Resource;

interface Statement {
  sql: string;
  parameters: unknown[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

beforeAll(async () => {
  const other = await givenWorkspace(service, { name: 'Other AG' });
  for (const { id } of [workspace, other]) await fillDirectory(id, 3_000);
  user = await givenUser(scim, lookedUp);
  await givenUser(other.scim, lookedUp);
  group = await givenGroup(scim, { displayName: 'Looked up', externalId: 'looked-up' }, [user.id]);
  await service.dataSource.query(
    `INSERT INTO directory_group_member (workspace_id, group_id, value)
     SELECT $1, $2, 'm' || n FROM generate_series(1, 3000) n`,
    [workspace.id, group.id],
  );
  await countDirectory(service, workspace);
  await service.dataSource.query('ANALYZE');
});

/** Enough rows for the planner to prefer an index if there is one. */
async function fillDirectory(workspaceId: string, size: number): Promise<void> {
  const now = service.clock.now();
  await service.dataSource.query(
    `INSERT INTO directory_user
       (workspace_id, id, external_id, user_name, user_name_key, active, display_name_hash, employee_number_hash,
        email_hashes, search_text, resource, created_at, modified_at)
     SELECT $1, gen_random_uuid(), 'e' || n, 'u' || n, 'u' || n, true, scim_hash('person ' || n), scim_hash('n' || n),
            ARRAY[scim_hash('u' || n || '@example.com')],
            concat_ws(E'\\n', 'u' || n, 'e' || n, 'person ' || n, 'u' || n || '@example.com'),
            jsonb_build_object('userName', 'u' || n, 'externalId', 'e' || n, 'displayName', 'Person ' || n,
              'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'value', 'u' || n || '@example.com')),
              $4::text, jsonb_build_object('employeeNumber', 'N' || n)),
            $2::timestamptz + n * interval '1 second', $2
     FROM generate_series(1, $3::int) n`,
    [workspaceId, now, size, enterpriseUrn],
  );
  await service.dataSource.query(
    `INSERT INTO directory_group
       (workspace_id, id, external_id, display_name, display_name_key, resource, created_at, modified_at)
     SELECT $1, gen_random_uuid(), 'e' || n, 'g' || n, 'g' || n,
            jsonb_build_object('displayName', 'g' || n, 'externalId', 'e' || n), $2, $2
     FROM generate_series(1, $3::int) n`,
    [workspaceId, now, size],
  );
}

/** The statements on the directory that a request causes. */
async function statementsOf(
  request: () => PromiseLike<{ status: number }>,
  status: number,
): Promise<Statement[]> {
  const seen: Statement[] = [];
  const { prototype } = (await loadService()).PreparingClient;
  const query = Reflect.get(prototype, 'query') as (...given: unknown[]) => unknown;
  const noting = function (this: PreparingClient, sql: string, parameters?: unknown[], ...rest: unknown[]) {
    if (sql.includes('directory_')) seen.push({ sql, parameters: parameters ?? [] });
    return Reflect.apply(query, this, [sql, parameters, ...rest]);
  };
  Reflect.set(prototype, 'query', noting);
  try {
    expect((await request()).status).toBe(status);
  } finally {
    Reflect.set(prototype, 'query', query);
  }
  return seen;
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function planOf({ sql, parameters }: Statement): Promise<PlanNode[]> {
  const [row] = await service.dataSource.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
    `EXPLAIN (FORMAT JSON) ${sql}`,
    parameters,
  );
  const root = row?.['QUERY PLAN'][0]?.Plan;
  if (root === undefined) throw new Error('no plan');
  return nodesOf(root);
}

/** How the statement reaches a table. */
async function accessTo(table: string, statement: Statement): Promise<PlanNode[]> {
  return (await planOf(statement)).filter(
    (node) => node['Relation Name'] === table || node['Index Name']?.startsWith(table),
  );
}

async function expectIndexOn(table: string, index: string, statement: Statement): Promise<void> {
  const nodes = await accessTo(table, statement);
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  expect(nodes.map((node) => node['Index Name'])).toContain(index);
}

describe('a lookup is one statement, answered by an index', () => {
  it.each([
    ['Users', 'userName eq "LOOKED.up@example.com"', 'directory_user_user_name_key'],
    ['Users', 'externalId eq "looked-up"', 'directory_user_external_id'],
    ['Users', 'id eq "{user}"', 'directory_user_pkey'],
    ['Users', 'displayName eq "looked UP"', 'directory_user_display_name'],
    ['Users', 'emails eq "looked.up@EXAMPLE.com"', 'directory_user_email'],
    ['Users', 'emails.value eq "up@home.example.com"', 'directory_user_email'],
    ['Users', 'emails[type eq "work"].value eq "looked.up@EXAMPLE.com"', 'directory_user_email'],
    ['Users', 'emails[type eq "work" and value eq "looked.up@example.com"]', 'directory_user_email'],
    ['Users', 'employeeNumber eq "e-LOOKED-up"', 'directory_user_employee_number'],
    ['Users', `${enterpriseUrn}:employeeNumber eq "e-LOOKED-up"`, 'directory_user_employee_number'],
    ['Users', 'id eq "{user}" and manager eq "x"', 'directory_user_pkey'],
    ['Groups', 'displayName eq "LOOKED UP"', 'directory_group_display_name'],
    ['Groups', 'externalId eq "looked-up"', 'directory_group_external_id'],
    ['Groups', 'id eq "{group}" and members eq "{user}"', 'directory_group_pkey'],
  ])('%s by %s', async (endpoint, template, index) => {
    const filter = template.replace('{user}', user.id).replace('{group}', group.id);
    const path = `/${endpoint}?filter=${encodeURIComponent(filter)}&excludedAttributes=members`;
    const statements = await statementsOf(() => scim.get(path), 200);
    expect(statements).toHaveLength(1);
    const found = (await scim.get(path).expect(200)).body;
    if (!filter.includes('manager')) expect(found).toMatchObject({ totalResults: 1 });
    await expectIndexOn(
      endpoint === 'Users' ? 'directory_user' : 'directory_group',
      index,
      statements[0] as Statement,
    );
  });

  it('by id, of a user and of a group', async () => {
    const [ofUser, ...moreOfUser] = await statementsOf(() => scim.get(`/Users/${user.id}`), 200);
    await expectIndexOn('directory_user', 'directory_user_pkey', ofUser as Statement);
    const [ofGroup, ...moreOfGroup] = await statementsOf(() => scim.get(`/Groups/${group.id}`), 200);
    await expectIndexOn('directory_group', 'directory_group_pkey', ofGroup as Statement);
    expect([moreOfUser, moreOfGroup]).toEqual([[], []]);
  });
});

describe('texts of any length can be looked up by', () => {
  it('and are no obstacle to a write', async () => {
    const long = randomBytes(5_000).toString('hex');
    const { id } = await givenUser(scim, { displayName: long, [enterpriseUrn]: { employeeNumber: long } });
    await givenUser(scim, { emails: [{ value: long }, { value: `${long}@example.com` }] });
    const change = patchOf({ op: 'replace', path: 'displayName', value: `${long}x` });
    await scim.patch(`/Users/${id}`, change).expect(200);
  });

  it('and are found, up to the longest filter', async () => {
    const text = randomBytes(4_000).toString('hex');
    const { id } = await givenUser(scim, {
      displayName: text,
      emails: [{ type: 'work', value: text }],
      [enterpriseUrn]: { employeeNumber: text },
    });
    for (const path of ['displayName', 'emails.value', 'emails[type eq "work"].value', 'employeeNumber']) {
      expect(await idsBy(scim, 'Users', `${path} eq "${text}"`)).toEqual([id]);
      expect(await idsBy(scim, 'Users', `${path} eq "${text}x"`)).toEqual([]);
    }
  });
});

describe('names and references too long for an index', () => {
  const long = randomBytes(5_000).toString('hex');

  it.each([
    ['Users', { userName: long }],
    ['Users', { userName: 'a', externalId: long }],
    ['Users', { userName: 'a', [enterpriseUrn]: { manager: { value: long } } }],
    ['Groups', { displayName: long }],
    ['Groups', { displayName: 'a', externalId: long }],
    ['Groups', { displayName: 'a', members: [{ value: long }] }],
  ])('are refused: %s', async (endpoint, body) => {
    const response = await scim.post(`/${endpoint}`, body);
    expectScimError(response, 400, 'invalidValue');
    expect(response.body.detail).toContain('too long');
  });

  it('are no obstacle to a filter', async () => {
    const { body } = await scim
      .get(`/Users?filter=${encodeURIComponent(`userName eq "${long.slice(0, 8_000)}"`)}`)
      .expect(200);
    expect(body.totalResults).toBe(0);
  });
});

describe('a page by cursor', () => {
  it('in the middle of a directory is read from the index of its order, without sorting', async () => {
    let cursor = '';
    for (let page = 1; page <= 10; page += 1) {
      const { body } = await scim.get(`/Users?count=100&cursor=${cursor}`).expect(200);
      cursor = body.nextCursor ?? '';
    }
    const request = () => scim.get(`/Users?count=100&cursor=${cursor}&excludedAttributes=groups`);
    const statements = await statementsOf(request, 200);
    expect(statements).toHaveLength(1);
    const nodes = await planOf(statements[0] as Statement);
    const page = nodes.find((node) => node['Index Cond']?.includes('created_at'));
    expect(page?.['Index Name']).toBe('directory_user_order');
    expect(page?.['Index Cond']).toMatch(/workspace_id = .* AND .*ROW\(created_at, id\) >/);
    expect(page?.['Node Type']).toMatch(/^Index (Only )?Scan$/);
    // Straight under the limit: nothing is read, let alone sorted, beyond the page.
    expect(nodes.find(({ Plans }) => Plans?.some((node) => node === page))?.['Node Type']).toBe('Limit');
  });
});

describe('a write is as few statements as it can be', () => {
  it('one for a new user, and no scan of the directory', async () => {
    const body = {
      userName: 'one.statement@example.com',
      externalId: 'one',
      [enterpriseUrn]: { manager: 'looked-up' },
    };
    const statements = await statementsOf(() => scim.post('/Users', body), 201);
    expect(statements).toHaveLength(1);
    for (const table of ['directory_user', 'directory_group']) {
      const nodes = await accessTo(table, statements[0] as Statement);
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    }
  });

  it('one for a PATCH of a user who was looked up, be there something to change or not', async () => {
    const change = patchOf({ op: 'replace', path: 'title', value: 'Two' });
    await scim.get(`/Users/${user.id}`);
    expect(await statementsOf(() => scim.patch(`/Users/${user.id}`, change), 200)).toHaveLength(1);
    expect(await statementsOf(() => scim.patch(`/Users/${user.id}`, change), 200)).toHaveLength(1);
  });

  it('one for one member more or less, and no scan of the directory', async () => {
    const { id } = await givenUser(scim);
    for (const operation of [
      { op: 'Add', path: 'members', value: [{ value: id }] },
      { op: 'Remove', path: 'members', value: [{ value: id }] },
      { op: 'remove', path: `members[value eq "${id}"]` },
    ]) {
      const statements = await statementsOf(() => scim.patch(`/Groups/${group.id}`, patchOf(operation)), 204);
      expect(statements).toHaveLength(1);
      for (const table of ['directory_user', 'directory_group']) {
        const nodes = await accessTo(table, statements[0] as Statement);
        expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      }
      if (operation.op !== 'Add') await expectMembersByValue(statements[0] as Statement);
    }
  });
});

/** The members of a group are found one by one, not by reading through all of them. */
async function expectMembersByValue(statement: Statement): Promise<void> {
  const nodes = await accessTo('directory_group_member', statement);
  const conditions = nodes.map((node) => node['Index Cond'] ?? '');
  expect(conditions.some((condition) => condition.includes('value = '))).toBe(true);
}
