import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase } from '../harness/database.ts';
import { type PgBouncer, pgBouncerVersion, startPgBouncer } from '../harness/pgbouncer.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, spawnService, startServiceProcess } from '../harness/process.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const operatorToken = 'operator-token-of-the-tests';
const version = pgBouncerVersion();
if (version === null)
  process.stderr.write('NOT TESTED: PgBouncer, since it is not installed on this machine\n');
const withPgBouncer = version === null ? describe.skip : describe;
/** From 1.21 on it takes prepared statements along. */
const isNew = version !== null && (version[0] > 1 || version[1] >= 21);

withPgBouncer('behind PgBouncer in transaction mode', () => {
  let pooler: PgBouncer;
  let service: ServiceProcess | null = null;

  beforeAll(async () => {
    pooler = await startPgBouncer((await cloneDatabase()).url);
  });

  afterAll(async () => {
    await service?.stop();
    await pooler?.stop();
  });

  it('an old one with PREPARED_STATEMENTS=on ends the start with one line, and a new one works with it', async () => {
    const started = await spawnService({ DATABASE_URL: pooler.url, OPERATOR_TOKEN: operatorToken });
    if (isNew) {
      await started.ready();
      await started.stop();
      return;
    }
    expect(await started.ended()).toEqual({ code: 78, signal: null });
    expect(started.output()).toBe(
      'user-provisioning: PREPARED_STATEMENTS must be off: a pooler stands before the database that does not know prepared statements\n',
    );
  });

  it('people come in, are synchronized and read, many at once', async () => {
    service = await startServiceProcess({
      DATABASE_URL: pooler.url,
      OPERATOR_TOKEN: operatorToken,
      PREPARED_STATEMENTS: isNew ? 'on' : 'off',
    });
    const workspace = await givenWorkspace({ http: plainHttp(service.url), config: { operatorToken } });
    const people = Array.from({ length: 30 }, (_, at) =>
      givenPerson(workspace.scim, `person-${at}@example.com`),
    );
    const ids = await Promise.all(people);
    expect(await synchronize(workspace.admin)).toMatchObject({ state: 'succeeded', counts: { create: 30 } });
    await Promise.all(ids.map((id) => workspace.scim.get(`/Users/${id}`).expect(200)));
    const { body } = await workspace.admin.get('/api/members?limit=100').expect(200);
    expect(body.items).toHaveLength(30);
  });
});
