import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The statements that change groups queue the people concerned themselves. The triggers that did it stay for the release
 * before this one, which may still serve and write, and stand aside for a statement that names `regrouped_at`. A database
 * without a workspace is served by no earlier release: there they go at once, as `npm run distribute` lets them go. The
 * release after this one drops what is left.
 */
export class QueuedByStatements1933000000000 implements MigrationInterface {
  name = 'QueuedByStatements1933000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [functionOfMembers(standAside), functionOfNames(standAside)])
      await queryRunner.query(statement);
    await queryRunner.query(
      `DO $$ BEGIN IF NOT EXISTS (SELECT FROM workspace) THEN ${dropTriggersSql.join('; ')}; END IF; END $$`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [functionOfMembers(''), functionOfNames(''), ...triggers])
      await queryRunner.query(statement);
  }
}

/** What takes the triggers away where no earlier release serves any more. */
export const dropTriggersSql: readonly string[] = [
  'DROP TRIGGER IF EXISTS directory_group_joined ON directory_group_member',
  'DROP TRIGGER IF EXISTS directory_group_left ON directory_group_member',
  'DROP TRIGGER IF EXISTS directory_group_arrived ON directory_group_member',
  'DROP TRIGGER IF EXISTS directory_group_renamed ON directory_group',
  'DROP FUNCTION IF EXISTS queue_group_members()',
  'DROP FUNCTION IF EXISTS queue_renamed_group()',
];

const changed = 'AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_group_members()';

const triggers = [
  `CREATE OR REPLACE TRIGGER directory_group_joined AFTER INSERT ON directory_group_member REFERENCING NEW TABLE ${changed}`,
  `CREATE OR REPLACE TRIGGER directory_group_left AFTER DELETE ON directory_group_member REFERENCING OLD TABLE ${changed}`,
  `CREATE OR REPLACE TRIGGER directory_group_arrived AFTER UPDATE ON directory_group_member REFERENCING NEW TABLE ${changed}`,
  `CREATE OR REPLACE TRIGGER directory_group_renamed AFTER UPDATE ON directory_group
   FOR EACH ROW WHEN (OLD.display_name IS DISTINCT FROM NEW.display_name) EXECUTE FUNCTION queue_renamed_group()`,
];

/** No statement of an earlier release names the column: a function wrote it. */
const standAside = `IF strpos(current_query(), 'regrouped_at') > 0 THEN RETURN NULL; END IF;`;

const onQueued = `ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET version = excluded.version,
  due_at = least(sync_queue.due_at, excluded.due_at), regrouped_at = excluded.regrouped_at`;

const ofRoles = `EXISTS (SELECT 1 FROM role_mapping r WHERE r.workspace_id = d.workspace_id AND d.group_id = ANY (r.group_ids))`;

/** @param first what it does before anything else */
function functionOfMembers(first: string): string {
  return `CREATE OR REPLACE FUNCTION queue_group_members() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     ${first}
     INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
     SELECT c.workspace_id, c.user_id, gen_random_uuid(),
       CASE WHEN TG_OP = 'DELETE' AND bool_or(t.gives_role) THEN 'role' ELSE 'group' END, max(t.at), max(t.at)
     FROM (
       SELECT d.workspace_id, d.group_id, coalesce(g.modified_at, (
         SELECT e.at FROM directory_event e WHERE e.workspace_id = d.workspace_id AND e.resource_id = d.group_id
         ORDER BY e.id DESC LIMIT 1), 'epoch') AS at, ${ofRoles} AS gives_role
       FROM (SELECT DISTINCT workspace_id, group_id FROM changed WHERE user_id IS NOT NULL) d
       JOIN workspace w ON w.id = d.workspace_id
       LEFT JOIN directory_group g ON g.workspace_id = d.workspace_id AND g.id = d.group_id
       WHERE g.id IS NULL OR coalesce(w.settings #>> '{groups,which}', 'all') <> 'picked'
         OR w.settings #> '{groups,picked}' ? d.group_id::text
         OR EXISTS (SELECT 1 FROM member_group m WHERE m.workspace_id = d.workspace_id AND m.id = d.group_id)
         OR ${ofRoles}
         OR g.display_name_key LIKE ANY (coalesce((
           SELECT m.group_patterns FROM attribute_mapping m WHERE m.workspace_id = d.workspace_id
           ORDER BY m.version DESC LIMIT 1), '{}'))
     ) t
     JOIN changed c ON c.workspace_id = t.workspace_id AND c.group_id = t.group_id AND c.user_id IS NOT NULL
     GROUP BY c.workspace_id, c.user_id ORDER BY c.workspace_id, c.user_id
     ${onQueued}, reason = CASE WHEN excluded.reason = 'role' AND sync_queue.reason NOT IN ('leaver', 'returner')
       THEN 'role' ELSE sync_queue.reason END;
     RETURN NULL;
   END $$`;
}

/** @param first what it does before anything else */
function functionOfNames(first: string): string {
  return `CREATE OR REPLACE FUNCTION queue_renamed_group() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     patterns text[];
     which text;
     lifted text;
   BEGIN
     ${first}
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
   END $$`;
}
