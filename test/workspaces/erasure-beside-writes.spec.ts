import { describe, expect, it } from '@jest/globals';
import type { ErasureSweeps } from '../../src/workspaces/erasure-sweeps.service.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import { pg } from '../harness/one-query-at-a-time.ts';
import { userBody } from '../scim/directory.ts';
import { useService } from '../harness/use-service.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';
import { givenWorkspace, operatorClient } from '../harness/workspace.ts';

const service = useService();

/** Which tables have rows of a workspace. */
async function tablesWithRowsOf(workspaceId: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of workspaceTables) {
    const select = `SELECT FROM ${table} WHERE workspace_id = $1 LIMIT 1`;
    const { length } = await service.dataSource.query<unknown[]>(select, [workspaceId]);
    if (length > 0) found.push(table);
  }
  return found.sort();
}

const sweep = () => service.provider<ErasureSweeps>('ErasureSweeps').tick();

/** A connection of somebody beside the service. */
async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  return client;
}

/** Until PostgreSQL says that somebody waits for the lock of another transaction. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    if ((await waitingStatements(service.dataSource)) > 0) return;
  }
}

/** Takes the row of a workspace away, and leaves the rest. @returns the row */
async function withoutItsRow(workspaceId: string): Promise<string> {
  const [row] = await service.dataSource.query<{ row: string }[]>(
    'SELECT to_jsonb(w)::text AS row FROM workspace w WHERE id = $1',
    [workspaceId],
  );
  await service.dataSource.query('DELETE FROM workspace WHERE id = $1', [workspaceId]);
  return row?.row ?? '';
}

describe('a write that waits while its workspace is erased', () => {
  it('leaves nothing behind once the workspace is swept', async () => {
    const gone = await givenWorkspace(service, { name: 'Goes' });
    const stays = await givenWorkspace(service, { name: 'Stays' });
    await stays.scim.post('/Users', userBody({})).expect(201);
    const kept = await tablesWithRowsOf(stays.id);
    const holder = await connected();
    await holder.query('BEGIN');
    await holder.query(
      `INSERT INTO directory_user
         (workspace_id, id, user_name, user_name_key, active, resource, created_at, modified_at)
       VALUES ($1, uuidv7(), 'late@example.com', 'late@example.com', true, '{}', now(), now())`,
      [gone.id],
    );
    const late = gone.scim.post('/Users', userBody({ userName: 'late@example.com' })).expect(201);
    const answered = late.then(() => true);
    await untilSomebodyWaits();
    await operatorClient(service).delete(`/operator/workspaces/${gone.id}`).expect(204);
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await answered).toBe(true);
    expect(await tablesWithRowsOf(gone.id)).toContain('directory_user');

    service.clock.advance({ minutes: 1 });
    await sweep();
    expect(await tablesWithRowsOf(gone.id)).toEqual([]);
    expect(await tablesWithRowsOf(stays.id)).toEqual(expect.arrayContaining(kept));
  });

  it('is looked for several times, and not for ever', async () => {
    const gone = await givenWorkspace(service, { name: 'Goes' });
    await operatorClient(service).delete(`/operator/workspaces/${gone.id}`).expect(204);
    const dueAt = async () => {
      const [row] = await service.dataSource.query<{ at: Date | null }[]>(
        'SELECT sweep_at AS at FROM workspace_erasure WHERE erased_workspace = $1',
        [gone.id],
      );
      return row?.at ?? null;
    };
    let sweeps = 0;
    for (let due = await dueAt(); due !== null; due = await dueAt()) {
      service.clock.set(due);
      await sweep();
      sweeps += 1;
    }
    expect(sweeps).toBe(5);
  });

  it('is not taken from a workspace that is there again under its id', async () => {
    const gone = await givenWorkspace(service, { name: 'Moves' });
    await gone.scim.post('/Users', userBody({})).expect(201);
    const before = await tablesWithRowsOf(gone.id);
    await service.dataSource.query(
      `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts, sweep_at)
       VALUES (uuidv7(), $1, $2, 'operator', '{}', $2)`,
      [gone.id, service.clock.now()],
    );
    await sweep();
    // The log may be written only now.
    expect(await tablesWithRowsOf(gone.id)).toEqual(expect.arrayContaining(before));
  });

  it('is not taken from a workspace that comes while it is swept', async () => {
    const comes = await givenWorkspace(service, { name: 'Comes' });
    await comes.scim.post('/Users', userBody({})).expect(201);
    const row = await withoutItsRow(comes.id);
    await service.dataSource.query(
      `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts, sweep_at)
       VALUES (uuidv7(), $1, $2, 'operator', '{}', $2)`,
      [comes.id, service.clock.now()],
    );
    const arrival = await connected();
    await arrival.query('BEGIN');
    await arrival.query(`LOCK TABLE ${workspaceTables[0]} IN SHARE MODE`);
    const sweeping = sweep();
    await untilSomebodyWaits();
    await arrival.query(
      'INSERT INTO workspace SELECT (jsonb_populate_record(NULL::workspace, $1::jsonb)).*',
      [row],
    );
    await arrival.query('COMMIT');
    await arrival.end();
    await sweeping;
    expect(await tablesWithRowsOf(comes.id)).toContain('directory_user');
    await sweep();
    expect(await tablesWithRowsOf(comes.id)).toContain('directory_user');
  });
});

describe('the erasure of a workspace that was erased before, and came back', () => {
  it('is recorded in the place of the first', async () => {
    const back = await givenWorkspace(service, { name: 'Twice' });
    await service.dataSource.query(
      `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts)
       VALUES (uuidv7(), $1, $2, 'operator', '{}')`,
      [back.id, service.clock.now()],
    );
    await operatorClient(service).delete(`/operator/workspaces/${back.id}`).expect(204);
    const { body } = await operatorClient(service)
      .get(`/operator/erasures?workspaceId=${back.id}`)
      .expect(200);
    expect(body.items).toMatchObject([{ workspaceId: back.id, erased: { members: 0 } }]);
  });
});
