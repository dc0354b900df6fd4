/** Workspaces, what opens them, and their API tokens. */
export const workspaces = [
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
