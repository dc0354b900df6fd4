import { beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { QueuedByStatements1933000000000 } from '../../src/database/migrations/1933000000000-queued-by-statements.ts';
import { migrationsInOrder } from '../../src/database/migrations/in-order.ts';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';

const workspaceId = '00000000-0000-7000-8000-000000000001';
const groupId = '00000000-0000-7000-8000-000000000002';
const userId = '00000000-0000-7000-8000-000000000003';

const join = `INSERT INTO directory_group_member (workspace_id, group_id, value, user_id)
  VALUES ('${workspaceId}', '${groupId}', '${userId}', '${userId}')`;

describe('who queues people whose groups change', () => {
  let dataSource: DataSource;

  beforeEach(async () => {
    const { url } = await cloneDatabase();
    const opened = await new DataSource(dataSourceOptions({ url, poolSize: 1 })).initialize();
    closeBeforeDrop(() => opened.destroy());
    dataSource = opened;
  });

  const triggers = async () => {
    // Those of the tests' own guards are in a schema of their own.
    const rows = await dataSource.query<{ name: string }[]>(
      `SELECT t.tgname AS name FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
       WHERE NOT t.tgisinternal AND f.pronamespace = 'public'::regnamespace ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  /** That migration, and those that came after it. */
  const later = migrationsInOrder.slice(migrationsInOrder.indexOf(QueuedByStatements1933000000000));

  /** The database as the release before left it, with a customer, and then as this one makes it. */
  const upgrade = async () => {
    for (const _ of later) await dataSource.undoLastMigration();
    await dataSource.query(
      `INSERT INTO workspace (id, name, slug, entitled, settings, created_at, updated_at)
       VALUES ($1, 'W', 'w', true, '{}', now(), now())`,
      [workspaceId],
    );
    await dataSource.runMigrations();
    await dataSource.query(
      `INSERT INTO directory_group (workspace_id, id, display_name, display_name_key, resource, created_at, modified_at)
       VALUES ($1, $2, 'G', 'g', '{}', now(), now())`,
      [workspaceId, groupId],
    );
  };

  const queued = () =>
    dataSource.query<unknown[]>(
      'SELECT directory_user_id AS id, reason, regrouped_at IS NULL AS "isNot" FROM sync_queue',
    );

  it('no table has a trigger', async () => {
    expect(await triggers()).toEqual([]);
  });

  it('a database that the release before may still serve keeps its triggers, which queue for that release', async () => {
    await upgrade();
    expect(await triggers()).toEqual([
      'directory_group_arrived',
      'directory_group_joined',
      'directory_group_left',
      'directory_group_renamed',
    ]);
    await dataSource.query(join);
    expect(await queued()).toEqual([{ id: userId, reason: 'group', isNot: false }]);
  });

  it('these triggers stand aside for a statement that queues by itself', async () => {
    await upgrade();
    await dataSource.query(
      `WITH joined AS (${join} RETURNING user_id)
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
       SELECT $1, user_id, gen_random_uuid(), 'created', now(), NULL FROM joined`,
      [workspaceId],
    );
    expect(await queued()).toEqual([{ id: userId, reason: 'created', isNot: true }]);
  });
});
