import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPerson, personBody } from '../harness/directory-person.ts';
import { eventually, runEnded, synchronize, undone } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, signIn, adminClient, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
const reason = 'Request 4711';

/** Everything in the database that holds one of these words, in any case: `table: row`. */
async function found(words: readonly string[]): Promise<string[]> {
  const tables = await service.dataSource.query<{ name: string }[]>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`,
  );
  const pattern = words.join('|');
  const hits: string[] = [];
  for (const { name } of tables) {
    const rows = await service.dataSource.query<{ row: string }[]>(
      `SELECT t::text AS row FROM ${name} t WHERE t::text ~* $1`,
      [pattern],
    );
    hits.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return hits;
}

/** A person whose names no other text holds by chance. */
function canary(word: string) {
  return {
    externalId: `ext-${word}-1`,
    displayName: `Dr. Anna ${word}`,
    name: { givenName: `Anna${word}`, familyName: word, formatted: `Anna ${word}` },
    phoneNumbers: [{ type: 'work', value: `+49-${word}-123` }],
    nickName: `Nick${word}`,
    emails: [
      { type: 'work', primary: true, value: `anna@${word}.example` },
      { type: 'home', value: `home@${word}.example` },
    ],
  };
}

const manager = (value: string, displayName: string) => ({
  schemas: [
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  ],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value, displayName } },
});

async function memberOf(workspace: TestWorkspace, email: string): Promise<string> {
  const { body } = await workspace.admin.get(`/api/members?search=${encodeURIComponent(email)}`).expect(200);
  return body.items[0]?.id ?? '';
}

describe('erasing a person who has lived everywhere', () => {
  const word = 'Zebulonia';
  const userName = `anna.${word}@corp.example`;
  let workspace: TestWorkspace;
  let userId: string;
  let memberId: string;
  let reportMemberId: string;

  beforeAll(async () => {
    workspace = await givenWorkspace(service, { name: 'Erasures' });
    const { scim, admin, operator } = workspace;
    userId = await givenPerson(scim, userName, canary(word));
    await givenPerson(scim, 'report@corp.example', manager(userId, `Dr. Anna ${word}`));
    await givenPerson(scim, 'second@corp.example', manager(`ext-${word}-1`, `Anna ${word}`));
    const { body: group } = await scim
      .post('/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: 'Choir',
        members: [{ value: userId, display: `Dr. Anna ${word}` }],
      })
      .expect(201);
    await synchronize(admin);
    memberId = await memberOf(workspace, `anna@${word}`);
    reportMemberId = await memberOf(workspace, 'report@');
    // Renamed, refused, found, in bulk, in another group, and in the notes of the log.
    await scim
      .put(
        `/Users/${userId}`,
        personBody(userName, { ...canary(word), title: 'Head', nickName: `Old${word}` }),
      )
      .expect(200);
    await scim.post('/Users', personBody(userName, canary(word))).expect(409);
    await scim.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`).expect(200);
    await scim.get('/Users').expect(200);
    await scim.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        {
          method: 'PATCH',
          path: `/Users/${userId}`,
          data: {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: [{ op: 'replace', path: 'name.familyName', value: `${word}-Neu` }],
          },
        },
        { method: 'POST', path: '/Users', bulkId: 'b', data: personBody('third@corp.example') },
      ],
    });
    await synchronize(admin);
    await scim.patch(`/Groups/${group.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'remove', path: `members[value eq "${userId}"]` }],
    });
    await operator.put(`/operator/workspaces/${workspace.id}/members/${memberId}`, {
      externalId: `vendor-${word}`,
    });
    // The person is an admin, too.
    const own = adminClient(service, await signIn(service, workspace.id, `anna@${word}.example`));
    await own.post('/api/tokens', { name: 'Made by them' }).expect(201);
    const { body: run } = await own.post('/api/sync-runs', {}).expect(202);
    await runEnded(own, run.id);
    await own.patch('/api/user-provisioning/settings', { graceDays: 7 }).expect(200);
    await admin.get(`/api/members?search=${word}`).expect(200);
    // The log is written half a second later.
    await eventually(async () => {
      const { body: log } = await admin.get('/api/provisioning-log').expect(200);
      return log.items.some(({ method, path }) => method === 'PATCH' && path.includes(group.id)) || null;
    });
  });

  it('exports what is held about them first, and says so in the audit log', async () => {
    const { operator, id, admin } = workspace;
    const { text } = await operator.get(`/operator/workspaces/${id}/members/${memberId}/export`).expect(200);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind?: string; table?: string });
    expect(lines[0]).toMatchObject({ kind: 'head', memberId, directoryUserIds: [userId] });
    const tables = new Set(lines.slice(1).map(({ table }) => table));
    for (const table of [
      'member',
      'directory_user',
      'directory_event',
      'sync_change',
      'event',
      'provisioning_log',
      'provisioning_log_body',
      'admin_session',
      'audit_log',
    ])
      expect([...tables]).toContain(table);
    expect(text).not.toContain('token_hash');
    const { body: log } = await admin.get('/api/audit-log?action=person.exported').expect(200);
    expect(log.items[0]).toMatchObject({ action: 'person.exported', target: memberId });
  });

  it('leaves no trace in any table, and a receipt with counts', async () => {
    const { operator, id } = workspace;
    expect((await found([word])).length).toBeGreaterThan(20);
    const { body } = await operator
      .post(`/operator/workspaces/${id}/members/${memberId}/erase`, { reason: `${reason} of ${word}` })
      .expect(200);
    expect(body).toMatchObject({
      workspaceId: id,
      memberId,
      directoryUserIds: [userId],
      reason: `${reason} of [erased]`,
    });
    expect(body.counts['member']).toEqual({ deleted: 1, redacted: 2 });
    expect(body.counts['directory_user']).toEqual({ deleted: 1, redacted: 2 });
    expect(body.counts['event']?.redacted).toBeGreaterThan(0);
    expect(body.keptHashes).toBeGreaterThan(3);
    expect(await found([word])).toEqual([]);
  });

  it('leaves the feed without a gap, and tells who follows it', async () => {
    const { operator, id } = workspace;
    const { body } = await operator.get(`/operator/events?workspaceId=${id}&limit=1000`).expect(200);
    const sequences = body.items.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, at) => at + 1));
    const removed = body.items.findLast(
      ({ type, subject }) => type === 'member.removed' && subject.id === memberId,
    );
    expect(removed).toMatchObject({
      cause: { by: 'operator', reason: { code: 'erased' } },
      data: { status: 'removed' },
    });
    const { body: digest } = await operator.get(`/operator/workspaces/${id}/digest`).expect(200);
    const { body: members } = await operator.get(`/operator/workspaces/${id}/members?limit=200`).expect(200);
    expect(digest.members).toBe(members.items.length);
  });

  it('leaves the others as they were, without a manager', async () => {
    const { admin } = workspace;
    const { body } = await admin.get(`/api/members/${reportMemberId}`).expect(200);
    expect(body).toMatchObject({ email: 'report@corp.example', managerId: null });
    await admin.get(`/api/members/${memberId}`).expect(404);
  });

  it('is not undone by the undo of the run that had made them', async () => {
    const { admin } = workspace;
    const { body: runs } = await admin.get('/api/sync-runs').expect(200);
    const first = runs.items.at(-1)?.id ?? '';
    await undone(admin, first);
    expect(await found([word])).toEqual([]);
  });

  it('keeps the next push from bringing them back unnoticed, until an admin includes them', async () => {
    const { admin, scim } = workspace;
    const back = await givenPerson(scim, `renamed.${word}@corp.example`, { externalId: `ext-${word}-1` });
    await synchronize(admin);
    const { body: preview } = await admin.get(`/api/sync-preview/${back}`).expect(200);
    expect(preview).toMatchObject({ kind: 'excluded', reason: { code: 'erased' } });
    expect(preview.reason.text).toMatch(/was erased on \w/);
    expect(await memberOf(workspace, `renamed.${word}`)).toBe('');
    await admin.post(`/api/sync-preview/${back}/include`).expect(200);
    await synchronize(admin);
    expect(await memberOf(workspace, `renamed.${word}`)).not.toBe('');
  });
});

describe('erasing somebody', () => {
  it('of the directory who never became a member leaves nothing of them', async () => {
    const { scim, operator, id } = await givenWorkspace(service);
    const word = 'Quastenflosser';
    const userId = await givenPerson(scim, `q.${word}@corp.example`, canary(word));
    const path = `/operator/workspaces/${id}/directory-users/${userId}` as const;
    const { text } = await operator.get(`${path}/export`).expect(200);
    expect(text).toContain(word);
    const { body } = await operator.post(`${path}/erase`, { reason }).expect(200);
    expect(body).toMatchObject({ memberId: null, directoryUserIds: [userId] });
    expect(await found([word])).toEqual([]);
    await operator.post(`${path}/erase`, { reason }).expect(404);
  });

  it('leaves a name that somebody else has, too, in what is about them', async () => {
    const { scim, admin, operator, id } = await givenWorkspace(service);
    const [one, other] = ['anna.one@corp.example', 'anna.two@corp.example'];
    const gone = await givenPerson(scim, one, { displayName: 'Anna Zwilling' });
    const stays = await givenPerson(scim, other, { displayName: 'Anna Zwilling' });
    await synchronize(admin);
    await operator.post(`/operator/workspaces/${id}/directory-users/${gone}/erase`, { reason }).expect(200);
    expect(await found(['anna.one'])).toEqual([]);
    const { body } = await scim.get(`/Users/${stays}`).expect(200);
    expect(body['displayName']).toBe('Anna Zwilling');
    const { body: person } = await admin.get(`/api/sync-preview/${stays}`).expect(200);
    expect(person.name).toBe('Anna Zwilling');
  });

  it('takes nothing of others, whose values are longer, or the same', async () => {
    const { scim, admin, operator, id } = await givenWorkspace(service);
    const phoneNumbers = [{ type: 'work', value: '+49 30 9017' }];
    const gone = await givenPerson(scim, 'anne.meyer@corp.example', { externalId: '10001', phoneNumbers });
    const values = {
      phoneNumbers,
      addresses: [{ type: 'work', postalCode: '10001', formatted: 'Weg 1, 10001 Berlin' }],
      emails: [{ type: 'work', primary: true, value: 'joanne.meyer@corp.example' }],
      title: 'Deputy of anne.meyer@corp.example',
    };
    const stays = await givenPerson(scim, 'joanne.meyer@corp.example', values);
    await scim.get('/Users?filter=externalId%20eq%20%2210001%22').expect(200);
    await synchronize(admin);
    await operator.post(`/operator/workspaces/${id}/directory-users/${gone}/erase`, { reason }).expect(200);
    const { body } = await scim.get(`/Users/${stays}`).expect(200);
    expect(body).toMatchObject({
      ...{ ...values, title: 'Deputy of [erased]' },
      userName: 'joanne.meyer@corp.example',
    });
    await synchronize(admin);
    const { body: members } = await admin.get('/api/members').expect(200);
    expect(members.items.map(({ email }) => email)).toEqual(['joanne.meyer@corp.example']);
    expect(await found(['[^o]anne.meyer@'])).toEqual([]);
  });

  it('who is called by a short word is taken out of what was looked for, encoded as in an address', async () => {
    const { scim, operator, id } = await givenWorkspace(service);
    const userId = await givenPerson(scim, 'rzxq7');
    for (const filter of ['userName%20eq%20%22rzxq7%22', 'userName+eq+%22RZXQ7%22'])
      await scim.get(`/Users?filter=${filter}`).expect(200);
    await operator.post(`/operator/workspaces/${id}/directory-users/${userId}/erase`, { reason }).expect(200);
    expect(await found(['rzxq7'])).toEqual([]);
  });

  it('while the identity provider writes about them waits for it, and leaves nothing of them', async () => {
    const { scim, operator, id } = await givenWorkspace(service);
    const word = 'Wiedehopfen';
    const userId = await givenPerson(scim, `w.${word}@corp.example`, canary(word));
    await scim.post('/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Hoopoes',
      members: [{ value: userId }],
    });
    const patch = (at: number) =>
      scim.patch(`/Users/${userId}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: `Deputy ${word} ${at}` }],
      });
    const patches = Array.from({ length: 12 }, (_, at) => patch(at));
    const erasing = operator.post(`/operator/workspaces/${id}/directory-users/${userId}/erase`, { reason });
    const [{ status }, ...patched] = await Promise.all([erasing, ...patches]);
    expect(status).toBe(200);
    expect(patched.every((answer) => answer.status === 200 || answer.status === 404)).toBe(true);
    await service.provider<{ look: () => Promise<void> }>('LateEntries').look();
    expect(await found([word])).toEqual([]);
  });

  it('that is cut off has not happened, and can be asked for again', async () => {
    const { scim, operator, id } = await givenWorkspace(service);
    const word = 'Uferschnepfe';
    const userId = await givenPerson(scim, `u.${word}@corp.example`, canary(word));
    const erase = () =>
      operator.post(`/operator/workspaces/${id}/directory-users/${userId}/erase`, { reason });
    const inDirectory = async () => (await found([word])).filter((row) => row.startsWith('directory'));
    const before = await inDirectory();
    await service.dataSource.query(
      `CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '55P03'; END $$`,
    );
    await service.dataSource.query(
      'CREATE TRIGGER cut BEFORE INSERT ON audit_log EXECUTE FUNCTION cut_off()',
    );
    try {
      await erase().expect(503);
    } finally {
      await service.dataSource.query('DROP FUNCTION cut_off CASCADE');
    }
    expect(before).toHaveLength(2);
    expect(await inDirectory()).toEqual(before);
    await erase().expect(200);
    expect(await found([word])).toEqual([]);
  });

  it('who had a great many names, in two letters cases and with signs of patterns, is found by each', async () => {
    const { scim, operator, id } = await givenWorkspace(service);
    const many = Array.from({ length: 90 }, (_, at) => `Wende.hals+(${at})*[x]@corp.example`);
    const emails = many.map((value, at) => ({ value, type: `t${at}` }));
    const userId = await givenPerson(scim, many[0] ?? '', { emails });
    await scim
      .get(`/Users?filter=${encodeURIComponent(`userName eq "${many[0]?.toUpperCase()}"`)}`)
      .expect(200);
    await operator.post(`/operator/workspaces/${id}/directory-users/${userId}/erase`, { reason }).expect(200);
    expect(await found(['wende.hals'])).toEqual([]);
  });

  it('who is nobody is 404, and a reason is needed', async () => {
    const { operator, id } = await givenWorkspace(service);
    const nobody = '01890000-0000-7000-8000-000000000000';
    const path = `/operator/workspaces/${id}/members/${nobody}/erase` as const;
    await operator.post(path, { reason }).expect(404);
    await operator.post(path, {}).expect(400);
  });
});
