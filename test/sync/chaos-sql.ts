/** So many people in the directory, none of them a member yet. */
export const seed = `
  WITH person AS (
    SELECT n, ('01930000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, 'person' || n || '@example.com' AS name
    FROM generate_series(1, $2::int) AS n
  )
  INSERT INTO directory_user
    (workspace_id, id, external_id, user_name, user_name_key, active, resource, created_at, modified_at)
  SELECT $1, id, 'object-' || n, name, name, true, jsonb_build_object('userName', name, 'externalId', 'object-' || n,
    'active', true, 'displayName', name, 'title', 'First', 'emails', jsonb_build_array(
      jsonb_build_object('type', 'work', 'primary', true, 'value', name))), now(), now()
  FROM person`;

/** Everybody gets another title, as if the identity provider had sent it. */
export const news = `
  WITH changed AS (
    UPDATE directory_user SET version = version + 1, modified_at = now(),
      resource = jsonb_set(resource, '{title}', to_jsonb('News ' || version))
    WHERE workspace_id = $1 RETURNING id)
  INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
  SELECT $1, id, gen_random_uuid(), 'updated', now() FROM changed
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version`;

/**
 * strangers: members that are nobody's; unsynced: people whose member says something else; twice: people who were
 * created more than once, or never; torn: changes that do not begin where the one before ended.
 */
export const faultsSql = `
  SELECT
    (SELECT count(*)::int FROM member m WHERE m.workspace_id = $1 AND NOT EXISTS (
       SELECT 1 FROM directory_user u WHERE u.workspace_id = $1 AND u.id = m.id)) AS strangers,
    (SELECT count(*)::int FROM directory_user u LEFT JOIN member m ON m.workspace_id = $1 AND m.id = u.id
     WHERE u.workspace_id = $1 AND u.user_name LIKE '%@%' AND (m.job_title IS DISTINCT FROM u.resource ->> 'title' OR m.status <> 'active'
       OR m.email <> u.user_name)) AS unsynced,
    (SELECT count(*)::int FROM sync_queue WHERE workspace_id = $1) AS queued,
    (SELECT count(*)::int FROM directory_user u WHERE u.workspace_id = $1 AND u.user_name LIKE '%@%' AND 1 <> (
       SELECT count(*) FROM sync_change c
       WHERE c.workspace_id = $1 AND c.directory_user_id = u.id AND c.kind = 'create')) AS twice,
    (SELECT count(*)::int FROM (
       SELECT f ->> 'before' AS before, lag(f ->> 'after') OVER (PARTITION BY directory_user_id ORDER BY c.id) AS previous
       FROM sync_change c, jsonb_array_elements(c.fields) f
       WHERE c.workspace_id = $1 AND f ->> 'field' = 'jobTitle') chain
     WHERE before IS DISTINCT FROM previous) AS torn,
    (SELECT count(*)::int FROM sync_run WHERE workspace_id = $1 AND state <> 'succeeded') AS failed`;
