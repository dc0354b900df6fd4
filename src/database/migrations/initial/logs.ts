/** What the identity provider asked, and what admins and operators did. */
export const logs = [
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
