import { describe, expect, it } from '@jest/globals';
import type { LateReferencesService } from '../../src/scim/groups/late-references.service.ts';
import type { LeaversService } from '../../src/sync/workers/leavers.service.ts';
import type { NightlyService } from '../../src/sync/workers/nightly.service.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, eventually, type Run, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, signIn, startAutomaticSync, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
/** Everything fails for this one. It comes first wherever workspaces are handled one after another. */
const poisoned = useWorkspace(service);
const sound = useWorkspace(service);

/** SQLSTATE of what is nobody's data: a bug of the server. */
const internalError = 'XX000';

/** Has the database fail to write to a table for the poisoned workspace, and forget it afterwards. */
async function whilePoisoned(
  table: string,
  work: (attempts: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const { dataSource } = service;
  await dataSource.query('CREATE SEQUENCE IF NOT EXISTS poison_attempts');
  const before = await attemptsMade();
  await dataSource.query(`
    CREATE OR REPLACE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.workspace_id = '${poisoned.id}' THEN PERFORM nextval('poison_attempts'); RAISE EXCEPTION 'poison' USING ERRCODE = '${internalError}'; END IF;
      RETURN NEW;
    END $$`);
  await dataSource.query(
    `CREATE TRIGGER poison BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION poison()`,
  );
  try {
    await work(async () => (await attemptsMade()) - before);
  } finally {
    await dataSource.query(`DROP TRIGGER poison ON ${table}`);
  }
}

async function attemptsMade(): Promise<number> {
  const [row] = await service.dataSource.query<{ count: string }[]>(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM poison_attempts',
  );
  return Number(row?.count);
}

async function deactivatedIn(workspace: TestWorkspace): Promise<number> {
  return (await allMembers(workspace.admin)).filter(({ status }) => status === 'deactivated').length;
}

async function runsOf(workspace: TestWorkspace): Promise<Run[]> {
  const admin = adminClient(service, await signIn(service, workspace.id));
  return (await admin.get('/api/sync-runs').expect(200)).body.items;
}

/** The runs of a workspace, once there is one. */
function nightOf(workspace: TestWorkspace): Promise<Run[]> {
  return eventually(async () => {
    const runs = await runsOf(workspace);
    return runs.length > 0 ? runs : null;
  });
}

describe('what fails for one workspace', () => {
  it('does not keep the leavers of the others, is not tried at every look, and is made up for', async () => {
    for (const { scim, admin } of [poisoned, sound]) {
      await givenPerson(scim, 'ada@example.com');
      await synchronize(admin);
    }
    const leavers = service.provider<LeaversService>('LeaversService');
    await whilePoisoned('member', async (attempts) => {
      for (const { scim } of [poisoned, sound]) {
        const { body } = await scim.get('/Users').expect(200);
        await changePerson(scim, body.Resources[0]!.id, {
          active: false,
        });
      }
      await eventually(async () => ((await deactivatedIn(sound)) === 1 ? true : null));
      await eventually(async () => ((await attempts()) > 0 ? true : null));
      for (let look = 0; look < 5; look += 1) await leavers.tick();
      // One of these looks may have come before the failure of the first was noted.
      const before = await attempts();
      expect(before).toBeLessThan(3);
      await eventually(async () => {
        service.clock.advance({ seconds: 11 });
        await leavers.tick();
        return (await attempts()) > before ? true : null;
      });
      expect(await deactivatedIn(poisoned)).toBe(0);
    });
    service.clock.advance({ minutes: 5 });
    await eventually(async () => ((await deactivatedIn(poisoned)) === 1 ? true : null));
  });

  it('does not keep the nights of the others', async () => {
    for (const { admin } of [poisoned, sound]) await startAutomaticSync(admin);
    const nightly = service.provider<NightlyService>('NightlyService');
    await whilePoisoned('nightly_claim', async (attempts) => {
      service.clock.advance({ days: 1 });
      await nightly.tick();
      // The service looks by itself as well, and may be the one that does it.
      expect(await nightOf(sound)).toMatchObject([{ trigger: 'nightly' }]);
      await eventually(async () => ((await attempts()) > 0 ? true : null));
      expect(await runsOf(poisoned)).toEqual([]);
    });
    service.clock.advance({ minutes: 1 });
    await nightly.tick();
    expect(await nightOf(poisoned)).toMatchObject([{ trigger: 'nightly' }]);
  });

  it('does not keep the late references of the others', async () => {
    const groups = await Promise.all([poisoned, sound].map(givenLateReference));
    const late = service.provider<LateReferencesService>('LateReferencesService');
    await whilePoisoned('directory_group', async (attempts) => {
      await late.resolve();
      await eventually(async () => ((await pendingIn(groups[1]!)) === 0 ? true : null));
      await eventually(async () => ((await attempts()) > 0 ? true : null));
      expect(await pendingIn(groups[0]!)).toBe(1);
    });
    await eventually(async () => {
      service.clock.advance({ seconds: 6 });
      await late.resolve();
      return (await pendingIn(groups[0]!)) === 0 ? true : null;
    });
  });

  it('does not keep the runs of the others, and says in words what it was', async () => {
    for (const { scim } of [poisoned, sound]) await givenPerson(scim, 'ada@example.com');
    await whilePoisoned('sync_change', async () => {
      const { body } = await poisoned.admin.post('/api/sync-runs', {}).expect(202);
      const { id } = body;
      expect(await synchronize(sound.admin)).toMatchObject({ state: 'succeeded', error: null });
      const failed = await eventually(async () => {
        const { body: run } = await poisoned.admin.get(`/api/sync-runs/${id}`).expect(200);
        return run.error === null ? null : run;
      });
      expect(failed.error).toContain('in the service');
      const german = await poisoned.admin.get('/api/sync-runs').set('Accept-Language', 'de').expect(200);
      expect(german.body.items[0]!.error).toContain('Im Dienst');
      const overview = await poisoned.admin
        .get('/api/user-provisioning')
        .set('Accept-Language', 'de')
        .expect(200);
      expect(overview.body).toMatchObject({
        lastRun: { error: expect.stringContaining('Im Dienst') as unknown },
      });
      expect(JSON.stringify([failed, german.body, overview.body])).not.toMatch(
        /poison|PL\/pgSQL|sync_change/,
      );
    });
  });
});

/** A group that names a user who is there by now, as when both were written in the same instant. */
async function givenLateReference({ id, scim }: TestWorkspace): Promise<string> {
  const user = await givenPerson(scim, 'ada@example.com');
  const body = { displayName: 'Group', members: [{ value: user }] };
  const group = (await scim.post('/Groups', body).expect(201)).body.id;
  await service.dataSource.query(
    'UPDATE directory_group_member SET user_id = NULL WHERE workspace_id = $1 AND group_id = $2',
    [id, group],
  );
  return group;
}

async function pendingIn(group: string): Promise<number> {
  const [row] = await service.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM directory_group_member WHERE group_id = $1 AND user_id IS NULL',
    [group],
  );
  return row?.count ?? -1;
}
