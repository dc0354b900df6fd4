import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenUser, type ListBody, type Resource } from '../scim/directory.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

/** Each is asked for twice at once, which is more than the pool has room for. */
const people = 60;

const service = useService();
const { scim } = useSharedWorkspace(service);
let users: Resource[];

beforeAll(async () => {
  users = await Promise.all(Array.from({ length: people }, () => givenUser(scim)));
});

/** Asks for everybody at once, by id and by name. */
async function readAll() {
  return Promise.all(
    users.flatMap(({ id, userName }) => [
      scim.get(`/Users/${id}`),
      scim.get(`/Users?filter=${encodeURIComponent(`userName eq "${String(userName)}"`)}`),
    ]),
  );
}

async function expectEachTheirOwn(): Promise<void> {
  const answers = await readAll();
  const ids = answers.map(({ body }, at) =>
    at % 2 === 0 ? (body as Resource).id : (body as ListBody).Resources[0]?.id,
  );
  expect(ids).toEqual(users.flatMap(({ id }) => [id, id]));
}

describe('reads that share a connection', () => {
  it('each get their own answer, however many are under way', async () => {
    await expectEachTheirOwn();
  });

  it('do not suffer from one that fails', async () => {
    const [answers] = await Promise.all([
      readAll(),
      scim.get(`/Users/${'x'.repeat(36)}`).expect(404),
      scim.get(`/Users?filter=${encodeURIComponent('id eq "no uuid"')}`).expect(200),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('are answered all the same when the connection breaks', async () => {
    for (let times = 0; times < 3; times += 1) {
      // There is a connection to break.
      await expectEachTheirOwn();
      const [, broken] = await Promise.all([
        expectEachTheirOwn(),
        service.dataSource.query<unknown[]>(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name LIKE '%quick reads'`,
        ),
      ]);
      expect(broken).toHaveLength(1);
    }
    await expectEachTheirOwn();
  });
});
