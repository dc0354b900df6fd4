import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { enterpriseUrn, givenGroup, givenUser, patchOf, userBody, type Resource } from './directory.ts';

/** What timers send, for many requests at once or for none: the log, looking for work; once a second the token check. */
const sentByTimer = new RegExp(
  [
    'INTO provisioning_log|last_contact_at|WITH RECURSIVE waiting AS|sync_run|WITH late AS|FROM api_token_secret',
    'publication|published_event|event_head WHERE|webhook|notification|next_sync_at|suspended_until',
  ].join('|'),
);

const service = useService();
const { scim } = useSharedWorkspace(service);
let user: Resource;
let sent: string[] = [];

let clientPrototype: { query: (...all: unknown[]) => unknown };
let query: (...all: unknown[]) => unknown;

beforeAll(async () => {
  clientPrototype = (await loadService()).pg.Client.prototype;
  query = clientPrototype.query;
  user = await givenUser(scim, { externalId: 'counted' });
  // The quota counts once, and then by what is written.
  await givenGroup(scim, { displayName: 'First' });
  clientPrototype.query = function (this: unknown, ...all: unknown[]) {
    const [statement] = all;
    sent.push(typeof statement === 'string' ? statement : (statement as { text: string }).text);
    return query.apply(this, all);
  };
});

afterAll(() => {
  clientPrototype.query = query;
});

/** What PostgreSQL is sent on behalf of a request, BEGIN and COMMIT included, once the token check is warm. */
async function statementsOf(request: () => PromiseLike<{ status: number }>, status: number) {
  sent = [];
  expect((await request()).status).toBe(status);
  return sent.filter((statement) => !sentByTimer.test(statement));
}

describe('warm, PostgreSQL is sent', () => {
  it.each([
    'userName eq "nobody@example.com"',
    'externalId eq "counted"',
    'emails[type eq "work"].value eq "x"',
  ])('one statement for a lookup by %s', async (filter) => {
    const path = `/Users?filter=${encodeURIComponent(filter)}`;
    expect(await statementsOf(() => scim.get(path), 200)).toHaveLength(1);
  });

  it('one for a get, found or not', async () => {
    expect(await statementsOf(() => scim.get(`/Users/${user.id}`), 200)).toHaveLength(1);
    const absent = '/Users/0190c8a0-0000-7000-8000-000000000001';
    expect(await statementsOf(() => scim.get(absent), 404)).toHaveLength(1);
  });

  it('one for a new user or group, two for a group that comes with members', async () => {
    const body = userBody({ externalId: 'new', [enterpriseUrn]: { manager: { value: 'counted' } } });
    expect(await statementsOf(() => scim.post('/Users', body), 201)).toHaveLength(1);
    const empty = { displayName: 'Empty' };
    expect(await statementsOf(() => scim.post('/Groups', empty), 201)).toHaveLength(1);
    const group = { displayName: 'Counted', members: [{ value: user.id }] };
    expect(await statementsOf(() => scim.post('/Groups', group), 201)).toHaveLength(2);
  });

  it('one for a PATCH of a user who has just been looked up, two for another', async () => {
    const change = patchOf(
      { op: 'replace', path: 'title', value: 'Counted' },
      { op: 'replace', path: 'externalId', value: 'counted again' },
    );
    await scim.get(`/Users/${user.id}`);
    expect(await statementsOf(() => scim.patch(`/Users/${user.id}`, change), 200)).toHaveLength(1);
    await service.dataSource.query('UPDATE directory_user SET version = version + 1 WHERE id = $1', [
      user.id,
    ]);
    const again = patchOf({ op: 'replace', path: 'title', value: 'Counted again' });
    // The write that finds another version, and then a read and a write.
    expect(await statementsOf(() => scim.patch(`/Users/${user.id}`, again), 200)).toHaveLength(3);
  });

  it('one for one member more or less', async () => {
    const { id } = await givenGroup(scim, { displayName: 'Patched' });
    const path = `/Groups/${id}`;
    const join = patchOf({ op: 'add', path: 'members', value: [{ value: user.id }] });
    expect(await statementsOf(() => scim.patch(path, join), 204)).toHaveLength(1);
    const leave = patchOf({ op: 'remove', path: `members[value eq "${user.id}"]` });
    expect(await statementsOf(() => scim.patch(path, leave), 204)).toHaveLength(1);
  });
});
