import type pg from 'pg';

/**
 * The fastest way to the same rows: what a run of new people leaves behind (members, links, changes and
 * events), in plain set-based SQL on the same tables, with the mapping already computed.
 *
 * @param measure does the work, once
 */
export async function floorOfNewPeople(
  sql: pg.Client,
  workspaceId: string,
  measure: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await sql.query('ANALYZE');
  await computeMapping(sql, workspaceId);
  await measure(() => writeAll(sql, workspaceId));
  await sql.query('DROP TABLE mapped');
}

async function writeAll(sql: pg.Client, workspaceId: string): Promise<void> {
  await sql.query('BEGIN');
  await sql.query(
    `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, language,
       status, source, external_id, provisioned_fields, properties, manager_id, created_at, updated_at)
     SELECT $1, id, email, email, first_name, last_name, display_name, job_title, language, 'active', 'provisioning',
       external_id, provisioned_fields, properties, manager_id, now(), now() FROM mapped`,
    [workspaceId],
  );
  await sql.query(
    `INSERT INTO sync_link (workspace_id, directory_user_id, member_id, external_id, state, reason, name, updated_at)
     SELECT $1, id, id, external_id, 'linked', NULL, display_name, now() FROM mapped`,
    [workspaceId],
  );
  await sql.query(
    `INSERT INTO sync_change (workspace_id, id, run_id, at, kind, directory_user_id, member_id, name, fields, reason, state)
     SELECT $1, change_id, $2, now(), 'create', id, id, display_name, fields, reason, 'made' FROM mapped`,
    [workspaceId, '01930000-0000-7000-9000-000000000000'],
  );
  await sql.query(
    `INSERT INTO event (workspace_id, sequence, at, type, subject_kind, subject_id, subject_version, cause, changes, data)
     SELECT $1, sequence, now(), 'member.created', 'member', id, 1, cause, changes, data FROM mapped`,
    [workspaceId],
  );
  await sql.query(
    `DELETE FROM sync_queue q USING mapped WHERE workspace_id = $1 AND directory_user_id = id`,
    [workspaceId],
  );
  await sql.query('COMMIT');
}

async function computeMapping(sql: pg.Client, workspaceId: string): Promise<void> {
  await sql.query(
    `CREATE TEMP TABLE mapped AS
     SELECT m.id, c.id AS change_id, m.email, m.first_name, m.last_name, m.display_name, m.job_title, m.language,
       m.external_id, m.provisioned_fields, m.properties, m.manager_id, c.fields, c.reason, e.sequence, e.cause,
       e.changes, e.data
     FROM member m
     JOIN event e ON e.workspace_id = $1 AND e.subject_id = m.id AND e.type = 'member.created'
     JOIN sync_change c ON c.workspace_id = $1 AND c.member_id = m.id AND c.kind = 'create'
     WHERE m.workspace_id = $1 ORDER BY m.id`,
    [workspaceId],
  );
  for (const table of ['event', 'sync_change', 'sync_link', 'member']) {
    await sql.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
  }
  await sql.query(
    `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT $1, id, gen_random_uuid(), 'created', now() FROM mapped`,
    [workspaceId],
  );
  await sql.query('VACUUM ANALYZE');
}
