import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What synchronization decides by has columns of its own in `sync_change` and `sync_link`; a reason is for people and
 * clients to read.
 */
export class StateBesideReasons1830000001000 implements MigrationInterface {
  name = 'StateBesideReasons1830000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...columns, ...outOfReasons]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...intoReasons, ...withoutColumns]) await queryRunner.query(statement);
  }
}

const columns = [
  `ALTER TABLE sync_change
     ADD COLUMN directory_version bigint,
     ADD COLUMN directory_groups text,
     ADD COLUMN waits_for jsonb,
     ADD COLUMN groups jsonb,
     ADD COLUMN origin text NOT NULL DEFAULT 'stored-link',
     ADD COLUMN original_kind text,
     ADD COLUMN unlinked jsonb,
     ADD COLUMN kept_reason jsonb,
     ADD COLUMN rejected_by uuid,
     ADD COLUMN was_approved boolean NOT NULL DEFAULT false`,
  `ALTER TABLE sync_link
     ADD COLUMN directory_version bigint,
     ADD COLUMN directory_groups text,
     ADD COLUMN suppressed_by uuid,
     ADD COLUMN held_at timestamptz,
     ADD COLUMN awaits_adoption boolean NOT NULL DEFAULT false,
     ADD COLUMN disputed_email_key text`,
];

/** One pass over each table, which also takes the parameters out of the reasons. */
const outOfReasons = [
  'DROP INDEX sync_change_waiting',
  `UPDATE sync_change c SET
     directory_version = (p ->> 'directoryVersion')::bigint,
     directory_groups = CASE WHEN p ? 'directoryGroups' THEN coalesce(p ->> 'directoryGroups', '') END,
     waits_for = CASE WHEN p ?| ARRAY['managerPending', 'referencesPending'] THEN jsonb_build_object(
       'manager', p -> 'managerPending', 'properties', coalesce(p -> 'referencesPending', '{}')) END,
     groups = CASE WHEN p ?| ARRAY['groupsJoined', 'groupsLeft'] THEN jsonb_build_object(
       'joined', coalesce(p -> 'groupsJoined', '[]'), 'left', coalesce(p -> 'groupsLeft', '[]')) END,
     origin = CASE c.reason ->> 'code' WHEN 'new-person' THEN 'nobody' WHEN 'brought-back' THEN 'bring-back'
       WHEN 'undo' THEN 'undo' WHEN 'returner' THEN 'returner' WHEN 'same-email' THEN 'same-email'
       WHEN 'linked-by-admin' THEN 'linked-by-admin' ELSE 'stored-link' END,
     original_kind = p ->> 'originalKind',
     unlinked = p -> 'unlinked',
     kept_reason = p -> 'kept',
     rejected_by = (p ->> 'rejectedBy')::uuid,
     was_approved = p ? 'approved',
     reason = jsonb_set(c.reason, '{params}', p - ARRAY['directoryVersion', 'directoryGroups', 'managerPending',
       'referencesPending', 'groupsJoined', 'groupsLeft', 'originalKind', 'unlinked', 'kept', 'rejectedBy', 'approved'])
   FROM (SELECT workspace_id, id, reason -> 'params' AS p FROM sync_change) x
   WHERE c.workspace_id = x.workspace_id AND c.id = x.id AND (p <> '{}' OR c.reason ->> 'code' IN ('new-person',
     'undo', 'returner', 'same-email', 'linked-by-admin', 'brought-back'))`,
  `CREATE INDEX sync_change_waiting ON sync_change (workspace_id, run_id) WHERE waits_for IS NOT NULL`,
  `UPDATE sync_link l SET
     directory_version = (p ->> 'directoryVersion')::bigint,
     directory_groups = CASE WHEN p ? 'directoryGroups' THEN coalesce(p ->> 'directoryGroups', '') END,
     suppressed_by = (p ->> 'runId')::uuid,
     held_at = (p ->> 'heldAt')::timestamptz,
     awaits_adoption = l.reason ->> 'code' = 'linked-by-admin',
     disputed_email_key = CASE WHEN l.state = 'conflict' THEN scim_fold(p ->> 'email') END,
     reason = CASE WHEN l.reason ->> 'code' <> 'linked-by-admin' THEN
       jsonb_set(l.reason, '{params}', p - ARRAY['directoryVersion', 'directoryGroups']) END
   FROM (SELECT workspace_id, directory_user_id, reason -> 'params' AS p FROM sync_link WHERE reason IS NOT NULL) x
   WHERE l.workspace_id = x.workspace_id AND l.directory_user_id = x.directory_user_id`,
];

const groupsParam = `CASE WHEN directory_groups IS NULL THEN '{}'
       ELSE jsonb_build_object('directoryGroups', nullif(directory_groups, '')) END`;

const intoReasons = [
  'DROP INDEX sync_change_waiting',
  `UPDATE sync_change SET reason = jsonb_set(reason, '{params}', (reason -> 'params')
     || jsonb_build_object('directoryVersion', directory_version::text)
     || ${groupsParam}
     || jsonb_strip_nulls(jsonb_build_object('managerPending', waits_for -> 'manager', 'referencesPending', nullif(waits_for -> 'properties', '{}'),
       'groupsJoined', nullif(groups -> 'joined', '[]'), 'groupsLeft', nullif(groups -> 'left', '[]'),
       'originalKind', original_kind, 'kept', kept_reason, 'rejectedBy', rejected_by,
       'approved', CASE WHEN was_approved THEN true END))
     || CASE WHEN unlinked IS NULL THEN '{}' ELSE jsonb_build_object('unlinked', unlinked) END)`,
  `CREATE INDEX sync_change_waiting ON sync_change (workspace_id, run_id)
   WHERE reason #> '{params,managerPending}' IS NOT NULL OR reason #> '{params,referencesPending}' IS NOT NULL`,
  `UPDATE sync_link SET reason = jsonb_set(reason, '{params}', (reason -> 'params')
     || jsonb_build_object('directoryVersion', directory_version::text)
     || ${groupsParam})
   WHERE reason IS NOT NULL AND state <> 'excluded'`,
  `UPDATE sync_link SET reason = '{"code": "linked-by-admin", "params": {}}' WHERE awaits_adoption`,
];

const withoutColumns = [
  `ALTER TABLE sync_link DROP COLUMN directory_version, DROP COLUMN directory_groups, DROP COLUMN suppressed_by,
     DROP COLUMN held_at, DROP COLUMN awaits_adoption, DROP COLUMN disputed_email_key`,
  `ALTER TABLE sync_change DROP COLUMN directory_version, DROP COLUMN directory_groups, DROP COLUMN waits_for,
     DROP COLUMN groups, DROP COLUMN origin, DROP COLUMN original_kind, DROP COLUMN unlinked, DROP COLUMN kept_reason,
     DROP COLUMN rejected_by, DROP COLUMN was_approved`,
];
