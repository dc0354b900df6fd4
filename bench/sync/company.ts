import type pg from 'pg';

/** Puts a company into the directory and the queue, see `addPeople`, and has the database look at them. */
export async function seedDirectory(
  sql: pg.Client,
  workspaceId: string,
  people: number,
  first = 1,
): Promise<void> {
  await addPeople(sql, workspaceId, people, first);
  await sql.query('ANALYZE');
}

/**
 * Adds people to the directory and the queue, as SCIM would have left them there: what an identity provider sends of each
 * person by default, every tenth with a manager.
 *
 * @param first the number of the first person, so that a company may grow
 */
export async function addPeople(
  sql: pg.Client,
  workspaceId: string,
  people: number,
  first = 1,
): Promise<void> {
  await sql.query(
    `WITH person AS (
       SELECT n, ('01930000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
         'person' || n || '@example.com' AS name, 'Given' || n % 1000 AS given, 'Family' || n % 5000 AS family,
         ('01930000-0000-7000-8000-' || lpad(to_hex(n / 10 + 1), 12, '0')) AS manager
       FROM generate_series($2::int, $2::int + $3::int - 1) AS n
     ), arrived AS (
       INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, manager_value, counted, resource, created_at, modified_at)
       SELECT $1, id, 'object-' || n, name, name, true, manager, true, jsonb_build_object(
           'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'),
           'userName', name, 'externalId', 'object-' || n, 'active', true, 'displayName', given || ' ' || family,
           'title', 'Title ' || n % 50, 'preferredLanguage', 'en-US',
           'name', jsonb_build_object('givenName', given, 'familyName', family, 'formatted', given || ' ' || family),
           'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'primary', true, 'value', name)),
           'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object(
             'department', 'Department ' || n % 40, 'manager', jsonb_build_object('value', manager))), now(), now()
       FROM person
     ), counted AS (
       INSERT INTO directory_count AS c (workspace_id, slot, users, groups) VALUES ($1, 1, $3, 0)
       ON CONFLICT (workspace_id, slot) DO UPDATE SET users = c.users + excluded.users
     )
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', now() FROM person`,
    [workspaceId, first, people],
  );
}

/** Gives every n-th person another title, as a PATCH would. @returns how many */
export async function changeTitles(sql: pg.Client, workspaceId: string, everyNth: number): Promise<number> {
  const { rowCount } = await sql.query(
    `WITH changed AS (
       UPDATE directory_user SET version = version + 1,
         resource = jsonb_set(resource, '{title}', to_jsonb('New title ' || version))
       WHERE workspace_id = $1 AND substr(external_id, 8)::int % $2 = 0 RETURNING id)
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'updated', now() FROM changed
     ON CONFLICT DO NOTHING`,
    [workspaceId, everyNth],
  );
  return rowCount ?? 0;
}

/** Forgets what synchronization made of the company, so that everybody is new once more. */
export async function forgetMembers(sql: pg.Client, workspaceId: string): Promise<void> {
  for (const table of ['sync_change', 'sync_link', 'sync_queue', 'member', 'sync_run']) {
    await sql.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
  }
}

/** Queues everybody again, as created. */
export async function queueAll(sql: pg.Client, workspaceId: string): Promise<void> {
  await sql.query(
    `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', now() FROM directory_user WHERE workspace_id = $1
     ON CONFLICT DO NOTHING`,
    [workspaceId],
  );
  await sql.query('VACUUM ANALYZE');
}
