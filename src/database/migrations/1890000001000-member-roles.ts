import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Roles of members: which there are, what gives them in a workspace, and who has them. Who leaves a group that gives a role is
 * queued for the lane that takes it away.
 */
export class MemberRoles1890000001000 implements MigrationInterface {
  name = 'MemberRoles1890000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...tables, queue('role', groupsOfRoles)]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [queue('group', ''), ...earlier]) await queryRunner.query(statement);
  }
}

const earlierTriggers = `'manual', 'nightly', 'leaver', 'returner', 'undo', 'bring_back', 'seat'`;

const tables = [
  `CREATE TABLE declared_roles (
     is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT declared_roles_is_only_check CHECK (is_only),
     roles jsonb NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE TABLE role_mapping (
     workspace_id uuid PRIMARY KEY,
     version integer NOT NULL,
     default_role text,
     rules jsonb NOT NULL,
     without_group text NOT NULL,
     role_keys text[] NOT NULL,
     group_ids uuid[] NOT NULL,
     reads_attributes boolean NOT NULL,
     updated_at timestamptz NOT NULL,
     CONSTRAINT role_mapping_without_group_check CHECK (without_group IN ('default', 'keep', 'deactivate'))
   )`,
  `ALTER TABLE workspace ADD COLUMN reads_role_attributes boolean NOT NULL DEFAULT false`,
  `ALTER TABLE member ADD COLUMN role text, ADD COLUMN role_groups text[] NOT NULL DEFAULT '{}'`,
  `CREATE INDEX member_role ON member (workspace_id, role) WHERE role IS NOT NULL`,
  'ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check',
  `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check
     CHECK (trigger IN (${earlierTriggers}, 'role')) NOT VALID`,
  `CREATE INDEX sync_queue_lanes ON sync_queue (workspace_id, reason, due_at)
     WHERE reason IN ('leaver', 'returner', 'role')`,
  'DROP INDEX sync_queue_lane',
];

const earlier = [
  `UPDATE sync_queue SET reason = 'updated' WHERE reason = 'role'`,
  `CREATE INDEX sync_queue_lane ON sync_queue (workspace_id, reason, due_at) WHERE reason IN ('leaver', 'returner')`,
  'DROP INDEX sync_queue_lanes',
  `UPDATE sync_run SET trigger = 'leaver' WHERE trigger = 'role'`,
  'ALTER TABLE sync_run DROP CONSTRAINT sync_run_trigger_check',
  `ALTER TABLE sync_run ADD CONSTRAINT sync_run_trigger_check CHECK (trigger IN (${earlierTriggers})) NOT VALID`,
  'ALTER TABLE member DROP COLUMN role, DROP COLUMN role_groups',
  'ALTER TABLE workspace DROP COLUMN reads_role_attributes',
  'DROP TABLE role_mapping',
  'DROP TABLE declared_roles',
];

const groupsOfRoles = `
         OR EXISTS (SELECT 1 FROM role_mapping r WHERE r.workspace_id = d.workspace_id AND d.group_id = ANY (r.group_ids))`;

/**
 * The time is the group's, which comes from the service's clock; that of a group which is gone stands in its history. Of
 * groups that are not among the picked ones only those count that a rule reads, or that are a group of the product.
 *
 * @param left the reason of those who left a group that gives a role
 * @param more a condition for more groups that count
 */
function queue(left: 'role' | 'group', more: string): string {
  const reason =
    left === 'group'
      ? `'group'`
      : `CASE WHEN TG_OP = 'DELETE' AND bool_or(t.gives_role) THEN 'role' ELSE 'group' END`;
  const givesRole =
    left === 'group'
      ? ''
      : `, EXISTS (SELECT 1 FROM role_mapping r
         WHERE r.workspace_id = d.workspace_id AND d.group_id = ANY (r.group_ids)) AS gives_role`;
  const kept =
    left === 'group'
      ? ''
      : `,
  reason = CASE WHEN excluded.reason = 'role' AND sync_queue.reason NOT IN ('leaver', 'returner') THEN 'role'
    ELSE sync_queue.reason END`;
  return `CREATE OR REPLACE FUNCTION queue_group_members() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
     SELECT c.workspace_id, c.user_id, gen_random_uuid(), ${reason}, max(t.at), max(t.at)
     FROM (
       SELECT d.workspace_id, d.group_id, coalesce(g.modified_at, (
         SELECT e.at FROM directory_event e WHERE e.workspace_id = d.workspace_id AND e.resource_id = d.group_id
         ORDER BY e.id DESC LIMIT 1), 'epoch') AS at${givesRole}
       FROM (SELECT DISTINCT workspace_id, group_id FROM changed WHERE user_id IS NOT NULL) d
       JOIN workspace w ON w.id = d.workspace_id
       LEFT JOIN directory_group g ON g.workspace_id = d.workspace_id AND g.id = d.group_id
       WHERE g.id IS NULL OR coalesce(w.settings #>> '{groups,which}', 'all') <> 'picked'
         OR w.settings #> '{groups,picked}' ? d.group_id::text
         OR EXISTS (SELECT 1 FROM member_group m WHERE m.workspace_id = d.workspace_id AND m.id = d.group_id)${more}
         OR g.display_name_key LIKE ANY (coalesce((
           SELECT m.group_patterns FROM attribute_mapping m WHERE m.workspace_id = d.workspace_id
           ORDER BY m.version DESC LIMIT 1), '{}'))
     ) t
     JOIN changed c ON c.workspace_id = t.workspace_id AND c.group_id = t.group_id AND c.user_id IS NOT NULL
     GROUP BY c.workspace_id, c.user_id ORDER BY c.workspace_id, c.user_id
     ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version,
  due_at = least(sync_queue.due_at, excluded.due_at), regrouped_at = excluded.regrouped_at${kept};
     RETURN NULL;
   END $$`;
}
