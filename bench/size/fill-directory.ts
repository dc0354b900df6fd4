import type pg from 'pg';

/** People of one statement: PostgreSQL can write a checkpoint in between, and the progress is seen. */
const chunkUsers = 250_000;

/** The user name of the n-th person, from 1. */
export function userNameOf(n: number): string {
  return `person${n}@example.com`;
}

/** The id of the n-th person. */
export function userIdOf(n: number): string {
  return `01930000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/**
 * Fills a directory by SQL with what the service would have stored, but for its history.
 *
 * @param onProgress is told how many there are
 */
export async function fillDirectory(
  sql: pg.Client,
  workspaceId: string,
  users: number,
  onProgress: (made: number) => void,
): Promise<void> {
  await sql.query('SET synchronous_commit = off');
  for (let made = 0; made < users; made += chunkUsers) {
    onProgress(made);
    await sql.query(
      `INSERT INTO directory_user (workspace_id, id, external_id, user_name, user_name_key, active, resource, search_text,
         display_name_hash, created_at, modified_at, counted)
       SELECT $1, ('01930000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'object-' || n, name, name, true,
         jsonb_build_object('schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'),
           'userName', name, 'externalId', 'object-' || n, 'active', true, 'displayName', 'Given Family ' || n,
           'title', 'Title ' || n % 50, 'name', jsonb_build_object('givenName', 'Given', 'familyName', 'Family ' || n),
           'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'value', name))),
         name, scim_hash('given family ' || n), now() + n * interval '1 ms', now(), true
       FROM generate_series($2::int, $3::int) AS n, LATERAL (SELECT 'person' || n || '@example.com' AS name) named`,
      [workspaceId, made + 1, Math.min(users, made + chunkUsers)],
    );
  }
  await sql.query('SET synchronous_commit = on');
  await sql.query('VACUUM ANALYZE directory_user');
  // What so many rows leave to be written to disk is not part of what follows.
  await sql.query('CHECKPOINT');
}
