import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditNotes } from '../../src/audit/audit-notes.ts';
import { digestOf, type RedactablePart } from '../../src/audit/chain.ts';
import { type ChainRow, toChained } from '../../src/audit/chain-row.ts';
import { type ChainHead, verifyChains } from '../../src/audit/verify-chain.ts';
import type { Db } from '../../src/database/db.ts';
import { compile } from '../../src/database/compiled-statement.ts';
import { type Sql } from '../../src/database/sql.ts';
import type { PruningService } from '../../src/personal-data/pruning.service.ts';
import { compileCache } from '../harness/compile-cache.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { useService } from '../harness/use-service.ts';
import { givenProductKey, givenWorkspace, productClient, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
let workspace: TestWorkspace;
const installation = '00000000-0000-0000-0000-000000000000';

beforeAll(async () => {
  workspace = await givenWorkspace(service, { name: 'Chained' });
});

/** Runs `npm run audit:verify` on one workspace. */
async function run(id: string, ...more: string[]): Promise<{ code: number; said: string }> {
  const args = ['scripts/audit-verify.ts', '--workspace', id, ...more];
  const env = { ...process.env, ...compileCache(), DATABASE_URL: service.databaseUrl };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

const database: Db = {
  run: async <Row>(statement: Sql<Row>) => {
    const { text, values } = compile(statement);
    const rows = await service.dataSource.query<Row[]>(text, values);
    return { rows, count: rows.length };
  },
};

/** What that command finds, without a process. */
async function verify(id: string, heads: readonly ChainHead[] = []): Promise<string[]> {
  const found: string[] = [];
  for await (const { findings } of verifyChains(database, heads, id))
    found.push(...findings.map(({ kind, says }) => `${kind}: ${says}`));
  return found;
}

const head = async (id: string) =>
  (await workspace.operator.get(`/operator/workspaces/${id}/audit/head`).expect(200)).body;

/** Tampers with the log, looks whether it is noticed, and takes it back. */
async function tampered(id: string, statement: string, back: string): Promise<string> {
  await service.dataSource.query(statement);
  const found = await verify(id);
  await service.dataSource.query(back);
  return found.join('\n');
}

/** Puts something else into a part of a record and keeps the digest of what was there, as an erasure does. */
async function redactedFalsely(row: ChainRow | undefined, part: string, value: string): Promise<string> {
  if (row === undefined) throw new Error('There is no such record');
  const name = part.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as RedactablePart;
  const redacted = { ...row.redacted, [name]: row.redacted?.[name] ?? digestOf(toChained(row), name) };
  const at = `workspace_id = '${row.workspace_id}' AND id = '${row.id}'`;
  await service.dataSource.query(`CREATE TABLE kept AS SELECT * FROM audit_log WHERE ${at}`);
  await service.dataSource.query(`UPDATE audit_log SET ${part} = $1, redacted = $2 WHERE ${at}`, [
    value,
    redacted,
  ]);
  const found = await verify(row.workspace_id);
  await service.dataSource.query(
    `DELETE FROM audit_log WHERE ${at}; INSERT INTO audit_log SELECT * FROM kept; DROP TABLE kept`,
  );
  return found.join('\n');
}

describe('a record of the audit log', () => {
  it('says who, by which session, from where, and in which request', async () => {
    const { admin, id } = workspace;
    const { headers } = await admin.post('/api/tokens', { name: 'Told' }).expect(201);
    const { body } = await admin.get('/api/audit-log?action=token.issued').expect(200);
    expect(body.items[0]).toMatchObject({
      actor: { kind: 'admin', email: 'admin@example.com' },
      address: expect.stringMatching(/127\.0\.0\.1|::1/),
      requestId: (headers as Record<string, string>)['x-request-id'],
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      isRedacted: false,
    });
    expect(body.items[0]?.sequence).toBe((await head(id)).sequence);
  });

  it('has the next sequence without a gap, with thirty writers at once', async () => {
    const { admin, operator, id } = workspace;
    const { sequence } = await head(id);
    await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        at % 2 === 0
          ? admin.post('/api/members', { email: `at${at}@example.com` }).expect(201)
          : operator
              .post(`/operator/workspaces/${id}/admin-links`, { email: `a${at}@example.com` })
              .expect(201),
      ),
    );
    expect((await head(id)).sequence).toBe(sequence + 30);
    expect(await verify(id)).toEqual([]);
  });
});

describe('npm run audit:verify', () => {
  it('finds the record that was altered, removed or inserted, and says which', async () => {
    const { id } = workspace;
    const { sequence } = await head(id);
    const at = `workspace_id = '${id}' AND sequence = 3`;
    const copy = `CREATE TABLE kept AS SELECT * FROM audit_log WHERE ${at}`;
    await service.dataSource.query(copy);
    const back = `DELETE FROM audit_log WHERE ${at}; INSERT INTO audit_log SELECT * FROM kept`;
    for (const change of [
      "action = 'workspace.renamed'",
      'details = \'{"x":1}\'',
      "actor_kind = 'admin'",
      "address = '10.0.0.1'",
    ])
      expect(await tampered(id, `UPDATE audit_log SET ${change} WHERE ${at}`, back)).toContain(
        'altered: record 3 ',
      );
    expect(await tampered(id, `DELETE FROM audit_log WHERE ${at}`, back)).toContain(
      'removed: record 3 is missing',
    );
    const inserted = `INSERT INTO audit_log (workspace_id, id, at, actor_kind, action) VALUES ('${id}', '01890000-0000-7000-8000-00000000000a', now() + interval '9 years', 'operator', 'workspace.renamed')`;
    expect(
      await tampered(id, inserted, `DELETE FROM audit_log WHERE id = '01890000-0000-7000-8000-00000000000a'`),
    ).toContain('inserted: ');
    await service.dataSource.query(
      `CREATE TABLE last AS SELECT * FROM audit_log WHERE workspace_id = '${id}' AND sequence = ${sequence}`,
    );
    const cut = `DELETE FROM audit_log WHERE workspace_id = '${id}' AND sequence = ${sequence}`;
    expect(await tampered(id, cut, 'INSERT INTO audit_log SELECT * FROM last')).toContain(
      'are missing at the end',
    );
    await service.dataSource.query(
      `CREATE TABLE ends AS SELECT * FROM audit_head WHERE workspace_id = '${id}'`,
    );
    const headless = `DELETE FROM audit_head WHERE workspace_id = '${id}'`;
    expect(await tampered(id, headless, 'INSERT INTO audit_head SELECT * FROM ends')).toContain(
      'removed: the head of the chain is missing',
    );
    await service.dataSource.query('DROP TABLE kept, last, ends');
    expect(await verify(id)).toEqual([]);
  });

  it('finds a chain that was rewritten, by a head that was exported', async () => {
    const { id } = workspace;
    const exported = await head(id);
    const file = join(tmpdir(), `head-${id}.json`);
    await writeFile(file, JSON.stringify(exported));
    expect((await run(id, '--head', file)).said).toContain('Nothing is wrong.');
    await writeFile(file, JSON.stringify({ ...exported, hash: '00'.repeat(32) }));
    const { code, said } = await run(id, '--head', file);
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('another hash') });
  });

  it('finds a record that was redacted without an erasure, and one that was changed after its erasure', async () => {
    const { operator, scim, id, admin } = await givenWorkspace(service, { name: 'Redacted' });
    const erase = async (name: string) => {
      const email = `${name}@redacted.example`;
      const userId = await givenPerson(scim, email);
      await admin.post(`/api/sync-preview/${userId}/exclude`).expect(200);
      await operator.post(`/operator/workspaces/${id}/admin-links`, { email }).expect(201);
      const path = `/operator/workspaces/${id}/directory-users/${userId}/erase` as const;
      await operator.post(path, { reason: 'Asked' }).expect(200);
    };
    await erase('first.canary');
    await erase('second.canary');
    expect(await verify(id)).toEqual([]);
    const query = (text: string) => service.dataSource.query<ChainRow[]>(text);
    const rows = await query(
      `SELECT *, sequence::text AS sequence FROM audit_log WHERE workspace_id = '${id}' ORDER BY audit_log.sequence`,
    );
    const redacted = rows.find((row) => row.redacted !== null);
    const intact = rows.find((row) => row.redacted === null && row.action === 'workspace.entitled');
    const naming = rows.filter(({ action }) => action === 'records.redacted');
    expect(naming).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('canary');
    for (const [row, part, value, says] of [
      [intact, 'details', '{"made":"up"}', 'was redacted, and no erasure says so'],
      [intact, 'actor_key_name', 'somebody', 'was redacted, and no erasure says so'],
      [redacted, 'details', '{"made":"up"}', 'is not what an erasure has left of it'],
      [redacted, 'address', '10.0.0.1', 'is not what an erasure has left of it'],
      [naming[0], 'details', '{"records":[]}', 'was redacted, and no erasure says so'],
    ] as const)
      expect(await redactedFalsely(row, part, value)).toContain(`record ${row?.sequence} ${says}`);
    expect(await verify(id)).toEqual([]);
  });

  it('holds after a person was erased, and after old records went', async () => {
    const { operator, scim, id, admin } = workspace;
    const userId = await givenPerson(scim, 'erased.canary@example.com');
    await admin.post(`/api/sync-preview/${userId}/exclude`).expect(200);
    await operator
      .post(`/operator/workspaces/${id}/admin-links`, { email: 'erased.canary@example.com' })
      .expect(201);
    await operator
      .post(`/operator/workspaces/${id}/directory-users/${userId}/erase`, { reason: 'Asked' })
      .expect(200);
    const { said } = await run(id);
    expect(said).toMatch(/ok .* without an erased person/);
    await operator.patch(`/operator/workspaces/${id}/retention`, { auditDays: 90 }).expect(200);
    service.clock.advance({ days: 91 });
    await operator.patch(`/operator/workspaces/${id}`, { name: 'Renamed' }).expect(200);
    await service.provider<PruningService>('PruningService').prune();
    const { prunedSequence } = await head(id);
    expect(prunedSequence).toBeGreaterThan(30);
    const { body } = await operator.get(`/operator/workspaces/${id}/audit`).expect(200);
    expect(body.items.map(({ action }) => action)).toEqual(['workspace.renamed']);
    expect(await verify(id)).toEqual([]);
    const exported = { workspaceId: id, sequence: String(prunedSequence), hash: '00'.repeat(32) };
    expect(await verify(id, [exported])).toEqual([
      expect.stringContaining('no longer kept had another hash'),
    ]);
  });
});

describe('the audit feed', () => {
  it('goes on where it ended, in both forms, and misses nothing', async () => {
    const { operator } = workspace;
    const { body: begun } = await operator.get('/operator/audit?limit=1000').expect(200);
    const two = [
      await givenWorkspace(service, { name: 'Fed 1' }),
      await givenWorkspace(service, { name: 'Fed 2' }),
    ];
    await Promise.all(two.map(({ admin }) => admin.post('/api/tokens', { name: 'Fed' }).expect(201)));
    const seen: string[] = [];
    let after = begun.next;
    for (let more = true; more;) {
      const { body } = await operator
        .get(`/operator/audit?limit=3&after=${encodeURIComponent(after)}`)
        .expect(200);
      seen.push(...body.items.map(({ workspaceId, sequence }) => `${workspaceId} ${sequence}`));
      ({ next: after, more } = body);
    }
    for (const { id } of two) {
      const { body } = await operator.get(`/operator/workspaces/${id}/audit?limit=1000`).expect(200);
      expect(seen.filter((each) => each.startsWith(id))).toEqual(
        body.items.map(({ sequence }) => `${id} ${sequence}`),
      );
      const { body: rest } = await operator
        .get(`/operator/workspaces/${id}/audit?after=${encodeURIComponent(body.next)}`)
        .expect(200);
      expect(rest).toMatchObject({ items: [], more: false });
      await operator.get(`/operator/audit?after=${encodeURIComponent(body.next)}`).expect(400);
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('tells a reader who comes too late, and shows a key its own workspaces only', async () => {
    const { operator, id } = await givenWorkspace(service, { name: 'Late' });
    const { body: begun } = await operator.get('/operator/audit?limit=1').expect(200);
    const { body: first } = await operator.get(`/operator/workspaces/${id}/audit?limit=1`).expect(200);
    await operator.patch(`/operator/workspaces/${id}/retention`, { auditDays: 90 }).expect(200);
    service.clock.advance({ days: 91 });
    await operator.get('/operator/audit').expect(200);
    await service.provider<PruningService>('PruningService').prune();
    await operator
      .get(`/operator/workspaces/${id}/audit?after=${encodeURIComponent(first.next)}`)
      .expect(410);
    await operator.get(`/operator/audit?after=${encodeURIComponent(begun.next)}`).expect(410);
    await operator.get('/operator/audit').expect(200);
    const { secret } = await givenProductKey(service, {
      scopes: ['audit:read'],
      workspaceIds: [workspace.id],
    });
    const { body } = await productClient(service, secret).get('/operator/audit?limit=1000').expect(200);
    expect(new Set(body.items.map(({ workspaceId }) => workspaceId))).toEqual(new Set([workspace.id]));
  });
});

describe('refusals and reads', () => {
  const written = () => service.provider<AuditNotes>('AuditNotes').write();

  it('are recorded where they belong: sign-ins, revoked tokens, requests from other sites, keys without the scope', async () => {
    const { admin, operator, id, adminToken } = await givenWorkspace(service, { name: 'Refusing' });
    const { body: token } = await admin.post('/api/tokens', { name: 'Short' }).expect(201);
    await admin.delete(`/api/tokens/${token.id}`).expect(204);
    await service.http.get('/scim/v2/Users').set('Authorization', `Bearer ${token.secret}`).expect(401);
    await service.http.post('/api/session').send({ code: 'nothing' }).expect(401);
    await service.http
      .post('/api/tokens')
      .set('Cookie', `provisioning_session=${adminToken}`)
      .set('Origin', 'https://elsewhere.example')
      .send({ name: 'X' });
    await operator.get(`/operator/workspaces/${id}/members`).expect(200);
    await admin.get('/api/members/export').expect(200);
    await written();
    const { body } = await operator.get(`/operator/workspaces/${id}/audit?limit=1000`).expect(200);
    const of = (action: string) => body.items.filter((item) => item.action === action);
    expect(of('credentials.refused')).toMatchObject([
      { target: token.id, details: { door: 'scim', count: 1 } },
    ]);
    expect(of('csrf.refused')).toMatchObject([{ actor: { kind: 'admin' }, details: { count: 1 } }]);
    expect(of('personal-data.read')).toMatchObject([{ actor: { kind: 'operator' }, details: { count: 1 } }]);
    expect(of('members.exported')).toMatchObject([{ actor: { kind: 'admin' } }]);
    const { body: all } = await operator.get('/operator/audit?limit=1000').expect(200);
    const own = all.items.filter(({ workspaceId }) => workspaceId === installation);
    expect(own.map(({ action }) => action)).toContain('sign-in.failed');
  });

  it('are counted together: a thousand of the same are two records', async () => {
    const { operator } = workspace;
    const notes = service.provider<AuditNotes>('AuditNotes');
    const entry = {
      workspaceId: workspace.id,
      actor: { kind: 'system' as const },
      action: 'credentials.refused' as const,
    };
    const note = (sameAs: string) =>
      notes.note({ kind: 'refusal', entry: { ...entry, details: { sameAs } }, sameAs, countedMs: 60_000 });
    const before = await head(workspace.id);
    note('flood');
    await notes.write();
    for (let count = 0; count < 1_000; count += 1) note('flood');
    await notes.write();
    service.clock.advance({ minutes: 2 });
    await notes.write();
    expect((await head(workspace.id)).sequence).toBe(before.sequence + 2);
    const { body } = await operator.get(`/operator/workspaces/${workspace.id}/audit?limit=1000`).expect(200);
    expect(body.items.at(-1)?.details).toMatchObject({ count: 1_000 });
  });

  it('that somebody makes up do not fill the table', async () => {
    const notes = service.provider<AuditNotes>('AuditNotes');
    const entry = {
      workspaceId: workspace.id,
      actor: { kind: 'system' as const },
      action: 'credentials.refused' as const,
    };
    const count = async () =>
      (await service.dataSource.query<[{ count: number }]>('SELECT count(*)::int AS count FROM audit_log'))[0]
        .count;
    const before = await count();
    for (let at = 0; at < 5_000; at += 1)
      notes.note({
        kind: 'refusal',
        entry: { ...entry, details: {} },
        sameAs: `made up ${at}`,
        countedMs: 60_000,
      });
    await notes.write();
    expect((await count()) - before).toBeLessThan(210);
  });

  it('that somebody makes up hide no read of those who are let in', async () => {
    const notes = service.provider<AuditNotes>('AuditNotes');
    const { operator, id } = await givenWorkspace(service, { name: 'Overheard' });
    const entry = { workspaceId: id, actor: { kind: 'system' as const }, details: {} };
    const action = 'credentials.refused' as const;
    for (let at = 0; at < 1_000; at += 1)
      notes.note({
        kind: 'refusal',
        entry: { ...entry, action },
        sameAs: `hiding ${at}`,
        countedMs: 60_000,
      });
    await operator.get(`/operator/workspaces/${id}/members`).expect(200);
    await written();
    const { body } = await operator.get(`/operator/workspaces/${id}/audit?limit=1000`).expect(200);
    expect(body.items.filter((item) => item.action === 'personal-data.read')).toMatchObject([
      { details: { count: 1 } },
    ]);
  });

  it('which the database does not take hold up no other', async () => {
    const notes = service.provider<AuditNotes>('AuditNotes');
    const { operator, id } = await givenWorkspace(service, { name: 'Poisoned' });
    const entry = { workspaceId: id, actor: { kind: 'system' as const }, action: 'log.read' as const };
    notes.note({
      kind: 'read',
      entry: { ...entry, details: { route: '\u0000' } },
      sameAs: 'poison',
      countedMs: 1,
    });
    notes.note({
      kind: 'read',
      entry: { ...entry, details: { route: 'GET /' } },
      sameAs: 'good',
      countedMs: 1,
    });
    await written();
    const { body } = await operator.get(`/operator/workspaces/${id}/audit?limit=1000`).expect(200);
    expect(body.items.filter(({ action }) => action === 'log.read')).toMatchObject([
      { details: { route: 'GET /' } },
    ]);
  });

  it('leave a record of an erased workspace, without a person', async () => {
    const { operator, id } = await givenWorkspace(service, {
      name: 'Gone',
      adminEmail: 'canary@gone.example',
    });
    const { sequence } = await head(id);
    await operator.delete(`/operator/workspaces/${id}`).expect(204);
    const { body } = await operator.get('/operator/audit?limit=1000').expect(200);
    const record = body.items.find(({ action, target }) => action === 'workspace.erased' && target === id);
    expect(record).toMatchObject({ workspaceId: installation, actor: { kind: 'operator' } });
    expect(Number(record?.details['auditSequence'])).toBeGreaterThan(sequence);
    expect(JSON.stringify(body)).not.toContain('canary@gone');
    expect(await verify(installation)).toEqual([]);
  });
});

describe('a role that may only add', () => {
  it('lets the service record and erase, and refuses to change or delete a record', async () => {
    const query = (text: string) => service.dataSource.query(text);
    await query('CREATE ROLE recorder NOLOGIN');
    await query(`GRANT SELECT, INSERT ON audit_log TO recorder;
      GRANT UPDATE (actor_email, actor_key_name, target, details, address, request_id, redacted) ON audit_log TO recorder`);
    const as = (text: string) =>
      query(`BEGIN; SET LOCAL ROLE recorder; ${text}; COMMIT`).catch(async (error: unknown) => {
        await query('ROLLBACK');
        throw error;
      });
    const { id } = workspace;
    await as(`UPDATE audit_log SET target = target WHERE workspace_id = '${id}'`);
    await expect(as(`UPDATE audit_log SET action = 'x' WHERE workspace_id = '${id}'`)).rejects.toThrow(
      /denied/,
    );
    await expect(as(`UPDATE audit_log SET hash = salt WHERE workspace_id = '${id}'`)).rejects.toThrow(
      /denied/,
    );
    await expect(as(`DELETE FROM audit_log WHERE workspace_id = '${id}'`)).rejects.toThrow(/denied/);
    await query('DROP OWNED BY recorder; DROP ROLE recorder');
  });
});
