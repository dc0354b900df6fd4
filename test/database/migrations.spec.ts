import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { columnName, Table } from '../../src/database/table/table.ts';
import { dataSourceOptions } from '../../src/database/data-source-options.ts';
import { dbOf } from '../../src/database/db-of.ts';
import { sql } from '../../src/database/sql.ts';
import type { StoredState } from '../../src/sync/decision/change.ts';
import { type ExplainedChange, shownReason } from '../../src/sync/wording/shown-reason.ts';
import { storedStateJson } from '../../src/sync/wording/stored-state.ts';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';
import { functionOfTests } from '../harness/database-url.ts';

const src = join(import.meta.dirname, '../../src');

async function openDatabase(entities: unknown[] = []): Promise<DataSource> {
  const { url } = await cloneDatabase();
  const options = dataSourceOptions({ url, poolSize: 2 });
  // TypeORM asks for many statements at once when it reads a schema, which a connection takes as a pipeline only.
  const extra: unknown = { ...options.extra, pipeline: true };
  const dataSource = await new DataSource({
    ...options,
    extra,
    entities: entities as string[],
  }).initialize();
  closeBeforeDrop(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });
  return dataSource;
}

/** The description of every table. */
async function loadTables(): Promise<Table[]> {
  const files = globSync('**/*.table.ts', { cwd: src });
  const modules = await Promise.all(files.map((file) => import(join(src, file)) as Promise<object>));
  return modules.flatMap((module) =>
    Object.values<unknown>({ ...module }).filter((value) => value instanceof Table),
  );
}

/**
 * What TypeORM would change in the migrated schema to make its tables and columns fit their descriptions. Indexes and
 * constraints are compared by name: PostgreSQL prints their conditions in words of its own.
 */
async function missingInSchema(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const ofMigrationsOnly = /^(DROP INDEX|ALTER TABLE \S+ (DROP|ADD) CONSTRAINT|CREATE (UNIQUE )?INDEX)/;
  return upQueries.map(({ query }) => query).filter((query) => !ofMigrationsOnly.test(query));
}

/** Takes back a migration and every later one. */
async function undoFrom(dataSource: DataSource, migration: string): Promise<void> {
  const from = dataSource.migrations.findIndex(({ name }) => name === migration);
  for (const _later of dataSource.migrations.slice(from)) await dataSource.undoLastMigration();
}

describe('migrations', () => {
  let migrated: DataSource;
  let tables: Table[];

  beforeAll(async () => {
    tables = await loadTables();
    migrated = await openDatabase(tables.map(({ entity }) => entity));
  });

  afterAll(() => migrated.destroy());

  it('make the tables and columns that are described, and no others', async () => {
    expect(migrated.entityMetadatas.length).toBeGreaterThan(0);
    expect(await missingInSchema(migrated)).toEqual([]);
    const rows = await migrated.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    const described = [...tables.map(({ name }) => name), 'migrations'];
    expect(rows.map(({ name }) => name).sort()).toEqual(described.sort());
  });

  it('make the indexes and constraints that are described', async () => {
    const rows = await migrated.query<{ table: string; name: string; columns: string[] }[]>(
      `SELECT c.relname AS table, i.indexrelid::regclass::text AS name, ARRAY(
         SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum ORDER BY k.place) AS columns
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace
       UNION ALL SELECT conrelid::regclass::text, conname, NULL FROM pg_constraint WHERE contype IN ('c', 'f')`,
    );
    const made = new Map(rows.map(({ table, name, columns }) => [name, { table, columns }]));
    for (const { name: table, rules } of tables) {
      const { uniques = {}, indexes = {}, checks = {}, references = {} } = rules;
      for (const [name, on] of [
        ...Object.entries(uniques),
        ...Object.entries(indexes).map(([index, { on }]) => [index, on] as const),
      ])
        expect([name, made.get(name)]).toEqual([name, { table, columns: on.map(columnName) }]);
      for (const name of [...Object.keys(checks), ...Object.keys(references)])
        expect([name, made.get(name)?.table]).toEqual([name, table]);
    }
  });

  it('have the primary keys that are described', async () => {
    for (const { tableName, primaryColumns } of migrated.entityMetadatas) {
      const rows = await migrated.query<{ name: string }[]>(
        `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
         WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [tableName],
      );
      const named = primaryColumns.map((column) => column.databaseName).sort();
      expect([tableName, rows.map((row) => row.name).sort()]).toEqual([tableName, named]);
    }
  });

  it('put workspace_id first in every key of a table of a workspace', async () => {
    const rows = await migrated.query<{ table: string; index: string }[]>(
      `SELECT c.relname AS table, i.indexrelid::regclass::text AS index
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
       WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND a.attname <> 'workspace_id'
         AND EXISTS (SELECT 1 FROM pg_attribute w WHERE w.attrelid = c.oid AND w.attname = 'workspace_id')`,
    );
    const globalTables = [
      'admin_link',
      'admin_session',
      'api_token_secret',
      'oauth_client_secret',
      'published_audit',
      'published_event',
      'webhook_delivery',
    ];
    expect(rows.map((row) => row.table).sort()).toEqual(globalTables);
  });

  it('start automatic synchronization where there was a run, and plan no night elsewhere', async () => {
    const dataSource = await openDatabase();
    await undoFrom(dataSource, 'AutomaticSync1820000002100');
    const ids = [1, 2].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
    await dataSource.query(
      `INSERT INTO workspace (id, name, slug, entitled, settings, activated_at, next_sync_at, created_at, updated_at)
       SELECT id, 'W', 'w-' || id, true, '{}', now(), now(), now(), now() FROM unnest($1::uuid[]) AS w(id)`,
      [ids],
    );
    await dataSource.query(
      `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
       VALUES ($1, $1, 'leaver', 'succeeded', 'system', now())`,
      [ids[0]],
    );
    await dataSource.runMigrations();
    const rows = await dataSource.query<unknown[]>(
      'SELECT automatic_sync AS state, next_sync_at IS NOT NULL AS planned FROM workspace ORDER BY id',
    );
    expect(rows).toEqual([
      { state: 'on', planned: true },
      { state: 'not_started', planned: false },
    ]);
  });

  it('keep what earlier runs said of their changes, back and forth', async () => {
    const dataSource = await openDatabase();
    const workspaceId = '00000000-0000-7000-8000-000000000001';
    const said = [
      { code: 'new-person', params: { directoryVersion: '9007199254740993', managerPending: 'boss' } },
      { code: 'attributes-changed', params: { directoryVersion: '2', referencesPending: { buddy: 'e2' } } },
      {
        code: 'groups-changed',
        params: { directoryVersion: '3', directoryGroups: 'stamp', groupsJoined: [{ id: 'g', name: 'G' }] },
      },
      { code: 'groups-changed', params: { directoryVersion: '3', directoryGroups: null } },
      { code: 'leaver-deleted', params: { directoryVersion: null, approved: true } },
      {
        code: 'removal-guard',
        params: {
          kind: 'remove',
          cause: 'leaver-deleted',
          used: 1,
          allowed: 1,
          directoryVersion: null,
          kept: { code: 'linked-since', params: {} },
        },
      },
      {
        code: 'undo',
        params: {
          kind: 'link',
          runId: workspaceId,
          originalKind: 'link',
          directoryVersion: '4',
          unlinked: { provisionedFields: ['email'], externalId: null },
        },
      },
    ];
    await undoFrom(dataSource, 'StateBesideReasons1830000001000');
    await dataSource.query(
      `INSERT INTO sync_change (workspace_id, id, run_id, at, kind, directory_user_id, name, fields, reason, state)
       SELECT $1, gen_random_uuid(), $1, now(), 'update', gen_random_uuid(), n::text, '[]', reason, 'made'
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS r(reason, n)`,
      [workspaceId, JSON.stringify(said)],
    );
    const stored = () =>
      dataSource.query<ExplainedChange[]>('SELECT kind, reason FROM sync_change ORDER BY name');
    await dataSource.runMigrations();
    const { rows } = await dbOf(dataSource).run(
      sql<{ reason: ExplainedChange['reason']; state: StoredState }>`
        SELECT reason, ${storedStateJson('sync_change')} AS state FROM sync_change ORDER BY name`,
    );
    expect(rows.map(({ reason, state }) => shownReason({ kind: 'update', reason, ...state }))).toEqual(said);
    expect(rows[0]?.reason).toEqual({ code: 'new-person', params: {} });
    expect(rows.map(({ state }) => state.origin)).toEqual([
      'nobody',
      ...Array.from({ length: 5 }, () => 'stored-link'),
      'undo',
    ]);
    await undoFrom(dataSource, 'StateBesideReasons1830000001000');
    expect((await stored()).map(({ reason }) => reason)).toEqual(said);
  });

  it('know the links that an admin made and the addresses in conflict from before', async () => {
    const dataSource = await openDatabase();
    const workspaceId = '00000000-0000-7000-8000-000000000001';
    await undoFrom(dataSource, 'StateBesideReasons1830000001000');
    const reasons = [
      ['linked', { code: 'linked-by-admin', params: {} }],
      ['conflict', { code: 'email-taken', params: { email: 'Ada@Example.com', directoryVersion: '7' } }],
      [
        'suppressed',
        { code: 'undone', params: { runId: workspaceId, kind: 'update', directoryVersion: '8' } },
      ],
      ['suppressed', { code: 'rejected', params: { kind: 'remove', heldAt: '2026-11-28T10:00:00Z' } }],
    ];
    await dataSource.query(
      `INSERT INTO sync_link (workspace_id, directory_user_id, state, reason, name, updated_at)
       SELECT $1, gen_random_uuid(), l ->> 0, l -> 1, n::text, now()
       FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS r(l, n)`,
      [workspaceId, JSON.stringify(reasons)],
    );
    await dataSource.runMigrations();
    const rows = await dataSource.query<unknown[]>(
      `SELECT awaits_adoption AS adopted, disputed_email_key AS email, directory_version AS version,
         suppressed_by AS run, held_at IS NOT NULL AS held FROM sync_link ORDER BY name`,
    );
    const blank = { adopted: false, email: null, version: null, run: null, held: false };
    expect(rows).toEqual([
      { ...blank, adopted: true },
      { ...blank, email: 'ada@example.com', version: '7' },
      { ...blank, version: '8', run: workspaceId },
      { ...blank, held: true },
    ]);
  });

  it('fold what nobody sees in names that are stored already, and leave twins their keys', async () => {
    const dataSource = await openDatabase();
    await undoFrom(dataSource, 'MoreUnseenInNames1831000005000');
    const [one, other] = [1, 2].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
    const unseen = [0x34f, 0x115f, 0x1160, 0x3164, 0xfe0f, 0xffa0, 0xfff9, 0xfffb, 0xe0041, 0xe0100, 0x1d159];
    const names = [
      ...unseen.map((code) => [one, `a-${code}${String.fromCodePoint(code)}`, `a-${code}`]),
      [one, 'Bob\u2800', 'bob'],
      [one, 'Cy', 'cy'],
      [one, 'cy\ufffa', 'cy\ufffa'],
      [one, '\u3164dan', 'dan'],
      [one, 'dan\u115f', 'dan\u115f'],
      [other, 'dan\u2800', 'dan'],
      [other, 'Zoë', 'an old key'],
    ];
    await dataSource.query(
      `INSERT INTO directory_user (workspace_id, id, user_name, user_name_key, active, resource, created_at, modified_at)
       SELECT (n ->> 0)::uuid, ('00000000-0000-7000-8000-' || lpad(at::text, 12, '0'))::uuid, n ->> 1,
         CASE n ->> 1 WHEN 'Zoë' THEN 'an old key' ELSE scim_fold(n ->> 1) END, true, '{}', now(), now()
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS names(n, at)`,
      [JSON.stringify(names)],
    );
    await dataSource.runMigrations();
    const rows = await dataSource.query<{ key: string }[]>(
      'SELECT user_name_key AS key FROM directory_user ORDER BY id',
    );
    expect(rows.map(({ key }) => key)).toEqual(names.map(([, , key]) => key));
  });

  it('can be taken back and run again', async () => {
    const dataSource = await openDatabase();
    for (const _migration of dataSource.migrations) await dataSource.undoLastMigration();
    const rest = await dataSource.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')
       UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname <> '${functionOfTests}'`,
    );
    expect(rest.map(({ name }) => name).sort()).toEqual(['migrations', 'migrations_id_seq']);
    expect(await dataSource.runMigrations()).toHaveLength(dataSource.migrations.length);
  });
});
