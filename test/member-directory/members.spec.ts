import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../src/database/compiled-statement.ts';
import { indexBeginnings } from '../../src/database/migrations/1820000004000-member-search.ts';
import { forEachMemberField, memberFields } from '../../src/member-directory/fields/member-field.ts';
import { memberListStatement } from '../../src/member-directory/members/member-list.ts';
import { importRowsMax } from '../../src/member-directory/import-export/member-csv.ts';
import type { MemberSearch } from '../../src/member-directory/members/member-search.ts';
import type { Schema } from '../harness/answers.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Member = Schema<'MemberResponse'>;

type Problem = Schema<'Problem'>;

type MemberPage = Schema<'MemberPageResponse'>;

const service = useService();
const workspace = useWorkspace(service);

async function givenMember(body: object): Promise<Member> {
  const response = await workspace.admin.post('/api/members', body).expect(201);
  return response.body;
}

async function listed(query = '', where = workspace): Promise<MemberPage> {
  const response = await where.admin.get(`/api/members${query}`).expect(200);
  return response.body;
}

async function importCsv(csv: string, status: number, where = workspace): Promise<unknown> {
  const response = await service.http
    .post('/api/members/import')
    .set('Authorization', `Bearer ${where.adminToken}`)
    .set('Content-Type', 'text/csv')
    .send(csv)
    .expect(status);
  return response.body;
}

async function importBytes(bytes: Buffer, query: string, status: number): Promise<unknown> {
  const response = await service.http
    .post(`/api/members/import${query}`)
    .set('Authorization', `Bearer ${workspace.adminToken}`)
    .set('Content-Type', 'text/csv')
    .send(bytes)
    .expect(status);
  return response.body;
}

/** A member as synchronization leaves them: provisioning owns their name and address. */
async function givenProvisionedMember(email: string): Promise<Member> {
  const member = await givenMember({ email, firstName: 'Pat' });
  await service.dataSource.query(
    `UPDATE member SET source = 'provisioning', provisioned_fields = '{email,firstName}'
     WHERE workspace_id = $1 AND id = $2`,
    [workspace.id, member.id],
  );
  return member;
}

async function queued(): Promise<{ directory_user_id: string; reason: string }[]> {
  return service.dataSource.query(
    'SELECT directory_user_id, reason FROM sync_queue WHERE workspace_id = $1 ORDER BY directory_user_id',
    [workspace.id],
  );
}

async function givenLink(n: number, memberId: string | null, state: string): Promise<string> {
  const id = `00000000-0000-7000-8000-00000000000${n}`;
  await service.dataSource.query(
    `INSERT INTO sync_link (workspace_id, directory_user_id, member_id, state, updated_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [workspace.id, id, memberId, state, service.clock.now()],
  );
  return id;
}

describe('a member made by hand', () => {
  it('has every field of the contract', async () => {
    const boss = await givenMember({ email: 'boss@example.com' });
    const body = {
      ...forEachMemberField((field) => `The ${field}`),
      email: 'Ann@Example.com',
      language: 'de_de',
      managerId: boss.id,
    };
    const now = service.clock.now().toISOString();
    expect(await givenMember(body)).toEqual({
      ...body,
      id: expect.any(String),
      language: 'de-DE',
      status: 'active',
      source: 'manual',
      provisionedFields: [],
      properties: {},
      role: null,
      roleBecause: [],
      heldSince: null,
      access: 'granted',
      suspendedSince: null,
      suspension: null,
      createdAt: now,
      updatedAt: now,
    });
  });

  it('is refused when another member has the address in any case, and accepted when that one is removed', async () => {
    const first = await givenMember({ email: 'ann@example.com' });
    const taken = await workspace.admin.post('/api/members', { email: 'ANN@example.com' }).expect(409);
    expect(taken.body.type).toMatch(/email-taken$/u);
    await workspace.admin.delete(`/api/members/${first.id}`).expect(204);
    await givenMember({ email: 'ANN@example.com' });
  });

  it.each<[object, string]>([
    [{}, 'email'],
    [{ email: null }, 'email'],
    [{ email: '' }, 'email'],
    [{ email: 'nobody' }, 'email'],
    [{ email: `${'x'.repeat(300)}@example.com` }, 'email'],
    [{ email: 'a\u0000@example.com' }, 'email'],
    [{ email: 'a@example.com', firstName: 7 }, 'firstName'],
    [{ email: 'a@example.com', firstName: 'x'.repeat(300) }, 'firstName'],
    [{ email: 'a@example.com', lastName: '\u0000' }, 'lastName'],
    [{ email: 'a@example.com', lastName: '\ud800' }, 'lastName'],
    [{ email: 'a@example.com', language: 'German' }, 'language'],
    [{ email: 'a@example.com', managerId: 'boss' }, 'managerId'],
    [{ email: 'a@example.com', managerId: '019a0000-0000-7000-8000-000000000001' }, 'managerId'],
    [{ email: 'a@example.com', properties: { missing: 1 } }, 'properties.missing'],
    [{ email: 'a@example.com', properties: [] }, 'properties'],
    [{ email: 'a@example.com', status: 'active' }, 'status'],
    [{ email: 'a@example.com', role: 'admin' }, 'role'],
  ])('is refused for %j', async (body, path) => {
    const response = await workspace.admin.post('/api/members', body).expect(400);
    expect(response.body.errors?.map((error) => error.path)).toEqual([path]);
    expect((await listed()).items).toEqual([]);
  });
});

describe('the list of members', () => {
  it('gives everyone once over its pages', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.push((await givenMember({ email: `p${n}@example.com` })).id);
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await listed(`?limit=2${cursor}`);
      seen.push(...page.items.map((member) => member.id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(made.sort());
  });

  it('searches names and addresses, taking % and _ as they are', async () => {
    await givenMember({ email: 'ann@example.com', displayName: 'Änn 100%' });
    await givenMember({ email: 'bob_b@example.com', firstName: 'Bob' });
    const found = async (search: string) =>
      (await listed(`?search=${encodeURIComponent(search)}`)).items.map((member) => member.email);
    expect(await found('äNN')).toEqual(['ann@example.com']);
    expect(await found('%')).toEqual(['ann@example.com']);
    expect(await found('_')).toEqual(['bob_b@example.com']);
    expect(await found('EXAMPLE')).toHaveLength(2);
  });

  it('leaves removed members out unless they are asked for', async () => {
    const gone = await givenMember({ email: 'gone@example.com' });
    await givenMember({ email: 'here@example.com' });
    await workspace.admin.delete(`/api/members/${gone.id}`).expect(204);
    expect((await listed()).items.map((member) => member.email)).toEqual(['here@example.com']);
    expect((await listed('?status=removed')).items.map((member) => member.email)).toEqual([
      'gone@example.com',
    ]);
    expect((await listed('?source=import')).items).toEqual([]);
  });

  it('is in the order asked for, over several pages', async () => {
    await givenMember({ email: 'c@example.com', displayName: 'ann' });
    service.clock.advance({ seconds: 1 });
    await givenMember({ email: 'a@example.com', firstName: 'Zoe', lastName: 'Zorn' });
    service.clock.advance({ seconds: 1 });
    const b = await givenMember({ email: 'b@example.com', displayName: 'Ann' });
    service.clock.advance({ seconds: 1 });
    await workspace.admin.patch(`/api/members/${b.id}`, { jobTitle: 'Engineer' }).expect(200);
    const order = async (query: string) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await listed(`?limit=1&${query}${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map(({ email }) => email.slice(0, 1)));
        cursor = page.nextCursor;
      }
      return seen.join('');
    };
    expect(await order('sort=email')).toBe('abc');
    expect(await order('sort=email&order=desc')).toBe('cba');
    expect(await order('sort=name')).toBe('cba');
    expect(await order('sort=name&order=desc')).toBe('abc');
    expect(await order('sort=updatedAt&order=desc')).toBe('bac');
    expect(await order('order=desc')).toBe('bac');
  });

  it('can be those of a manager alone', async () => {
    const boss = await givenMember({ email: 'boss@example.com' });
    await givenMember({ email: 'ann@example.com', managerId: boss.id });
    const { items } = await listed(`?managerId=${boss.id}`);
    expect(items.map(({ email }) => email)).toEqual(['ann@example.com']);
  });

  it.each([
    '?status=gone',
    '?sort=x',
    '?order=up',
    '?groupId=x',
    '?managerId=x',
    '?source=x',
    '?limit=0',
    '?limit=x',
    '?cursor=x',
    '?limit=201',
    '?cursor=a&cursor=b',
  ])('refuses %s', async (query) => {
    await workspace.admin.get(`/api/members${query}`).expect(400);
  });
});

describe('a search of members', () => {
  /** Members enough that PostgreSQL would rather not read them all, and the statistics to know it. */
  async function givenCrowd(count: number): Promise<void> {
    await service.dataSource.query(
      `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, status, source, created_at, updated_at)
       SELECT $1, gen_random_uuid(), n || '.x@example.com', n || '.x@example.com', 'Anna' || n, md5(n::text), 'active',
         'manual', now(), now() FROM generate_series(1, $2::integer) n`,
      [workspace.id, count],
    );
    await service.dataSource.query('ANALYZE member');
  }

  /** Which indexes a search goes by, and whether it reads a table from end to end. */
  async function planOf(search: MemberSearch): Promise<string> {
    const { text, values } = compile(
      memberListStatement(workspace.id, { filter: {}, search, place: null, limit: 50 }),
    );
    const rows = await service.dataSource.query<unknown[]>(`EXPLAIN (FORMAT JSON) ${text}`, values);
    return JSON.stringify(rows);
  }

  it('goes by an index: for a whole address by the unique one, for a part by that of trigrams', async () => {
    await givenCrowd(20_000);
    const address = await planOf({ kind: 'address', text: '7.X@example.com' });
    expect(address).toContain('"member_email_key"');
    const part = await planOf({ kind: 'part', text: 'c4ca4238' });
    expect(part).toContain('"member_search"');
    for (const plan of [address, part]) expect(plan).not.toContain('Seq Scan');
    expect((await listed('?search=ANNA777')).items.map(({ email }) => email).sort()).toEqual(
      ['777', '7770', '7771', '7772', '7773', '7774', '7775', '7776', '7777', '7778', '7779']
        .map((n) => `${n}.x@example.com`)
        .sort(),
    );
  });

  it('for a whole address finds the member who has it, and parts where nobody has', async () => {
    await givenMember({ email: 'ann@example.com' });
    await givenMember({ email: 'joann@example.com' });
    const emails = async (search: string) =>
      (await listed(`?search=${search}`)).items.map(({ email }) => email);
    expect(await emails('ANN@example.com')).toEqual(['ann@example.com']);
    expect(await emails('n@example.com')).toEqual(['ann@example.com', 'joann@example.com']);
    expect(await emails('ann@example.co')).toEqual(['ann@example.com', 'joann@example.com']);
    expect(await emails('ann%25')).toEqual([]);
  });

  it('finds a long address, what was pasted with invisible characters, and a sigma however it is written', async () => {
    const long = `${'x'.repeat(239)}@y.example`;
    await givenMember({ email: long, displayName: 'ΣΊΣΥΦΟΣ' });
    await givenMember({ email: 'ann@example.com', displayName: 'Σίσυφος Bee' });
    const emails = async (search: string) =>
      (await listed(`?search=${encodeURIComponent(search)}`)).items.map(({ email }) => email).sort();
    expect(await emails(long)).toEqual([long]);
    expect(await emails('a\u200bnn@exam\u00adple.com\ufeff')).toEqual(['ann@example.com']);
    expect(await emails('\u202eBee\u200b')).toEqual(['ann@example.com']);
    for (const search of ['σίσυφος', 'ΣΊΣΥΦΟΣ', 'ίσυφοσ']) {
      expect(await emails(search)).toEqual(['ann@example.com', long]);
    }
    await workspace.admin.get(`/api/members?search=${'x'.repeat(255)}`).expect(400);
  });

  it('goes by the beginnings of names and addresses where PostgreSQL has no pg_trgm', async () => {
    const { dataSource } = service;
    const [{ definition }] = await dataSource.query<[{ definition: string }]>(
      `SELECT pg_get_indexdef('member_search'::regclass) AS definition`,
    );
    await dataSource.query('DROP INDEX member_search');
    try {
      await indexBeginnings((sql) => dataSource.query(sql));
      await givenMember({ email: 'ann@example.com', lastName: 'Öztürk' });
      await givenMember({ email: 'joann@example.com', displayName: 'Jo' });
      await givenCrowd(20_000);
      const emails = async (search: string) =>
        (await listed(`?search=${encodeURIComponent(search)}`)).items.map(({ email }) => email);
      expect(await emails('öz')).toEqual(['ann@example.com']);
      expect(await emails('Ann@')).toEqual(['ann@example.com']);
      expect(await emails('joann')).toEqual(['joann@example.com']);
      expect(await emails('ztürk')).toEqual([]);
      const plan = await planOf({ kind: 'beginning', text: 'c4ca4238' });
      expect(plan).toContain('"member_last_name"');
      expect(plan).not.toContain('Seq Scan');
    } finally {
      await dataSource.query(definition);
    }
  });
});

describe('a change of a member', () => {
  it('sets, clears and leaves alone', async () => {
    const member = await givenMember({ email: 'ann@example.com', firstName: 'Ann', jobTitle: 'Engineer' });
    service.clock.advance({ seconds: 1 });
    const path = `/api/members/${member.id}`;
    const changed = await workspace.admin.patch(path, { firstName: 'Anna', jobTitle: null }).expect(200);
    expect(changed.body).toEqual({
      ...member,
      firstName: 'Anna',
      jobTitle: null,
      updatedAt: service.clock.now().toISOString(),
    });
    service.clock.advance({ seconds: 1 });
    const same = await workspace.admin.patch(path, { firstName: 'Anna' }).expect(200);
    expect(same.body).toEqual(changed.body);
    expect((await workspace.admin.get(path).expect(200)).body).toEqual(changed.body);
  });

  it('is refused for a field that provisioning fills, naming it, and allowed for the others', async () => {
    const member = await givenProvisionedMember('pat@example.com');
    const path = `/api/members/${member.id}`;
    const refused = await workspace.admin.patch(path, { firstName: 'X', jobTitle: 'Y' }).expect(409);
    expect(refused.body).toMatchObject({ fields: ['firstName'] });
    expect(refused.body.type).toMatch(/field-provisioned$/u);
    await workspace.admin.patch(path, { status: 'deactivated' }).expect(409);
    await workspace.admin.patch(path, { firstName: 'Pat', jobTitle: 'Y' }).expect(200);
  });

  it('is allowed for every field when provisioning is not active', async () => {
    const member = await givenProvisionedMember('pat@example.com');
    await workspace.admin.post('/api/user-provisioning/deactivate').expect(200);
    await workspace.admin.patch(`/api/members/${member.id}`, { firstName: 'X' }).expect(200);
  });

  it('cleans names and addresses of what nobody sees, and takes what is invisible for nothing', async () => {
    const ann = await givenMember({ email: ' SMTP:ann@example.com. ', firstName: 'A\u200bnn\r\nMarie' });
    expect(ann).toMatchObject({ email: 'ann@example.com', firstName: 'Ann Marie' });
    const path = `/api/members/${ann.id}`;
    const changed = await workspace.admin
      .patch(path, { firstName: '\u200b', lastName: '\u202erehcrA' })
      .expect(200);
    expect(changed.body).toMatchObject({ firstName: null, lastName: 'rehcrA' });
    const guest = { email: 'ben_partner.example#EXT#@tenant.example' };
    const refused = await workspace.admin.post('/api/members', guest).expect(400);
    expect(refused.body.errors).toMatchObject([{ path: 'email', code: 'not-an-email-address' }]);
    const csv = 'email,managerEmail,firstName\nBen <ben@example.com>,mailto:ann@example.com,B\u00aden\n';
    await importCsv(csv, 201);
    const ben = (await listed()).items.find(({ email }) => email === 'ben@example.com');
    expect(ben).toMatchObject({ firstName: 'Ben', managerId: ann.id });
  });

  it('refuses an address that another member has, and the member as their own manager', async () => {
    await givenMember({ email: 'bob@example.com' });
    const ann = await givenMember({ email: 'ann@example.com' });
    const path = `/api/members/${ann.id}`;
    await workspace.admin.patch(path, { email: 'BOB@example.com' }).expect(409);
    await workspace.admin.patch(path, { email: null }).expect(400);
    await workspace.admin.patch(path, { managerId: ann.id }).expect(400);
    await workspace.admin.patch(path, { status: 'removed' }).expect(400);
    await workspace.admin.patch(path, { email: 'Ann@example.com' }).expect(200);
  });

  it('deactivates and brings back', async () => {
    const { id } = await givenMember({ email: 'ann@example.com' });
    const off = await workspace.admin.patch(`/api/members/${id}`, { status: 'deactivated' }).expect(200);
    expect(off.body).toMatchObject({ status: 'deactivated' });
    expect((await listed('?status=deactivated')).items).toHaveLength(1);
    await workspace.admin.post('/api/members', { email: 'ann@example.com' }).expect(409);
    const on = await workspace.admin.patch(`/api/members/${id}`, { status: 'active' }).expect(200);
    expect(on.body).toMatchObject({ status: 'active' });
  });

  it('of the address has the person and every conflict looked at again; a change of a title has not', async () => {
    const ann = await givenMember({ email: 'ann@example.com' });
    const other = await givenMember({ email: 'other@example.com' });
    const linked = await givenLink(1, ann.id, 'linked');
    const conflict = await givenLink(2, null, 'conflict');
    await givenLink(3, other.id, 'linked');
    await workspace.admin.patch(`/api/members/${ann.id}`, { jobTitle: 'Boss' }).expect(200);
    expect(await queued()).toEqual([]);
    await workspace.admin.patch(`/api/members/${ann.id}`, { email: 'new@example.com' }).expect(200);
    expect(await queued()).toEqual([
      { directory_user_id: linked, reason: 'member' },
      { directory_user_id: conflict, reason: 'member' },
    ]);
  });

  it('answers 404 for an unknown id and one that is no UUID', async () => {
    for (const id of ['019a0000-0000-7000-8000-000000000001', 'ann', '%00']) {
      await workspace.admin.get(`/api/members/${id}`).expect(404);
      await workspace.admin.patch(`/api/members/${id}`, {}).expect(404);
      await workspace.admin.delete(`/api/members/${id}`).expect(404);
    }
  });

  it('cannot reach a member of another workspace', async () => {
    const { id } = await givenMember({ email: 'ann@example.com' });
    const other = await givenWorkspace(service, { name: 'Other', active: false });
    await other.admin.get(`/api/members/${id}`).expect(404);
    await other.admin.patch(`/api/members/${id}`, { firstName: 'X' }).expect(404);
    await other.admin.delete(`/api/members/${id}`).expect(404);
    await other.admin.post('/api/members', { email: 'x@example.com', managerId: id }).expect(400);
    await other.admin.post('/api/members', { email: 'ann@example.com' }).expect(201);
    expect((await listed()).items).toHaveLength(1);
  });
});

describe('the removal of a member', () => {
  it('keeps the record and may be repeated', async () => {
    const { id } = await givenMember({ email: 'ann@example.com' });
    await workspace.admin.delete(`/api/members/${id}`).expect(204);
    await workspace.admin.delete(`/api/members/${id}`).expect(204);
    const member = await workspace.admin.get(`/api/members/${id}`).expect(200);
    expect(member.body).toMatchObject({ status: 'removed', email: 'ann@example.com' });
  });

  it('is refused while provisioning keeps the member, saying where to do it', async () => {
    const { id } = await givenProvisionedMember('pat@example.com');
    const refused = await workspace.admin.delete(`/api/members/${id}`).expect(409);
    expect(refused.body.detail).toMatch(/identity provider/u);
  });
});

describe('an import', () => {
  it('makes members with properties and managers, in any order of lines', async () => {
    const site = { name: 'Site', type: 'select', options: ['Berlin', 'München'] };
    await workspace.admin.post('/api/properties', site).expect(201);
    const csv = [
      'email,firstName,managerEmail,Site',
      'ann@example.com,Ann,BOSS@example.com,berlin',
      'boss@example.com,,,',
    ].join('\r\n');
    expect(await importCsv(csv, 201)).toMatchObject({ created: 2, updated: 0 });
    const byEmail = new Map((await listed()).items.map((member) => [member.email, member]));
    const boss = byEmail.get('boss@example.com');
    expect(byEmail.get('ann@example.com')).toMatchObject({
      email: 'ann@example.com',
      source: 'import',
      managerId: boss?.id,
      properties: { site: 'Berlin' },
    });
  });

  it('takes the file inside JSON too', async () => {
    const response = await workspace.admin
      .post('/api/members/import', { csv: 'email\na@example.com\n' })
      .expect(201);
    expect(response.body).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      encoding: 'utf-8',
      separator: 'comma',
      ignoredColumns: [],
    });
  });

  it('can be tried first: it says the same and makes nobody', async () => {
    const csv = 'email,managerEmail\na@example.com,b@example.com\nb@example.com,\n';
    const tried = await workspace.admin.post('/api/members/import', { csv, dryRun: true }).expect(201);
    expect(tried.body).toMatchObject({ created: 2, updated: 0 });
    expect((await listed()).items).toEqual([]);
    const faulty = await workspace.admin
      .post('/api/members/import', { csv: 'email\nnobody\n', dryRun: true })
      .expect(400);
    expect(faulty.body.errors).toHaveLength(1);
    expect(await importCsv(csv, 201)).toMatchObject({ created: 2, updated: 0 });
  });

  it('names each fault with its line and makes nobody', async () => {
    await givenMember({ email: 'here@example.com' });
    const csv = 'email,language\nnobody,\nok@example.com,German\nok@example.com,de\n,de\n';
    const faults = (await importCsv(csv, 400)) as Problem;
    expect(faults.errors?.map(({ path, code, params }) => [path, code, params])).toEqual([
      ['line 2, email', 'not-an-email-address', { value: 'nobody' }],
      ['line 3, language', 'not-a-language', { value: 'German' }],
      ['line 4, email', 'address-twice', { line: 3 }],
      ['line 5, email', 'required', undefined],
    ]);
    const taken = (await importCsv('email\nnew@example.com\nHERE@example.com\n', 400)) as Problem;
    expect(taken.errors?.map((error) => error.path)).toEqual(['line 3, email']);
    const unmanaged = (await importCsv(
      'email,managerEmail\nnew@example.com,x@example.com\n',
      400,
    )) as Problem;
    expect(unmanaged.errors?.map((error) => error.path)).toEqual(['line 2, managerEmail']);
    expect((await listed()).items).toHaveLength(1);
  });

  it('recognizes the encoding of the file and says so', async () => {
    const text = 'email;firstName\nj@example.com;Jürgen\n';
    const files: [string, Buffer][] = [
      ['windows-1252', Buffer.from(text, 'latin1')],
      ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
      ['utf-8', Buffer.from(`\ufeff${text}`)],
    ];
    for (const [encoding, bytes] of files) {
      const said = await importBytes(bytes, '?updateExisting=true', 201);
      expect(said).toMatchObject({
        encoding,
        separator: 'semicolon',
        created: encoding === 'windows-1252' ? 1 : 0,
      });
    }
    expect((await listed()).items).toMatchObject([{ firstName: 'Jürgen' }]);
    const lost = (await importCsv('email,firstName\nx@example.com,J\ufffdrgen\n', 400)) as Problem;
    expect(lost.errors).toMatchObject([{ path: 'line 2, column 2', code: 'lost-character' }]);
  });

  it('names all faults in one round, those of the header, of the rows and of the members', async () => {
    await givenMember({ email: 'here@example.com' });
    await workspace.admin.post('/api/properties', { name: 'Boss', type: 'user' }).expect(201);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const csv = [
      'email,language,email,shoe size,managerEmail,Boss',
      `x@example.com,Klingon,,,,${nobody}`,
      'HERE@example.com,,,,gone@example.com,',
    ].join('\n');
    const { errors } = (await importCsv(csv, 400)) as Problem;
    expect(errors?.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 1, column 3: column-twice',
      'line 1, column 4: unknown-column',
      'line 2, language: not-a-language',
      'line 2, properties.boss: no-member',
      'line 3, managerEmail: no-other-member',
      'line 3, email: address-taken',
    ]);
  });

  it('lets no fault hide others: quotes that do not match, lost characters, too many rows, none of them', async () => {
    await givenMember({ email: 'here@example.com' });
    const rows = [
      'email,firstName,language,managerEmail',
      'a@example.com,"Ann"e,Klingon,b@example.com',
      'nobody,,,a@example.com',
      '"b@example.com,Bee,,',
      'c@example.com,C\ufffd,,gone@example.com',
      'here@example.com,,,',
    ];
    const faultsOf = async (bytes: Buffer) => {
      const { errors, faultsTotal } = (await importBytes(bytes, '', 400)) as Problem & {
        faultsTotal: number;
      };
      expect(faultsTotal).toBe(errors?.length);
      return errors?.map(({ path, code }) => `${path}: ${code}`);
    };
    const found = [
      'line 2: bad-quotes',
      'line 2, language: not-a-language',
      'line 3, email: not-an-email-address',
      'line 4: bad-quotes',
      'line 5, column 2: lost-character',
      'line 5, managerEmail: no-other-member',
      'line 6, email: address-taken',
    ];
    expect(await faultsOf(Buffer.from(rows.join('\n')))).toEqual(found);
    const cutOff = Buffer.from(`\ufeff${rows.join('\r\n')}\r\nd@example.com,D`, 'utf16le').subarray(0, -1);
    expect(await faultsOf(cutOff)).toEqual([...found, 'line 7, column 2: lost-character']);
    const many = `${rows.join('\n')}\n${',x,,\n'.repeat(importRowsMax)}`;
    const { errors } = (await importCsv(many, 400)) as Problem;
    expect(errors?.slice(0, 8).map(({ path, code }) => `${path}: ${code}`)).toEqual([
      ': too-many-rows',
      ...found,
    ]);
  });

  it('names so many faults and tells how many there are', async () => {
    const { errors, faultsTotal } = (await importCsv(`email\n${'nobody\n'.repeat(150)}`, 400)) as Problem & {
      faultsTotal: number;
    };
    expect([errors?.length, faultsTotal]).toEqual([100, 150]);
  });

  it('changes members when asked: by id, by externalId, by address; an empty cell says nothing', async () => {
    const ann = await givenMember({ email: 'ann@example.com', firstName: 'Ann', jobTitle: 'Clerk' });
    const bob = await givenMember({ email: 'bob@example.com', firstName: 'Bob' });
    await givenMember({ email: 'cid@example.com', firstName: 'Cid' });
    await service.dataSource.query(`UPDATE member SET external_id = 'X1' WHERE id = $1`, [bob.id]);
    const csv = [
      'id,externalId,email,firstName,jobTitle,managerEmail',
      `${ann.id},,bob@example.com,Anna,,dee@example.com`,
      ',X1,ann@example.com,,Boss,',
      ',,CID@example.com,Cid,,',
      ',,dee@example.com,Dee,,',
    ].join('\n');
    const dry = await importBytes(Buffer.from(csv), '?updateExisting=true&dryRun=true', 201);
    expect(dry).toMatchObject({ created: 1, updated: 2, unchanged: 1 });
    expect(await importBytes(Buffer.from(csv), '?updateExisting=true', 201)).toEqual(dry);
    const { items } = await listed('?sort=createdAt');
    const dee = items.at(-1);
    expect(items).toMatchObject([
      { id: ann.id, email: 'bob@example.com', firstName: 'Anna', jobTitle: 'Clerk', managerId: dee?.id },
      { id: bob.id, email: 'ann@example.com', firstName: 'Bob', jobTitle: 'Boss' },
      { email: 'cid@example.com', firstName: 'Cid' },
      { email: 'dee@example.com', source: 'import' },
    ]);
    const again = await importBytes(Buffer.from('email\nbob@example.com\n'), '?updateExisting=true', 201);
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  });

  it('does not update by halves: two lines for one, a stranger, an address that somebody keeps', async () => {
    const ann = await givenMember({ email: 'ann@example.com' });
    const bob = await givenMember({ email: 'bob@example.com' });
    await givenMember({ email: 'cid@example.com' });
    const csv = [
      'id,email,firstName',
      `${ann.id},,A`,
      `,ann@example.com,B`,
      `01900000-0000-7000-8000-000000000000,new@example.com,C`,
      `${bob.id},cid@example.com,D`,
    ].join('\n');
    const { errors } = (await importBytes(Buffer.from(csv), '?updateExisting=true', 400)) as Problem;
    expect(errors?.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 3, email: member-twice',
      'line 4, id: no-member',
      'line 5, email: address-taken',
    ]);
    const swap = `id,email\n${ann.id},bob@example.com\n${bob.id},\n`;
    const taken = (await importBytes(Buffer.from(swap), '?updateExisting=true', 400)) as Problem;
    expect(taken.errors).toMatchObject([{ path: 'line 3, email', code: 'address-twice' }]);
    const known = (await importCsv(`id,email\n${ann.id},other@example.com\n`, 400)) as Problem;
    expect(known.errors).toMatchObject([{ path: 'line 2, id', code: 'member-known' }]);
    expect((await listed()).items).toMatchObject([1, 2, 3].map(() => ({ firstName: null })));
  });

  it('says when a row means two members, or an externalId is of several', async () => {
    const ann = await givenMember({ email: 'ann@example.com' });
    const bob = await givenMember({ email: 'bob@example.com' });
    const cid = await givenMember({ email: 'cid@example.com' });
    const give = (id: string, externalId: string) =>
      service.dataSource.query('UPDATE member SET external_id = $2 WHERE id = $1', [id, externalId]);
    await give(ann.id, 'A');
    for (const { id } of [bob, cid]) await give(id, 'S');
    const csv = `id,externalId,email,firstName\n${cid.id},A,,X\n,S,,Y\n,S,dee@example.com,Z\n`;
    const { errors } = (await importBytes(Buffer.from(csv), '?updateExisting=true', 400)) as Problem;
    expect(errors?.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 2, externalId: two-members-meant',
      'line 3, externalId: external-id-shared',
      'line 4, externalId: external-id-shared',
    ]);
    const sound = `id,externalId,email,firstName\n${cid.id},S,,X\n,S,bob@example.com,Y\n`;
    expect(await importBytes(Buffer.from(sound), '?updateExisting=true', 201)).toMatchObject({ updated: 2 });
  });

  it('refuses by name and line what provisioning filled', async () => {
    const { id } = await givenProvisionedMember('ann@example.com');
    const csv = `id,email,firstName,jobTitle\n${id},other@example.com,Anna,Boss\n`;
    const { errors } = (await importBytes(Buffer.from(csv), '?updateExisting=true', 400)) as Problem;
    expect(errors?.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'line 2, email: provisioned-only',
      'line 2, firstName: provisioned-only',
    ]);
    const sound = `id,email,jobTitle\n${id},ann@example.com,Boss\n`;
    expect(await importBytes(Buffer.from(sound), '?updateExisting=true', 201)).toMatchObject({ updated: 1 });
  });

  it.each(['', 'email\n"a', 'email,\u0000\na@example.com,x', 'firstName\nAnn'])('refuses %j', async (csv) => {
    await importCsv(csv === '' ? '\n' : csv, 400);
  });

  it('refuses a body that is neither', async () => {
    await workspace.admin.post('/api/members/import', { csv: 7 }).expect(400);
    await workspace.admin.post('/api/members/import').expect(400);
  });
});

describe('an export', () => {
  async function exported(): Promise<string> {
    const response = await workspace.admin.get('/api/members/export').expect(200);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    return response.text;
  }

  it('disarms formulas and can be imported again', async () => {
    const boss = await givenMember({ email: 'boss@example.com' });
    await givenMember({
      email: 'ann@example.com',
      firstName: '=cmd()',
      lastName: 'A, "B"',
      managerId: boss.id,
    });
    const csv = await exported();
    expect(csv).toContain(`'=cmd()`);
    expect(csv.split('\r\n')[0]).toBe(
      `\ufeff"id","${memberFields.join('","')}","status","source","managerEmail","properties.department"`,
    );
    const copy = await givenWorkspace(service, { name: 'Copy' });
    expect(await importCsv(csv, 201, copy)).toMatchObject({ created: 2, updated: 0 });
    const copies = new Map((await listed('', copy)).items.map((member) => [member.email, member]));
    expect(copies.get('ann@example.com')).toMatchObject({
      firstName: '=cmd()',
      lastName: 'A, "B"',
      managerId: copies.get('boss@example.com')?.id,
    });
    expect(copy.id).not.toBe(workspace.id);
  });

  it('begins no formula at any line end, whatever provisioning brought', async () => {
    await givenMember({ email: 'bob@example.com' });
    await service.dataSource.query('UPDATE member SET display_name = $2 WHERE workspace_id = $1', [
      workspace.id,
      "Bob\n=cmd|'/C calc'!A0;=1+1\r\n＝1",
    ]);
    const csv = await exported();
    expect(csv).toContain(`"Bob\n'=cmd|'/C calc'!A0;'=1+1\r\n'＝1"`);
  });

  it('changes nothing when it is imported again, whatever the members hold', async () => {
    const hostile = fc
      .array(fc.oneof(fc.constantFrom(...`;,"'=+-@|\t\n\r `, '\r\n', 'A', 'é', '\u2028'), fc.string()), {
        maxLength: 8,
      })
      .map((parts) => `x${parts.join('').replaceAll('\0', '')}y`);
    const some = (numRuns: number) => fc.sample(hostile, { numRuns, seed: 7 });
    const options = [...new Set(['A;B', '"A";', '=1', 'B', "'", ';', '"', ...['a,b', 'a|b']])];
    for (const [name, type] of [
      ['Note', 'long_text'],
      ['Line', 'text'],
      ['Size', 'number'],
      ['Yes', 'checkbox'],
      ['Who', 'user'],
      ['One', 'select'],
      ['Many', 'multi_select'],
    ]) {
      const body = { name, type, ...(type?.endsWith('select') && { options }) };
      await workspace.admin.post('/api/properties', body).expect(201);
    }
    const boss = await givenMember({ email: 'boss@example.com' });
    const numbers = [1e21, -5, 1e-7, 0.1, -1.5e300, 0];
    for (const [at, note] of some(24).entries()) {
      const many = options.filter((_option, place) => (at + 1) & (1 << (place % 5)));
      await givenMember({
        email: `m${at}@example.com`,
        firstName: note.replaceAll(/[\r\n]/gu, ''),
        managerId: boss.id,
        properties: {
          note: `${note}\nl2`,
          line: some(48)[at + 24] ?? '',
          size: numbers[at % numbers.length],
          yes: at % 2 === 0,
          who: boss.id,
          one: options[at % options.length],
          many,
        },
      });
    }
    const before = (await listed('?limit=100')).items;
    expect(before.filter(({ properties }) => String(properties['note']).includes('\n'))).toHaveLength(24);
    for (const separator of ['comma', 'semicolon']) {
      const { text } = await workspace.admin.get(`/api/members/export?separator=${separator}`).expect(200);
      const said = await importBytes(Buffer.from(text), '?updateExisting=true', 201);
      expect(said).toMatchObject({ created: 0, updated: 0, unchanged: 25 });
    }
    expect((await listed('?limit=100')).items).toEqual(before);
  });

  it('has semicolons and a mark of its encoding for spreadsheets that want them', async () => {
    await givenMember({ email: 'ann@example.com', firstName: 'Änne; Ann' });
    const { text } = await workspace.admin.get('/api/members/export?separator=semicolon').expect(200);
    expect(text).toMatch(/^\ufeff"id";"email";/u);
    await workspace.admin.get('/api/members/export?separator=tab').expect(400);
    const copy = await givenWorkspace(service, { name: 'Copy' });
    expect(await importCsv(text, 201, copy)).toMatchObject({ created: 1, separator: 'semicolon' });
    expect((await listed('', copy)).items).toMatchObject([{ firstName: 'Änne; Ann' }]);
  });

  it('and the list hold everybody once however large they are, the list in pages of bounded size', async () => {
    const count = 8;
    await service.dataSource.query(
      `INSERT INTO member (workspace_id, id, email, email_key, status, source, properties, created_at, updated_at)
       SELECT $1, gen_random_uuid(), email, email, 'active', 'manual',
         jsonb_build_object('note', repeat('x', 1500000)), now(), now()
       FROM generate_series(1, $2::integer) n, LATERAL (SELECT n || '@example.com' AS email) named`,
      [workspace.id, count],
    );
    const emails: string[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const page = await listed(`?limit=200&sort=email${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThan(4);
      emails.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor;
    }
    expect(emails).toEqual(Array.from({ length: count }, (_, n) => `${n + 1}@example.com`));
    expect(pages).toBeGreaterThan(2);
    expect((await exported()).trimEnd().split('\r\n')).toHaveLength(count + 1);
  });

  it('holds the members that the list shows, in its order, and comes back as it went out', async () => {
    await givenMember({ email: 'ann@example.com', firstName: 'Ann' });
    await givenMember({ email: 'a2@example.com', firstName: 'Änne' });
    await givenMember({ email: 'o@example.com', firstName: 'Özgür' });
    const boss = (await listed('?search=ann@')).items[0];
    await importCsv(`email,firstName,managerEmail\nz@example.com,Zoë,ann@example.com\n`, 201);
    const names = async (query: string) => {
      const { text } = await workspace.admin.get(`/api/members/export?${query}`).expect(200);
      const lines = text.trimEnd().split('\r\n').slice(1);
      const shown = (await listed(`?limit=200&${query}`)).items.map(({ id }) => id);
      expect(lines.map((line) => line.split(/[",;]+/u)[1])).toEqual(shown);
      return shown.length;
    };
    expect(await names('sort=name&order=desc')).toBe(4);
    expect(await names('source=import')).toBe(1);
    expect(await names('search=%C3%B6')).toBe(1);
    expect(await names(`managerId=${boss?.id}`)).toBe(1);
    expect(await names('status=removed')).toBe(0);
    const german = await workspace.admin.get('/api/members/export').set('Accept-Language', 'de').expect(200);
    expect(german.text).toMatch(/^\ufeff"id";"email";/u);
    const back = await importBytes(Buffer.from(german.text), '?updateExisting=true', 201);
    expect(back).toMatchObject({ created: 0, updated: 0, unchanged: 4, separator: 'semicolon' });
    await workspace.admin.get('/api/members/export?sort=shoes').expect(400);
  });

  it('leaves removed members out', async () => {
    const { id } = await givenMember({ email: 'gone@example.com' });
    await workspace.admin.delete(`/api/members/${id}`).expect(204);
    expect(await exported()).not.toContain('gone@example.com');
  });
});

describe('member groups', () => {
  async function givenGroup(name: string, memberIds: string[]): Promise<string> {
    const { newId } = await import('../../src/database/ids.ts');
    const id = newId();
    await service.dataSource.query(
      'INSERT INTO member_group (workspace_id, id, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)',
      [workspace.id, id, name, service.clock.now()],
    );
    await service.dataSource.query(
      'INSERT INTO member_group_member (workspace_id, group_id, member_id) SELECT $1, $2, unnest($3::uuid[])',
      [workspace.id, id, memberIds],
    );
    return id;
  }

  it('are listed with the number of their members, and their members with pages', async () => {
    const ann = await givenMember({ email: 'ann@example.com' });
    const bob = await givenMember({ email: 'bob@example.com' });
    const id = await givenGroup('Sales', [ann.id, bob.id]);
    await givenGroup('Empty', []);
    const groups = await workspace.admin.get('/api/groups?search=SALES').expect(200);
    expect(groups.body).toMatchObject({ items: [{ id, name: 'Sales', memberCount: 2 }], nextCursor: null });
    const one = await workspace.admin.get(`/api/groups/${id}`).expect(200);
    expect(one.body).toEqual(groups.body.items[0]);
    const first = (await workspace.admin.get(`/api/groups/${id}/members?limit=1`).expect(200)).body;
    const [firstId, secondId] = [ann.id, bob.id].sort();
    expect(first.items.map((member) => member.id)).toEqual([firstId]);
    const rest = `/api/groups/${id}/members?limit=1&cursor=${first.nextCursor}`;
    const second = (await workspace.admin.get(rest).expect(200)).body;
    expect(second).toMatchObject({ items: [{ id: secondId }], nextCursor: null });
  });

  it('lose a member who is removed, and are not seen from another workspace', async () => {
    const ann = await givenMember({ email: 'ann@example.com' });
    const id = await givenGroup('Sales', [ann.id]);
    await workspace.admin.delete(`/api/members/${ann.id}`).expect(204);
    expect((await workspace.admin.get(`/api/groups/${id}/members`).expect(200)).body).toMatchObject({
      items: [],
    });
    const other = await givenWorkspace(service, { name: 'Other', active: false });
    await other.admin.get(`/api/groups/${id}`).expect(404);
    await other.admin.get(`/api/groups/${id}/members`).expect(404);
    await workspace.admin.get('/api/groups/sales/members').expect(404);
  });
});

it('needs a session', async () => {
  await service.http.get('/api/members').expect(401);
  await service.http.post('/api/members').send({ email: 'a@example.com' }).expect(401);
  await service.http.get('/api/groups').expect(401);
});

describe('one act about many members', () => {
  const bulk = '/api/members/bulk';
  const { admin, scim } = workspace;

  async function givenMembers(count: number, prefix = 'm'): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const body = { email: `${prefix}${n}@example.com`, firstName: 'Ann', lastName: `${prefix}${n}` };
      ids.push((await admin.post('/api/members', body).expect(201)).body.id);
    }
    return ids;
  }

  async function statuses(query = ''): Promise<string[]> {
    const { body } = await admin.get(`/api/members?limit=200${query}`).expect(200);
    return body.items.map(({ status }) => status);
  }

  it('deactivates, reactivates and removes those who are named, each with an outcome and an event', async () => {
    const ids = await givenMembers(3);
    await admin.patch(`/api/members/${ids[2]}`, { status: 'deactivated' }).expect(200);
    const { body } = await admin.post(bulk, { action: 'deactivate', memberIds: ids }).expect(200);
    expect(body).toMatchObject({ people: 3, done: 2, refused: 1 });
    expect(body.items).toEqual([
      { id: ids[0], name: 'Ann m0', outcome: 'done', type: null },
      { id: ids[1], name: 'Ann m1', outcome: 'done', type: null },
      { id: ids[2], name: 'Ann m2', outcome: 'refused', type: 'already-deactivated' },
    ]);
    expect(await statuses()).toEqual(['deactivated', 'deactivated', 'deactivated']);
    const again = await admin.post(bulk, { action: 'reactivate', memberIds: ids }).expect(200);
    expect(again.body).toMatchObject({ done: 3 });
    const removed = await admin.post(bulk, { action: 'remove', memberIds: ids.slice(0, 2) }).expect(200);
    expect(removed.body).toMatchObject({ done: 2 });
    expect(await statuses()).toEqual(['active']);
    await admin.post('/api/members', { email: 'm0@example.com' }).expect(201);
    const { body: timeline } = await admin.get(`/api/members/${ids[0]}/timeline`).expect(200);
    expect(timeline.items.map(({ kind }) => kind)).toEqual([
      'member.created',
      'members.deactivated',
      'members.reactivated',
      'members.removed',
    ]);
    const { body: log } = await admin.get('/api/audit-log?action=members.removed').expect(200);
    expect(log.items).toMatchObject([{ target: null, details: { people: 2 } }]);
    const { body: events } = await workspace.operator
      .get(`/operator/events?workspaceId=${workspace.id}`)
      .expect(200);
    const told = events.items.filter(({ subject }) => subject.id === ids[0]);
    expect(told.map(({ type, subject }) => [type, subject.version])).toEqual([
      ['member.created', 1],
      ['member.deactivated', 2],
      ['member.reactivated', 3],
      ['member.removed', 4],
    ]);
  });

  it('refuses those that provisioning keeps, as one by one, and does the others', async () => {
    await givenPerson(scim, 'provisioned@example.com');
    await synchronize(admin);
    const [manual] = await givenMembers(1);
    const provisioned = await admin.get('/api/members?source=provisioning').expect(200);
    const [kept] = provisioned.body.items;
    for (const [action, type] of [
      ['deactivate', 'field-provisioned'],
      ['remove', 'member-provisioned'],
    ] as const) {
      const { body } = await admin.post(bulk, { action, memberIds: [kept?.id, manual] }).expect(200);
      expect(body).toMatchObject({ done: 1, refusals: [{ type, people: 1 }] });
    }
    expect(await statuses()).toEqual(['active']);
  });

  it('is about everybody on the list, when exactly those were confirmed', async () => {
    await givenMembers(4, 'garcia');
    await givenMembers(2, 'other');
    const body = { action: 'deactivate', matching: { search: 'garcia', source: 'manual' } };
    await admin.post(bulk, body).expect(400);
    const tried = (await admin.post(bulk, { ...body, dryRun: true }).expect(200)).body;
    expect(tried).toMatchObject({ dryRun: true, people: 4, done: 4 });
    expect(await statuses('&status=deactivated')).toEqual([]);
    await givenMembers(1, 'garcia-late');
    const { selection } = tried;
    const changed = await admin.post(bulk, { ...body, confirmed: selection }).expect(409);
    expect(changed.body).toMatchObject({ people: 5 });
    const seen = (await admin.post(bulk, { ...body, dryRun: true }).expect(200)).body;
    const done = await admin.post(bulk, { ...body, confirmed: seen.selection }).expect(200);
    expect(done.body).toMatchObject({ done: 5, refused: 0 });
    expect(await statuses('&status=deactivated')).toHaveLength(5);
    await admin.post(bulk, { action: 'remove' }).expect(400);
    await admin.post(bulk, { action: 'remove', matching: { sort: 'name' }, dryRun: true }).expect(400);
    for (const name of [
      'search',
      'status',
      'source',
      'groupId',
      'managerId',
      'held',
      'linkable',
      'suspended',
    ]) {
      const refused = await admin.send('post', bulk, {
        action: 'remove',
        matching: { [name]: null },
        dryRun: true,
      });
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining(name)]);
    }
  });

  it('counts those on a list, on all its pages', async () => {
    await givenMembers(3, 'garcia');
    await givenMembers(1, 'other');
    const total = async (query: string) =>
      (await admin.get(`/api/members?limit=1${query}`).expect(200)).body.total;
    expect(await total('')).toBeNull();
    expect(await total('&total=true')).toBe(4);
    expect(await total('&total=true&search=garcia')).toBe(3);
    expect(await total('&total=true&search=garcia1%40example.com')).toBe(1);
    expect(await total('&total=true&status=removed')).toBe(0);
  });
});
