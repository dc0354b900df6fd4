import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { grantServiceRole } from '../../src/database/grant-service-role.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { cloneDatabase } from '../harness/database.ts';
import { pg } from '../harness/one-query-at-a-time.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { synchronize } from '../harness/synchronize.ts';
import { otherDatabase, run } from '../harness/two-places.ts';
import { givenWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

const operatorToken = 'operator-token-of-the-tests';
const role = `service_${randomBytes(6).toString('hex')}`;

describe('a role that owns nothing', () => {
  let owner: pg.Client;
  let ownerUrl: string;
  let url: URL;
  let service: ServiceProcess;

  beforeAll(async () => {
    const database = await cloneDatabase();
    ownerUrl = database.url;
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'of-the-tests'`);
    // What guards every test looks at the events of others.
    await owner.query(`GRANT USAGE ON SCHEMA guard TO ${role}`);
    await grantServiceRole(database.url, role);
    url = new URL(database.url);
    url.username = role;
    url.password = 'of-the-tests';
    service = await startServiceProcess({
      DATABASE_URL: url.href,
      OPERATOR_TOKEN: operatorToken,
      MIGRATE_AT_START: 'off',
      // Each process gets by with it.
      WORKERS: '2',
    });
  });

  afterAll(async () => {
    await service.stop();
    await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await owner.end();
  });

  it('is enough for the service: people come in, are synchronized, read and erased with their workspace', async () => {
    const workspace = await givenWorkspace({ http: plainHttp(service.url), config: { operatorToken } });
    const id = await givenPerson(workspace.scim, 'ada@example.com');
    expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded', counts: { create: 1 } });
    await workspace.scim.get(`/Users/${id}`).expect(200);
    await workspace.operator.delete(`/operator/workspaces/${workspace.id}`);
    await workspace.operator.get(`/operator/workspaces/${workspace.id}`).expect(404);
  });

  it('writes while the owner moves a workspace to another database, and no more once it has gone', async () => {
    const workspace = await givenWorkspace({ http: plainHttp(service.url), config: { operatorToken } });
    const to = await otherDatabase();
    const statuses = new Set<number>();
    let isOver = false;
    const writing = (async () => {
      for (let at = 0; !isOver; at += 1)
        statuses.add((await workspace.scim.post('/Users', { userName: `during-${at}@example.com` })).status);
    })();
    const args = ['--from', ownerUrl, '--to', to, '--workspace', workspace.id, '--yes'];
    const { code, text } = await run('workspace-move.ts', args);
    isOver = true;
    await writing;
    expect([code, text]).toEqual([0, expect.stringContaining('are the same in both databases')]);
    expect([...statuses].sort()).toEqual([201, 421, 503]);
    await workspace.scim.post('/Users', { userName: 'after@example.com' }).expect(421);
  });

  it('can change no schema, empty no table and claim no migration', async () => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      for (const text of [
        'DROP TABLE member',
        'ALTER TABLE member ADD COLUMN x text',
        'TRUNCATE audit_log',
        'CREATE TABLE x (id int)',
        'ALTER TABLE member DISABLE TRIGGER ALL',
        `INSERT INTO migrations ("timestamp", name) VALUES (1, 'x')`,
      ])
        await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('changes no record of the audit log, and deletes none once its owner says so, also after a migration', async () => {
    const { id, scim, operator } = await givenWorkspace({
      http: plainHttp(service.url),
      config: { operatorToken },
    });
    const user = await givenPerson(scim, 'leaver@example.com');
    await operator
      .post(`/operator/workspaces/${id}/directory-users/${user}/erase`, { reason: 'Asked for' })
      .expect(200);
    await owner.query(`REVOKE DELETE ON audit_log FROM ${role}`);
    await grantServiceRole(ownerUrl, role);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      for (const text of [
        `UPDATE audit_log SET action = 'x'`,
        'UPDATE audit_log SET hash = salt',
        'DELETE FROM audit_log',
      ])
        await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
      await client.query('UPDATE audit_log SET target = target');
    } finally {
      await client.end();
    }
  });

  it('is another one than the owner, who could not migrate any more', async () => {
    const ownerRole = `owner_${role}`;
    const { url: other } = await cloneDatabase();
    const superuser = new pg.Client({ connectionString: other });
    await superuser.connect();
    await superuser.query(`CREATE ROLE ${ownerRole} LOGIN PASSWORD 'of-the-tests'`);
    const ofOwner = new URL(other);
    ofOwner.username = ownerRole;
    ofOwner.password = 'of-the-tests';
    try {
      await expect(grantServiceRole(ofOwner.href, ownerRole)).rejects.toThrow('must be another role');
    } finally {
      await superuser.query(`DROP OWNED BY ${ownerRole}; DROP ROLE ${ownerRole}`);
      await superuser.end();
    }
  });

  it('must exist before it is given anything', async () => {
    const { url: other } = await cloneDatabase();
    await expect(grantServiceRole(other, 'nobody_at_all')).rejects.toThrow('there is no nobody_at_all');
  });
});
