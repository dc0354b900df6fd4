import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What runs do to groups and memberships is a change that can be shown and taken back: people who join or leave a group
 * are queued by the statement that does it, whether or not a rule reads the group, and a run keeps what it did to each group.
 */
export class ChangesOfGroups1820000001000 implements MigrationInterface {
  name = 'ChangesOfGroups1820000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...triggers, ...stillToDo]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [
      ...earlierTriggers,
      'DROP INDEX sync_run_undoes',
      'ALTER TABLE sync_queue DROP COLUMN regrouped_at',
      'DROP TABLE suppressed_group',
      'DROP TABLE sync_group_change',
    ]) {
      await queryRunner.query(statement);
    }
  }
}

const tables = [
  // One row per run and group, however many people join it; `people` shows some of them.
  `CREATE TABLE sync_group_change (
     workspace_id uuid NOT NULL,
     run_id uuid NOT NULL,
     group_id uuid NOT NULL,
     at timestamptz NOT NULL,
     kind text NOT NULL CHECK (kind IN ('create', 'rename', 'members', 'delete')),
     name text NOT NULL,
     name_before text,
     joined_count integer NOT NULL DEFAULT 0,
     left_count integer NOT NULL DEFAULT 0,
     people jsonb NOT NULL DEFAULT '[]',
     left_behind uuid[] NOT NULL DEFAULT '{}',
     state text NOT NULL DEFAULT 'made' CHECK (state IN ('made', 'undone', 'kept')),
     PRIMARY KEY (workspace_id, run_id, group_id)
   )`,
  `CREATE INDEX sync_group_change_group ON sync_group_change (workspace_id, group_id, run_id)`,
  // What was done to a group, was taken back, and is not to be done again.
  `CREATE TABLE suppressed_group (
     workspace_id uuid NOT NULL,
     group_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('create', 'rename', 'delete')),
     name text NOT NULL,
     run_id uuid NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, group_id)
   )`,
  `ALTER TABLE sync_queue ADD COLUMN regrouped_at timestamptz`,
  `CREATE INDEX sync_run_undoes ON sync_run (workspace_id, undoes_run_id) WHERE undoes_run_id IS NOT NULL`,
];

const onQueued = `ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version,
  due_at = least(sync_queue.due_at, excluded.due_at), regrouped_at = excluded.regrouped_at`;

/**
 * The time is the group's, which comes from the service's clock; that of a group which is gone stands in its history. Of
 * groups that are not among the picked ones only those count that a rule reads, or that are a group of the product.
 */
const triggers = [
  `CREATE OR REPLACE FUNCTION queue_group_members() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
     SELECT c.workspace_id, c.user_id, gen_random_uuid(), 'group', max(t.at), max(t.at)
     FROM (
       SELECT d.workspace_id, d.group_id, coalesce(g.modified_at, (
         SELECT e.at FROM directory_event e WHERE e.workspace_id = d.workspace_id AND e.resource_id = d.group_id
         ORDER BY e.id DESC LIMIT 1), 'epoch') AS at
       FROM (SELECT DISTINCT workspace_id, group_id FROM changed WHERE user_id IS NOT NULL) d
       JOIN workspace w ON w.id = d.workspace_id
       LEFT JOIN directory_group g ON g.workspace_id = d.workspace_id AND g.id = d.group_id
       WHERE g.id IS NULL OR coalesce(w.settings #>> '{groups,which}', 'all') <> 'picked'
         OR w.settings #> '{groups,picked}' ? d.group_id::text
         OR EXISTS (SELECT 1 FROM member_group m WHERE m.workspace_id = d.workspace_id AND m.id = d.group_id)
         OR g.display_name_key LIKE ANY (coalesce((
           SELECT m.group_patterns FROM attribute_mapping m WHERE m.workspace_id = d.workspace_id
           ORDER BY m.version DESC LIMIT 1), '{}'))
     ) t
     JOIN changed c ON c.workspace_id = t.workspace_id AND c.group_id = t.group_id AND c.user_id IS NOT NULL
     GROUP BY c.workspace_id, c.user_id ORDER BY c.workspace_id, c.user_id ${onQueued};
     RETURN NULL;
   END $$`,
  `CREATE OR REPLACE FUNCTION queue_renamed_group() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     patterns text[];
     which text;
     lifted text;
   BEGIN
     SELECT group_patterns INTO patterns FROM attribute_mapping
     WHERE workspace_id = NEW.workspace_id ORDER BY version DESC LIMIT 1;
     SELECT settings #>> '{groups,which}' INTO which FROM workspace WHERE id = NEW.workspace_id;
     DELETE FROM suppressed_group WHERE workspace_id = NEW.workspace_id AND group_id = NEW.id RETURNING kind INTO lifted;
     IF NEW.display_name_key LIKE ANY (patterns) OR OLD.display_name_key LIKE ANY (patterns)
       OR which = 'matching' OR lifted = 'create' THEN
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
       SELECT DISTINCT ON (d.user_id) d.workspace_id, d.user_id, gen_random_uuid(), 'group', NEW.modified_at,
         NEW.modified_at
       FROM directory_group_member d
       WHERE d.workspace_id = NEW.workspace_id AND d.group_id = NEW.id AND d.user_id IS NOT NULL
       ORDER BY d.user_id ${onQueued};
     END IF;
     RETURN NULL;
   END $$`,
  'DROP TRIGGER directory_group_renamed ON directory_group',
  `CREATE TRIGGER directory_group_renamed AFTER UPDATE ON directory_group
   FOR EACH ROW WHEN (OLD.display_name IS DISTINCT FROM NEW.display_name)
   EXECUTE FUNCTION queue_renamed_group()`,
];

/** Groups that no run has brought in line yet, from when a run did that without looking at the people. */
const stillToDo = [
  `INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
   SELECT p.workspace_id, p.id, gen_random_uuid(), 'group', min(p.at)
   FROM (
     SELECT d.workspace_id, m.user_id AS id, d.modified_at AS at FROM directory_group d
     JOIN directory_group_member m ON m.workspace_id = d.workspace_id AND m.group_id = d.id
     LEFT JOIN member_group g ON g.workspace_id = d.workspace_id AND g.directory_group_id = d.id
     WHERE g.directory_group_version IS DISTINCT FROM d.version AND m.user_id IS NOT NULL
     UNION ALL
     SELECT g.workspace_id, l.directory_user_id, coalesce(d.modified_at, g.updated_at) FROM member_group g
     JOIN member_group_member m ON m.workspace_id = g.workspace_id AND m.group_id = g.id
     JOIN sync_link l ON l.workspace_id = g.workspace_id AND l.member_id = m.member_id
     LEFT JOIN directory_group d ON d.workspace_id = g.workspace_id AND d.id = g.directory_group_id
     WHERE g.directory_group_id IS NOT NULL AND g.directory_group_version IS DISTINCT FROM d.version
   ) p
   GROUP BY p.workspace_id, p.id ORDER BY p.workspace_id, p.id
   ON CONFLICT (workspace_id, directory_user_id) DO NOTHING`,
];

const earlierOnQueued = `ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version,
  due_at = least(sync_queue.due_at, excluded.due_at)`;

const earlierTriggers = [
  'DROP TRIGGER directory_group_renamed ON directory_group',
  `CREATE TRIGGER directory_group_renamed AFTER UPDATE ON directory_group
   FOR EACH ROW WHEN (OLD.display_name_key IS DISTINCT FROM NEW.display_name_key)
   EXECUTE FUNCTION queue_renamed_group()`,
  `CREATE OR REPLACE FUNCTION queue_renamed_group() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE patterns text[];
   BEGIN
     SELECT group_patterns INTO patterns FROM attribute_mapping
     WHERE workspace_id = NEW.workspace_id ORDER BY version DESC LIMIT 1;
     IF NEW.display_name_key LIKE ANY (patterns) OR OLD.display_name_key LIKE ANY (patterns) THEN
       INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
       SELECT DISTINCT ON (d.user_id) d.workspace_id, d.user_id, gen_random_uuid(), 'group', NEW.modified_at
       FROM directory_group_member d
       WHERE d.workspace_id = NEW.workspace_id AND d.group_id = NEW.id AND d.user_id IS NOT NULL
       ORDER BY d.user_id ${earlierOnQueued};
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE OR REPLACE FUNCTION queue_group_members() RETURNS trigger LANGUAGE plpgsql AS $$
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
     ORDER BY c.workspace_id, c.user_id ${earlierOnQueued};
     RETURN NULL;
   END $$`,
];
