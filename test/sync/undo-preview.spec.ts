import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, synchronize, undone } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useWorkspace(service);
const { admin, scim } = workspace;

/** More people than an undo works on at once. */
const people = 510;

const address = 'emails[type eq "work"].value';

describe('what is said before an undo', () => {
  it('knows that an address becomes free which somebody gives back long before', async () => {
    const first = await givenPerson(scim, 'first@example.com');
    const between = await Promise.all(
      Array.from({ length: people }, (_, at) => givenPerson(scim, `p${at}@example.com`)),
    );
    const last = await givenPerson(scim, 'last@example.com');
    await synchronize(admin);
    await changePerson(scim, last, { [address]: 'moved@example.com' });
    await changePerson(scim, first, { [address]: 'last@example.com' });
    await Promise.all(between.map((id) => changePerson(scim, id, { title: 'Analyst' })));
    const run = await synchronize(admin);
    expect(run.counts).toMatchObject({ update: people + 2 });
    expect(await undone(admin, run.id)).toMatchObject({ counts: { update: people + 2 } });
    const members = await allMembers(admin, '&search=st@example.com');
    expect(members.map(({ email }) => email).sort()).toEqual(['first@example.com', 'last@example.com']);
  });

  it('is that it is under way, while it is', async () => {
    await givenPerson(scim, 'ada@example.com');
    const run = await synchronize(admin);
    const now = service.clock.now();
    const [undo] = await service.dataSource.query<{ id: string }[]>(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at, lease_until, undoes_run_id)
       VALUES ($1, gen_random_uuid(), 'undo', 'running', 'x', $2, $3, $4) RETURNING id`,
      [workspace.id, now, new Date(now.getTime() + 60_000), run.id],
    );
    for (const { body } of [
      await admin.get(`/api/sync-runs/${run.id}/undo`).expect(409),
      await admin.post(`/api/sync-runs/${run.id}/undo`).expect(409),
    ]) {
      expect(body).toMatchObject({ type: expect.stringMatching(/undo-active$/), runId: undo?.id });
    }
  });
});
