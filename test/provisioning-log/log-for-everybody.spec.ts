import { beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import type { LogRetentionService } from '../../src/provisioning-log/log-retention.service.ts';
import type { LogWriter } from '../../src/provisioning-log/log-writer.ts';
import type { Schema } from '../harness/answers.ts';
import { givenPerson, personBody } from '../harness/directory-person.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
let writer: LogWriter;
/** Who sends what the log might stumble over. */
const hostile = useWorkspace(service);
/** Whose requests must be in the log all the same. */
const other = useWorkspace(service);

beforeAll(() => {
  writer = service.provider<LogWriter>('LogWriter');
});

type Entry = Schema<'ProvisioningLogEntryResponse'>;

async function logOf(workspace: TestWorkspace): Promise<Entry[]> {
  const { body } = await workspace.admin.get('/api/provisioning-log?limit=200').expect(200);
  return body.items;
}

async function lastContactOf(workspace: TestWorkspace): Promise<unknown> {
  const { body } = await workspace.admin.get('/api/user-provisioning').expect(200);
  return body.lastContact;
}

/** Sends a path or header as it is: clients that tidy them up first would not do. */
function sendRaw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<number> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, path, method, headers: { authorization: `Bearer ${hostile.token}`, ...headers } },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.once('error', reject).end(body);
  });
}

const json = { 'content-type': 'application/scim+json' };
/** Not compressible: an index row of repeated characters would fit. */
const noise = Array.from({ length: 12_000 }, (_, at) =>
  ((at * 7919 + (at >> 3) * 31) % 36).toString(36),
).join('');

async function expectLoggedForOthers(): Promise<void> {
  const id = await givenPerson(other.scim, 'grace@example.com');
  await writer.flush();
  expect(await logOf(other)).toMatchObject([{ method: 'POST', status: 201, resourceId: id }]);
  expect(await lastContactOf(other)).toMatchObject({ status: 201 });
}

it('tells of no contact from before the activation: its tokens have ended', async () => {
  const { admin, scim } = await givenWorkspace(service);
  await scim.get('/Users').expect(200);
  await writer.flush();
  const lastContact = async () => (await admin.get('/api/user-provisioning').expect(200)).body.lastContact;
  expect(await lastContact()).toMatchObject({ status: 200 });
  service.clock.advance({ seconds: 1 });
  await admin.post('/api/user-provisioning/deactivate').expect(200);
  service.clock.advance({ seconds: 1 });
  await admin.post('/api/user-provisioning/activate').expect(201);
  expect(await lastContact()).toBeNull();
});

describe('the log goes on for everybody when somebody sends', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a path with a long id', () => sendRaw(`/scim/v2/Users/${noise.slice(0, 6_000)}`)],
    [
      'a group path of 2,800 characters',
      () => sendRaw(`/scim/v2/Groups/${noise.slice(0, 2_800)}`, {}, 'DELETE'),
    ],
    [
      'a filter of 8,000 characters',
      () => sendRaw(`/scim/v2/Users?filter=userName+eq+"${noise.slice(0, 8_000)}"`),
    ],
    ['a user agent of 12,000 characters', () => sendRaw('/scim/v2/Users', { 'user-agent': noise })],
    ['a NUL and a lone surrogate in a path', () => sendRaw('/scim/v2/Users/%00?filter=%00%ED%A0%80')],
    ['bytes that are no text in a header', () => sendRaw('/scim/v2/Users', { 'user-agent': '\u0080\u00ff' })],
    [
      'a NUL, a lone surrogate and a number beyond any in a body',
      () =>
        sendRaw(
          '/scim/v2/Users',
          json,
          'POST',
          '{"userName":"\\u0000\\ud800","x":1e400000,"\\u0000":"\\udc00"}',
        ),
    ],
    [
      'a body that nests deeply',
      () => sendRaw('/scim/v2/Users', json, 'POST', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
    ],
    [
      'a bulk of 1,000 operations on ids that are none',
      () =>
        hostile.scim.post('/Bulk', {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
          Operations: Array.from({ length: 1_000 }, (_, at) => ({
            method: 'DELETE',
            path: `/Users/${noise.slice(at, at + 200)}`,
          })),
        }),
    ],
    [
      'a search of a long text',
      () => hostile.scim.post('/Users/.search', { filter: `title co "${noise.slice(0, 8_000)}"` }),
    ],
  ])('%s', async (_, send) => {
    await send();
    const [entry] = await logOf(hostile);
    expect(entry).toBeDefined();
    expect(JSON.stringify(entry).length).toBeLessThan(3_000);
    await expectLoggedForOthers();
    expect(writer.backlog()).toMatchObject({ waiting: 0, putAside: 0 });
  });
});

describe('what is kept of a request', () => {
  it('names a resource by an id alone, and says where a path or a user agent was cut', async () => {
    await sendRaw(`/scim/v2/Users/${noise.slice(0, 3_000)}`, { 'user-agent': noise });
    const [entry] = await logOf(hostile);
    expect(entry).toMatchObject({ resourceId: null, status: 404 });
    expect(entry?.path).toMatch(/^\/Users\/.{300,}…$/);
    expect(entry?.userAgent).toMatch(/^.{300,}…$/);
  });
});

describe('an entry that the database refuses', () => {
  async function refuse(table: string, when: string): Promise<() => Promise<void>> {
    await service.dataSource.query(`
      CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF ${when} THEN RAISE EXCEPTION 'refused: %', NEW; END IF; RETURN NEW; END $$`);
    await service.dataSource.query(
      `CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    return async () => {
      await service.dataSource.query(`DROP TRIGGER refuse ON ${table}`);
    };
  }

  it('is written with its bare facts, and all others whole, bodies too', async () => {
    const allow = await refuse('provisioning_log', `NEW.path LIKE '%poison%'`);
    try {
      for (const at of [1, 2, 3]) await givenPerson(other.scim, `grace${at}@example.com`);
      await sendRaw('/scim/v2/Users/poison');
      await givenPerson(other.scim, 'grace4@example.com');
      const entries = await logOf(other);
      expect(entries).toHaveLength(4);
      for (const { id } of entries) {
        const { body } = await other.admin.get(`/api/provisioning-log/${id}`).expect(200);
        expect(body).toMatchObject({ request: { userName: expect.stringContaining('grace') as unknown } });
      }
      expect(await logOf(hostile)).toMatchObject([{ method: 'GET', status: 404, path: '…' }]);
    } finally {
      await allow();
    }
  });

  it('is put aside and counted when not even those are taken, and nobody else loses anything', async () => {
    const before = writer.backlog().putAside;
    const allow = await refuse('provisioning_log', `NEW.workspace_id = '${hostile.id}'`);
    try {
      await hostile.scim.get('/Users').expect(200);
      await hostile.scim.get('/Groups').expect(200);
      await expectLoggedForOthers();
      expect(writer.backlog()).toMatchObject({ waiting: 0, putAside: before + 2 });
      const { body } = await service.http.get('/health/ready').expect(200);
      expect(body).toMatchObject({ status: 'ok', details: { provisioningLog: { putAside: before + 2 } } });
      expect(await lastContactOf(hostile)).toMatchObject({ status: 200 });
    } finally {
      await allow();
    }
  });

  it('does not keep the last contact from being written, nor does a last contact keep the log or those of others', async () => {
    const allow = await refuse('workspace', `NEW.id = '${hostile.id}' AND NEW.last_contact_at IS NOT NULL`);
    try {
      await hostile.scim.get('/Users').expect(200);
      await expectLoggedForOthers();
      expect(await logOf(hostile)).toHaveLength(1);
    } finally {
      await allow();
    }
  });

  it('is not waited for by the others when somebody holds its workspace', async () => {
    const runner = service.dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.startTransaction();
      await runner.query('SELECT 1 FROM workspace WHERE id = $1 FOR UPDATE', [hostile.id]);
      await hostile.scim.get('/Users').expect(200);
      await expectLoggedForOthers();
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    await writer.flush();
    expect(await lastContactOf(hostile)).toMatchObject({ status: 200 });
  });

  it('to delete does not keep what is old of the others', async () => {
    await hostile.scim.get('/Users').expect(200);
    await other.scim.get('/Users').expect(200);
    await writer.flush();
    await service.dataSource.query(`
      CREATE OR REPLACE FUNCTION refuse_to_delete() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF OLD.workspace_id = '${hostile.id}' THEN RAISE EXCEPTION 'refused'; END IF; RETURN OLD; END $$`);
    await service.dataSource.query(
      `CREATE TRIGGER refuse BEFORE DELETE ON provisioning_log FOR EACH ROW EXECUTE FUNCTION refuse_to_delete()`,
    );
    try {
      service.clock.advance({ days: 31 });
      await service.provider<LogRetentionService>('LogRetentionService').prune();
      const rows = await service.dataSource.query<{ workspace_id: string }[]>(
        'SELECT DISTINCT workspace_id FROM provisioning_log',
      );
      expect(rows).toEqual([{ workspace_id: hostile.id }]);
    } finally {
      await service.dataSource.query('DROP TRIGGER refuse ON provisioning_log');
    }
  });
});

describe('while the log cannot be written', () => {
  it('entries wait with their bodies, health tells how many, and all is there afterwards', async () => {
    await service.dataSource.query('ALTER TABLE provisioning_log RENAME TO provisioning_log_away');
    try {
      await hostile.scim.post('/Users', personBody('ada@example.com')).expect(201);
      await hostile.scim.get('/Users').expect(200);
      await writer.flush();
      service.clock.advance({ seconds: 40 });
      const { body } = await service.http.get('/health/ready').expect(200);
      expect(body).toMatchObject({
        details: { provisioningLog: { waiting: 2, oldestWaitsSeconds: expect.any(Number) as unknown } },
      });
      expect(writer.backlog().oldestWaitsSeconds).toBeGreaterThanOrEqual(40);
    } finally {
      await service.dataSource.query('ALTER TABLE provisioning_log_away RENAME TO provisioning_log');
    }
    const [read, created] = await logOf(hostile);
    expect(read).toMatchObject({ method: 'GET' });
    const { body } = await hostile.admin.get(`/api/provisioning-log/${created!.id}`).expect(200);
    expect(body).toMatchObject({ request: personBody('ada@example.com') });
    expect(writer.backlog()).toMatchObject({ waiting: 0, oldestWaitsSeconds: 0 });
  });
});
