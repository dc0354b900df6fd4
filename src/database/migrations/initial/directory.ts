const managerPath = `'{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,manager,value}'`;

/** What the identity provider sent. */
export const directory = [
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
     CONSTRAINT directory_user_user_name_key UNIQUE (workspace_id, user_name_key)
   )`,
  // Not unique: an identity provider may give one externalId to several resources (RFC 7643 §3.1).
  `CREATE INDEX directory_user_external_id ON directory_user (workspace_id, external_id)`,
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
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE INDEX directory_group_external_id ON directory_group (workspace_id, external_id)`,
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
