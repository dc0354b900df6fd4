import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules read several attribute paths, can be alternatives and say what to do with unknown options; a version says which
 * one it restored. The statement that adds people to a group that a rule reads, or removes them, also queues them.
 */
export class RuleSources1790000000300 implements MigrationInterface {
  name = 'RuleSources1790000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...columns, ...groupTriggers]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [
      'DROP TRIGGER directory_group_renamed ON directory_group',
      'DROP TRIGGER directory_group_joined ON directory_group_member',
      'DROP TRIGGER directory_group_left ON directory_group_member',
      'DROP TRIGGER directory_group_arrived ON directory_group_member',
      'DROP FUNCTION queue_renamed_group()',
      'DROP FUNCTION queue_group_members()',
      'DROP TABLE sync_pending_reference',
      'ALTER TABLE attribute_mapping DROP COLUMN restored_from, DROP COLUMN group_patterns',
      'ALTER TABLE attribute_mapping_rule DROP COLUMN unknown_option, DROP COLUMN is_alternative',
      `DELETE FROM attribute_mapping_rule WHERE jsonb_typeof(source) <> 'string'`,
      `ALTER TABLE attribute_mapping_rule ALTER COLUMN source TYPE text USING source #>> '{}'`,
    ]) {
      await queryRunner.query(statement);
    }
  }
}

const columns = [
  'ALTER TABLE attribute_mapping_rule ALTER COLUMN source TYPE jsonb USING to_jsonb(source)',
  `ALTER TABLE attribute_mapping_rule ADD COLUMN is_alternative boolean NOT NULL DEFAULT false,
     ADD COLUMN unknown_option jsonb`,
  // Until now a second rule for a target was an alternative without saying so.
  `UPDATE attribute_mapping_rule r SET is_alternative = true
   WHERE EXISTS (SELECT 1 FROM attribute_mapping_rule e WHERE e.workspace_id = r.workspace_id AND e.version = r.version
     AND e.target_kind = r.target_kind AND e.target_key = r.target_key AND e.position < r.position)`,
  `ALTER TABLE attribute_mapping ADD COLUMN group_patterns text[] NOT NULL DEFAULT '{}',
     ADD COLUMN restored_from integer`,
  `CREATE TABLE sync_pending_reference (
     workspace_id uuid NOT NULL,
     reference text COLLATE "C" NOT NULL,
     directory_user_id uuid NOT NULL,
     PRIMARY KEY (workspace_id, reference, directory_user_id)
   )`,
  `CREATE INDEX sync_pending_reference_person ON sync_pending_reference (workspace_id, directory_user_id)`,
];

const onQueued = `ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version,
  due_at = least(sync_queue.due_at, excluded.due_at)`;

/**
 * The time is the group's, which comes from the service's clock. A group that is gone has neither time nor name: everybody
 * who was in it is queued. One statement may concern groups of several workspaces.
 */
const groupTriggers = [
  `CREATE FUNCTION queue_group_members() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     SELECT DISTINCT ON (c.workspace_id, c.user_id) c.workspace_id, c.user_id, gen_random_uuid(), 'group',
       coalesce(g.modified_at, 'epoch')
     FROM (SELECT DISTINCT workspace_id FROM changed) w
     CROSS JOIN LATERAL (
       SELECT m.group_patterns FROM attribute_mapping m WHERE m.workspace_id = w.workspace_id
       ORDER BY m.version DESC LIMIT 1) current
     JOIN changed c ON c.workspace_id = w.workspace_id
     LEFT JOIN directory_group g ON g.workspace_id = c.workspace_id AND g.id = c.group_id
     WHERE current.group_patterns <> '{}' AND c.user_id IS NOT NULL
       AND (g.id IS NULL OR g.display_name_key LIKE ANY (current.group_patterns))
     ORDER BY c.workspace_id, c.user_id ${onQueued};
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION queue_renamed_group() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE patterns text[];
   BEGIN
     SELECT group_patterns INTO patterns FROM attribute_mapping
     WHERE workspace_id = NEW.workspace_id ORDER BY version DESC LIMIT 1;
     IF NEW.display_name_key LIKE ANY (patterns) OR OLD.display_name_key LIKE ANY (patterns) THEN
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT DISTINCT ON (d.user_id) d.workspace_id, d.user_id, gen_random_uuid(), 'group', NEW.modified_at
       FROM directory_group_member d
       WHERE d.workspace_id = NEW.workspace_id AND d.group_id = NEW.id AND d.user_id IS NOT NULL
       ORDER BY d.user_id ${onQueued};
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER directory_group_joined AFTER INSERT ON directory_group_member
   REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_group_members()`,
  `CREATE TRIGGER directory_group_left AFTER DELETE ON directory_group_member
   REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_group_members()`,
  `CREATE TRIGGER directory_group_arrived AFTER UPDATE ON directory_group_member
   REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_group_members()`,
  `CREATE TRIGGER directory_group_renamed AFTER UPDATE ON directory_group
   FOR EACH ROW WHEN (OLD.display_name_key IS DISTINCT FROM NEW.display_name_key)
   EXECUTE FUNCTION queue_renamed_group()`,
];
