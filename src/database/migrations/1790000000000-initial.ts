import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. Every table of a workspace has `workspace_id` first in its primary, unique and foreign keys,
 * so that the same schema can be distributed by workspace. The global tables, to be reference tables there, are
 * `workspace`, `api_token_secret`, `admin_link` and `admin_session`.
 */
export class Initial1790000000000 implements MigrationInterface {
  name = 'Initial1790000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [
      ...functions,
      ...globalTables,
      ...directory,
      ...members,
      ...synchronization,
      ...logs,
    ]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = [
      'audit_log',
      'provisioning_log',
      'sync_change',
      'sync_run',
      'nightly_claim',
      'sync_link',
      'sync_queue',
      'attribute_mapping_rule',
      'attribute_mapping',
      'member_group_member',
      'member_group',
      'member',
      'property',
      'directory_event',
      'directory_group_member',
      'directory_group',
      'directory_user',
      'admin_session',
      'admin_link',
      'api_token_secret',
      'api_token',
      'workspace',
    ];
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
    await queryRunner.query('DROP FUNCTION scim_fold(text)');
    await queryRunner.query('DROP FUNCTION scim_timestamp(text)');
    await queryRunner.query('DROP FUNCTION scim_uuid(text)');
  }
}

/**
 * Folding must be the same in JavaScript and SQL: NFC, then simple lower-casing. Which collation lower-cases by
 * code point depends on the server: `pg_c_utf8` is built in from PostgreSQL 17; 16 has the C library's `C.UTF-8`.
 */
const functions = [
  `DO $do$
   DECLARE chosen text;
   BEGIN
     SELECT quote_ident(nspname) || '.' || quote_ident(collname) INTO chosen
     FROM pg_collation JOIN pg_namespace n ON n.oid = collnamespace
     WHERE collname IN ('pg_c_utf8', 'C.UTF-8', 'C.utf8')
       AND collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))
     ORDER BY collname = 'pg_c_utf8' DESC LIMIT 1;
     IF chosen IS NULL THEN
       RAISE EXCEPTION 'This PostgreSQL has neither the collation pg_c_utf8 nor C.UTF-8';
     END IF;
     EXECUTE format($fn$
       CREATE FUNCTION scim_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
       RETURN lower(normalize(value, NFC) COLLATE %s) COLLATE "C"
     $fn$, chosen);
   END $do$`,
  // A dateTime that does not parse is no value at all; a cast would fail the whole query instead.
  `CREATE FUNCTION scim_timestamp(value text) RETURNS timestamptz LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
   BEGIN
     IF value !~ '^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}:?\\d{2})?$' THEN RETURN NULL; END IF;
     IF value !~ '([Zz]|[+-]\\d{2}:?\\d{2})$' THEN value := value || 'Z'; END IF;
     RETURN value::timestamptz;
   EXCEPTION WHEN others THEN RETURN NULL;
   END $fn$`,
  // A reference is opaque text from outside: what is no UUID names nobody, and must not fail the query.
  `CREATE FUNCTION scim_uuid(value text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
   RETURN CASE WHEN value ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN value::uuid END`,
];

const globalTables = [
  `CREATE TABLE workspace (
     id uuid PRIMARY KEY,
     name text NOT NULL,
     slug text NOT NULL CONSTRAINT workspace_slug_key UNIQUE,
     entitled boolean NOT NULL DEFAULT false,
     activated_at timestamptz,
     settings jsonb NOT NULL,
     next_sync_at timestamptz,
     last_contact_at timestamptz,
     last_contact_status integer,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  `CREATE INDEX workspace_next_sync_at ON workspace (next_sync_at) WHERE entitled AND activated_at IS NOT NULL`,
  `CREATE TABLE api_token (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     prefix text NOT NULL,
     last_four text NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz,
     revoked_at timestamptz,
     last_used_at timestamptz,
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE TABLE api_token_secret (
     secret_hash bytea PRIMARY KEY,
     workspace_id uuid NOT NULL,
     token_id uuid NOT NULL
   )`,
  `CREATE INDEX api_token_secret_token ON api_token_secret (workspace_id, token_id)`,
  `CREATE TABLE admin_link (
     code_hash bytea PRIMARY KEY,
     workspace_id uuid NOT NULL,
     email text NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     used_at timestamptz
   )`,
  `CREATE INDEX admin_link_workspace ON admin_link (workspace_id)`,
  `CREATE TABLE admin_session (
     token_hash bytea PRIMARY KEY,
     workspace_id uuid NOT NULL,
     email text NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  `CREATE INDEX admin_session_workspace ON admin_session (workspace_id)`,
];

const managerPath = `'{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,manager,value}'`;

const directory = [
  `CREATE TABLE directory_user (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     external_id text COLLATE "C",
     user_name text NOT NULL,
     user_name_key text COLLATE "C" NOT NULL,
     active boolean NOT NULL,
     manager_value text COLLATE "C" GENERATED ALWAYS AS (resource #>> ${managerPath}) STORED,
     resource jsonb NOT NULL,
     version bigint NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL,
     modified_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT directory_user_user_name_key UNIQUE (workspace_id, user_name_key),
     CONSTRAINT directory_user_external_id_key UNIQUE (workspace_id, external_id)
   )`,
  `CREATE INDEX directory_user_order ON directory_user (workspace_id, created_at, id)`,
  `CREATE INDEX directory_user_manager ON directory_user (workspace_id, manager_value) WHERE manager_value IS NOT NULL`,
  `CREATE TABLE directory_group (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     external_id text COLLATE "C",
     display_name text NOT NULL,
     display_name_key text COLLATE "C" NOT NULL,
     resource jsonb NOT NULL,
     version bigint NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL,
     modified_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT directory_group_external_id_key UNIQUE (workspace_id, external_id)
   )`,
  `CREATE INDEX directory_group_order ON directory_group (workspace_id, created_at, id)`,
  `CREATE INDEX directory_group_display_name ON directory_group (workspace_id, display_name_key)`,
  // `value` is what the identity provider said; `user_id` is null while nobody it could mean has arrived.
  `CREATE TABLE directory_group_member (
     workspace_id uuid NOT NULL,
     group_id uuid NOT NULL,
     value text COLLATE "C" NOT NULL,
     user_id uuid,
     type text,
     display text,
     PRIMARY KEY (workspace_id, group_id, value),
     FOREIGN KEY (workspace_id, group_id) REFERENCES directory_group (workspace_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX directory_group_member_user ON directory_group_member (workspace_id, user_id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX directory_group_member_pending ON directory_group_member (workspace_id, value) WHERE user_id IS NULL`,
  `CREATE TABLE directory_event (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     at timestamptz NOT NULL,
     resource_type text NOT NULL CHECK (resource_type IN ('User', 'Group')),
     resource_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('created', 'updated', 'deleted', 'restored')),
     changes jsonb NOT NULL,
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE INDEX directory_event_resource ON directory_event (workspace_id, resource_id, id)`,
];

const members = [
  `CREATE TABLE property (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     key text NOT NULL,
     name text NOT NULL,
     type text NOT NULL,
     options jsonb,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT property_key_key UNIQUE (workspace_id, key)
   )`,
  `CREATE TABLE member (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     email text NOT NULL,
     email_key text COLLATE "C" NOT NULL,
     first_name text,
     last_name text,
     display_name text,
     job_title text,
     language text,
     status text NOT NULL CHECK (status IN ('active', 'deactivated', 'removed')),
     source text NOT NULL CHECK (source IN ('manual', 'import', 'provisioning')),
     external_id text COLLATE "C",
     provisioned_fields text[] NOT NULL DEFAULT '{}',
     properties jsonb NOT NULL DEFAULT '{}',
     manager_id uuid,
     deactivated_at timestamptz,
     removal_due_at timestamptz,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id)
   )`,
  // A removed member gives his address back; a deactivated one keeps it.
  `CREATE UNIQUE INDEX member_email_key ON member (workspace_id, email_key) WHERE status <> 'removed'`,
  `CREATE INDEX member_external_id ON member (workspace_id, external_id) WHERE external_id IS NOT NULL`,
  `CREATE INDEX member_manager ON member (workspace_id, manager_id) WHERE manager_id IS NOT NULL`,
  `CREATE INDEX member_removal_due ON member (removal_due_at) WHERE removal_due_at IS NOT NULL`,
  // `directory_group_version` is the version of the directory group that this one was last brought in line with.
  `CREATE TABLE member_group (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL,
     directory_group_id uuid,
     directory_group_version bigint,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT member_group_directory_group_key UNIQUE (workspace_id, directory_group_id)
   )`,
  `CREATE TABLE member_group_member (
     workspace_id uuid NOT NULL,
     group_id uuid NOT NULL,
     member_id uuid NOT NULL,
     PRIMARY KEY (workspace_id, group_id, member_id),
     FOREIGN KEY (workspace_id, group_id) REFERENCES member_group (workspace_id, id) ON DELETE CASCADE,
     FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX member_group_member_member ON member_group_member (workspace_id, member_id)`,
  `CREATE TABLE attribute_mapping (
     workspace_id uuid NOT NULL,
     version integer NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, version)
   )`,
  `CREATE TABLE attribute_mapping_rule (
     workspace_id uuid NOT NULL,
     version integer NOT NULL,
     position integer NOT NULL,
     source text NOT NULL,
     transforms jsonb NOT NULL,
     target_kind text NOT NULL CHECK (target_kind IN ('field', 'property')),
     target_key text NOT NULL,
     apply_when text NOT NULL CHECK (apply_when IN ('always', 'create')),
     PRIMARY KEY (workspace_id, version, position),
     FOREIGN KEY (workspace_id, version) REFERENCES attribute_mapping (workspace_id, version) ON DELETE CASCADE
   )`,
];

const synchronization = [
  // Who must be looked at by the next run. `version` is a fresh random stamp at each cause, so that the batch that
  // handled an older cause does not delete a newer one.
  `CREATE TABLE sync_queue (
     workspace_id uuid NOT NULL,
     directory_user_id uuid NOT NULL,
     version uuid NOT NULL,
     reason text NOT NULL,
     due_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, directory_user_id)
   )`,
  `CREATE INDEX sync_queue_leavers ON sync_queue (due_at, workspace_id) WHERE reason = 'leaver'`,
  `CREATE TABLE sync_link (
     workspace_id uuid NOT NULL,
     directory_user_id uuid NOT NULL,
     member_id uuid,
     external_id text COLLATE "C",
     state text NOT NULL CHECK (state IN ('linked', 'conflict', 'held', 'excluded', 'suppressed')),
     reason jsonb,
     suppressed_kind text,
     name text NOT NULL DEFAULT '',
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, directory_user_id),
     CONSTRAINT sync_link_member_key UNIQUE (workspace_id, member_id)
   )`,
  `CREATE INDEX sync_link_state ON sync_link (workspace_id, state) WHERE state <> 'linked'`,
  `CREATE INDEX sync_link_external_id ON sync_link (workspace_id, external_id) WHERE external_id IS NOT NULL`,
  `CREATE TABLE nightly_claim (
     workspace_id uuid NOT NULL,
     night date NOT NULL,
     claimed_at timestamptz NOT NULL,
     run_id uuid,
     PRIMARY KEY (workspace_id, night)
   )`,
  `CREATE TABLE sync_run (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     trigger text NOT NULL CHECK (trigger IN ('manual', 'nightly', 'leaver', 'undo')),
     state text NOT NULL CHECK (state IN
       ('queued', 'running', 'awaiting_approval', 'succeeded', 'failed', 'undone', 'partially_undone')),
     total integer NOT NULL DEFAULT 0,
     done integer NOT NULL DEFAULT 0,
     counts jsonb NOT NULL DEFAULT '{}',
     requested_by text NOT NULL,
     undoes_run_id uuid,
     error text,
     attempts integer NOT NULL DEFAULT 0,
     fence bigint NOT NULL DEFAULT 0,
     lease_owner uuid,
     lease_until timestamptz,
     created_at timestamptz NOT NULL,
     started_at timestamptz,
     finished_at timestamptz,
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE UNIQUE INDEX sync_run_one_at_a_time ON sync_run (workspace_id)
     WHERE state IN ('queued', 'running') AND trigger IN ('manual', 'nightly')`,
  `CREATE INDEX sync_run_open ON sync_run (lease_until) WHERE state IN ('queued', 'running')`,
  `CREATE TABLE sync_change (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     run_id uuid NOT NULL,
     at timestamptz NOT NULL,
     kind text NOT NULL,
     directory_user_id uuid NOT NULL,
     member_id uuid,
     name text NOT NULL,
     fields jsonb NOT NULL,
     reason jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('made', 'held', 'approved', 'rejected', 'undone', 'kept')),
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT sync_change_once_key UNIQUE (workspace_id, run_id, directory_user_id)
   )`,
  `CREATE INDEX sync_change_person ON sync_change (workspace_id, directory_user_id, id)`,
  `CREATE INDEX sync_change_member ON sync_change (workspace_id, member_id, id) WHERE member_id IS NOT NULL`,
  `CREATE INDEX sync_change_removals ON sync_change (workspace_id, at)
     WHERE kind IN ('deactivate', 'remove') AND state IN ('made', 'approved')`,
];

const logs = [
  `CREATE TABLE provisioning_log (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     at timestamptz NOT NULL,
     request_id text NOT NULL,
     token_id uuid,
     method text NOT NULL,
     path text NOT NULL,
     status integer NOT NULL,
     scim_type text,
     detail text,
     resource_type text,
     resource_id text,
     user_agent text,
     duration_ms integer NOT NULL,
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE INDEX provisioning_log_resource ON provisioning_log (workspace_id, resource_id, id)`,
  `CREATE TABLE audit_log (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     at timestamptz NOT NULL,
     actor_kind text NOT NULL CHECK (actor_kind IN ('operator', 'admin', 'system')),
     actor_email text,
     action text NOT NULL,
     target text,
     details jsonb NOT NULL DEFAULT '{}',
     PRIMARY KEY (workspace_id, id)
   )`,
];
