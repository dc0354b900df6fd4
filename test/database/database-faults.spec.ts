import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AuditService } from '../../src/audit/audit.service.ts';
import { urlOfDatabase } from '../harness/database-url.ts';
import { eventually } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenUser } from '../scim/directory.ts';
import { en } from '../../web/src/locales/en.ts';

const service = useService();
const workspace = useSharedWorkspace(service);

beforeAll(async () => {
  await service.dataSource.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused by the test' USING ERRCODE = TG_ARGV[0]; END $$`);
});

/** From now on every write of a table fails with this SQLSTATE. */
async function refuseWrites(table: string, state: string): Promise<void> {
  await service.dataSource.query(
    `CREATE OR REPLACE TRIGGER refuse BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse('${state}')`,
  );
}

async function setOfDatabase(setting: string): Promise<void> {
  const { databaseUrl } = service;
  const name = new URL(databaseUrl).pathname.slice(1);
  const { runSql } = await loadService();
  await runSql(urlOfDatabase(databaseUrl, 'postgres'), `ALTER DATABASE ${name} ${setting}`);
}

/** As after a failover: every session is a new one. */
async function endSessions(): Promise<void> {
  const { databaseUrl } = service;
  const name = new URL(databaseUrl).pathname.slice(1);
  const { runSql } = await loadService();
  await runSql(
    urlOfDatabase(databaseUrl, 'postgres'),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
}

const states = [
  ['25006', 'database-read-only'],
  ['53100', 'database-full'],
  ['53200', 'database-full'],
  ['53400', 'database-full'],
  ['58030', 'database-full'],
  ['53300', 'database-crowded'],
  ['57014', 'database-slow'],
  ['55P03', 'database-slow'],
  ['40001', 'database-contended'],
  ['40P01', 'database-contended'],
  ['26000', 'database-pooler'],
  ['57P03', 'database-away'],
  ['08006', 'database-away'],
] as const;

describe('a condition of the database that passes', () => {
  afterEach(async () => {
    await service.dataSource.query(`DROP TRIGGER IF EXISTS refuse ON directory_user`);
    await service.dataSource.query(`DROP TRIGGER IF EXISTS refuse ON workspace`);
  });

  it.each(states)(
    'is told to an identity provider as 503 with Retry-After: %s is %s',
    async (state, code) => {
      await refuseWrites('directory_user', state);
      const user = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `${state}@example.com`,
      };
      const answer = await workspace.scim.post('/Users', user);
      expect([answer.status, answer.type, answer.headers['retry-after']]).toEqual([
        503,
        'application/scim+json',
        '5',
      ]);
      expect(answer.body).toMatchObject({ status: '503', detail: expect.stringMatching(/again/) as unknown });
      // What was taken back has been tried again, until it was too often.
      const words =
        code === 'database-contended' ? 'many requests at once' : en[`fault.${code}`].slice(0, -1);
      expect(answer.text).toContain(words);
      await service.dataSource.query('DROP TRIGGER refuse ON directory_user');
      await workspace.scim.post('/Users', user).expect(201);
    },
  );

  it.each(states)('is told to an admin as a problem with its code: %s is %s', async (state, code) => {
    await refuseWrites('workspace', state);
    const answer = await workspace.admin
      .patch('/api/user-provisioning/settings', { dailySyncAt: `0${state.length}:${state.charCodeAt(1)}` })
      .set('Accept-Language', 'de');
    expect([answer.status, answer.type, answer.headers['retry-after']]).toEqual([
      503,
      'application/problem+json',
      '5',
    ]);
    expect(answer.body).toMatchObject({
      type: 'urn:user-provisioning:problem:unavailable',
      detail: expect.stringMatching(/Datenbank|Andere/) as unknown,
      errors: [{ path: '', code }],
    });
  });

  it('fails no other operation of a bulk request', async () => {
    await refuseWrites('directory_user', '53100');
    const { body } = await workspace.scim
      .post('/Bulk', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [
          { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'bulk@example.com' } },
          { method: 'POST', path: '/Groups', bulkId: 'b', data: { displayName: 'Bulk' } },
        ],
      })
      .expect(200);
    expect(body.Operations.map(({ status }) => status)).toEqual(['503', '201']);
  });
});

describe('a connection that breaks between two statements of a transaction', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each(['before another statement', 'before the commit'])(
    'is told as 503 with Retry-After, and nothing of it is done: %s',
    async (when) => {
      const audit = service.provider<AuditService>('AuditService');
      const record = audit.record.bind(audit);
      jest.spyOn(audit, 'record').mockImplementationOnce(async (manager, entry) => {
        if (when === 'before the commit') await record(manager, entry);
        await endSessions();
        await eventually(() => Promise.resolve(manager.queryRunner?.isReleased === true ? true : null));
        if (when === 'before another statement') await record(manager, entry);
      });
      const refused = await workspace.admin.post('/api/tokens', { name: when }).expect(503);
      expect(refused.headers['retry-after']).toBe('5');
      expect(refused.body.errors).toMatchObject([{ code: 'database-away' }]);
      const { body } = await workspace.admin.get('/api/tokens').expect(200);
      expect(body.items.map(({ name }) => name)).not.toContain(when);
    },
  );
});

describe('a database that became read-only', () => {
  afterEach(async () => {
    await setOfDatabase('RESET default_transaction_read_only');
    await endSessions();
  });

  it('makes the service not ready, and is worked with again at once when it can be written', async () => {
    const { id } = await givenUser(workspace.scim);
    await service.http.get('/health/ready').expect(200);
    await setOfDatabase('SET default_transaction_read_only = on');
    await endSessions();
    const write = () => workspace.scim.put(`/Users/${id}`, { userName: `${Math.random()}@example.com` });
    const ready = () => service.http.get('/health/ready');
    await eventually(async () => (/read-only/.test((await ready()).text) ? true : null));
    const refused = await eventually(async () => {
      const answer = await write();
      return answer.status === 503 && /accepts no changes/.test(answer.text) ? answer : null;
    });
    expect(refused.headers['retry-after']).toBe('5');
    await workspace.scim.get(`/Users/${id}`).expect(200);
    await setOfDatabase('RESET default_transaction_read_only');
    // Nobody ends sessions now: those that answered so are not used again.
    await eventually(async () => ((await ready()).status === 200 ? true : null));
    for (let times = 0; times < 20; times += 1) await write();
    await write().expect(200);
  });
});

describe('a database without room to write', () => {
  afterEach(async () => {
    await setOfDatabase('RESET temp_file_limit');
    await endSessions();
  });

  it('makes the service not ready', async () => {
    await setOfDatabase('SET temp_file_limit = 0');
    await endSessions();
    const answer = await eventually(async () => {
      const ready = await service.http.get('/health/ready');
      return ready.status === 503 && /run out of space/.test(ready.text) ? ready : null;
    });
    expect(answer.headers['retry-after']).toBe('5');
    await service.http.get('/health/live').expect(200);
  });
});
