import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/database/compiled-statement.ts';
import { checkKeys, findAccess } from '../../src/host-product/access/access-statements.ts';
import { findMembers } from '../../src/host-product/members/find-members.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { startAutomaticSync } from '../harness/workspace.ts';

type Check = Schema<'AccessCheckResponse'>;

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const member = (reference: string) => `/operator/workspaces/${workspace.id}/members/${reference}` as const;
const put = (id: string, body: object) => operator.put(member(`ext:${id}`), body);

async function check(who: object, language = 'en'): Promise<Check> {
  const { body } = await operator
    .post('/operator/access-checks', { workspace: workspace.id, ...who })
    .set('Accept-Language', language)
    .expect(200);
  return body as Check;
}

const said = ({ decision, reason }: Check) => [decision, reason.code, reason.params.waitsFor ?? null];

describe('an access check', () => {
  it('allows who is a member, by each of the ids and the address', async () => {
    await givenPerson(scim, 'ann@example.com', { externalId: 'idp-1' });
    await synchronize(admin);
    const { body: ann } = await put('u-1', { email: 'ann@example.com' }).expect(200);
    const expected = { id: ann.id, externalId: 'u-1', version: 2, status: 'active', access: 'granted' };
    const [head] = await service.dataSource.query<{ newest: number }[]>(
      'SELECT sequence::int AS newest FROM event_head WHERE workspace_id = $1',
      [workspace.id],
    );
    const newest = head?.newest;
    const keys = [
      { email: 'ANN@example.com' },
      { memberId: ann.id },
      { externalId: 'u-1' },
      { idpExternalId: 'idp-1' },
    ];
    for (const key of keys) {
      const answer = await check(key);
      expect(said(answer)).toEqual(['allow', 'granted', null]);
      expect(answer.member).toEqual(expected);
      expect(answer.sequence).toBe(newest);
    }
  });

  it('denies who left, was deactivated, was removed, or is held, and says since when', async () => {
    await startAutomaticSync(admin);
    const person = await givenPerson(scim, 'ann@example.com', { externalId: 'idp-1' });
    await synchronize(admin);
    await changePerson(scim, person, { active: false });
    const left = await eventually(async () => {
      const answer = await check({ idpExternalId: 'idp-1' });
      return answer.decision === 'deny' ? answer : null;
    });
    expect(said(left)).toEqual(['deny', 'left', null]);
    expect(left.reason.params.since).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    await put('u-2', { email: 'bob@example.com', status: 'deactivated' }).expect(201);
    expect(said(await check({ externalId: 'u-2' }))).toEqual(['deny', 'deactivated', null]);
    await operator.delete(member('ext:u-2')).expect(204);
    expect(said(await check({ externalId: 'u-2' }))).toEqual(['deny', 'removed', null]);
    await put('u-3', { email: 'cara@example.com' }).expect(201);
    await service.dataSource.query(
      `UPDATE member SET suspended_at = now() WHERE workspace_id = $1 AND vendor_id = 'u-3'`,
      [workspace.id],
    );
    const held = await check({ email: 'cara@example.com' }, 'de');
    expect(said(held)).toEqual(['deny', 'suspended', null]);
    expect(held.reason.text).toContain('Zugang ausgesetzt');
  });

  it('does not know who is nobody, and says what a person that no run has seen waits for', async () => {
    expect(said(await check({ email: 'nobody@example.com' }))).toEqual(['unknown', 'nobody', null]);
    await givenPerson(scim, 'ann@example.com', { externalId: 'idp-1' });
    const waits = await check({ email: 'ann@example.com' });
    expect(said(waits)).toEqual(['unknown', 'never-synchronized', 'run']);
    expect(waits.member).toBeNull();
    await givenPerson(scim, 'login-name', { emails: [{ value: 'Bob@Example.com' }], externalId: 'idp-2' });
    expect(said(await check({ email: 'bob@example.com' }))).toEqual(['unknown', 'never-synchronized', 'run']);
    await givenPerson(scim, 'inactive@example.com', { active: false });
    expect(said(await check({ email: 'inactive@example.com' }))).toEqual([
      'unknown',
      'never-synchronized',
      'activation',
    ]);
    const excluded = await givenPerson(scim, 'cara@example.com');
    await admin.post(`/api/sync-preview/${excluded}/exclude`).expect(200);
    expect(said(await check({ email: 'cara@example.com' }))).toEqual([
      'unknown',
      'never-synchronized',
      'exclusion',
    ]);
    await admin.post('/api/user-provisioning/deactivate').expect(200);
    expect(said(await check({ idpExternalId: 'idp-1' }))).toEqual([
      'unknown',
      'never-synchronized',
      'provisioning',
    ]);
  });

  it('prefers the member who has the address to a member whose person in the directory has it, too', async () => {
    await givenPerson(scim, 'ann@example.com', {
      emails: [{ value: 'ann@example.com', primary: true }, { value: 'shared@example.com' }],
    });
    await synchronize(admin);
    expect((await check({ email: 'shared@example.com' })).decision).toBe('allow');
    await put('u-2', { email: 'shared@example.com', status: 'deactivated' }).expect(201);
    const answer = await check({ email: 'shared@example.com' });
    expect(answer.member?.externalId).toBe('u-2');
    expect(answer.decision).toBe('deny');
  });

  it('comes in hundreds, each answered in its place; a workspace that is none knows nobody', async () => {
    await put('u-1', { email: 'ann@example.com' }).expect(201);
    const one = { workspace: workspace.id, externalId: 'u-1' };
    const checks = Array.from({ length: 100 }, (_, at) =>
      at === 50 ? { workspace: randomUUID(), externalId: 'u-1' } : one,
    );
    const { body } = await operator.post('/operator/access-checks', { checks }).expect(200);
    const { results } = body as Schema<'AccessChecksResponse'>;
    expect(results.map(({ decision }) => decision)).toEqual(
      checks.map((_, at) => (at === 50 ? 'unknown' : 'allow')),
    );
    expect(results[50]?.reason.code).toBe('no-workspace');
    await operator.post('/operator/access-checks', { checks: [...checks, one] }).expect(400);
    await operator.post('/operator/access-checks', { checks: [] }).expect(400);
  });

  it('names its person in exactly one way', async () => {
    const refused = async (body: object) =>
      (await operator.post('/operator/access-checks', body).expect(400)).body.detail;
    const place = { workspace: workspace.id };
    expect(await refused(place)).toContain('exactly one of');
    expect(await refused({ ...place, email: 'a@example.com', externalId: 'u-1' })).toContain(
      'exactly one of',
    );
    expect(await refused({ checks: [{ ...place, externalId: 'u-1' }, place] })).toContain('checks[1]');
    expect(await refused({ ...place, memberId: 'u-1' })).toContain('memberId');
    expect(await refused({ workspace: 'none', externalId: 'u-1' })).toContain('workspace');
    await refused({ email: 'a@example.com' });
  });

  it('and look-ups of members go by indexes alone, whatever the statistics say', async () => {
    await service.dataSource.query(
      `INSERT INTO member (workspace_id, id, email, email_key, status, source, vendor_id, external_id, created_at, updated_at)
       SELECT $1, gen_random_uuid(), n || '@example.com', n || '@example.com', 'active', 'import', 'v-' || n, 'i-' || n,
         now(), now() FROM generate_series(1, 20000) n`,
      [workspace.id],
    );
    await service.dataSource.query(
      `INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at,
         modified_at)
       SELECT $1, gen_random_uuid(), 'i-' || n, n || '@example.com', n || '@example.com', n > 10000, '{}', now(), now()
       FROM generate_series(1, 20000) n`,
      [workspace.id],
    );
    await service.dataSource.query(
      `INSERT INTO sync_link (workspace_id, directory_user_id, member_id, state, updated_at)
       SELECT $1, u.id, m.id, 'linked', now() FROM member m JOIN directory_user u ON u.workspace_id = $1
         AND u.external_id = m.external_id WHERE m.workspace_id = $1`,
      [workspace.id],
    );
    const statements = [
      ...checkKeys.flatMap((key) => {
        const wanted = { key, value: key === 'memberId' ? randomUUID() : 'x' };
        const named = { kind: 'external', externalId: 'customer' } as const;
        return [findAccess({ kind: 'id', id: workspace.id }, wanted), findAccess(named, wanted)];
      }),
      ...[{ email: 'x@example.com' }, { externalId: 'x' }, { idpExternalId: 'x' }, {}].map((filter) =>
        findMembers(workspace.id, filter, null, 51),
      ),
    ];
    const plans = async () => {
      for (const statement of statements) {
        const { text, values } = compile(statement);
        const rows = await service.dataSource.query<unknown[]>(`EXPLAIN (FORMAT JSON) ${text}`, values);
        const plan = JSON.stringify(rows);
        expect(plan).toContain('Index');
        expect(
          plan.match(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(?:member|directory_user|sync_link)"/u),
        ).toBeNull();
      }
    };
    await plans();
    await service.dataSource.query('ANALYZE member, directory_user, sync_link');
    await plans();
  });
});
