/** The people of the product, their properties and groups, and the rules that fill them. */
export const members = [
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
  // A removed member gives its address back; a deactivated one keeps it.
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
