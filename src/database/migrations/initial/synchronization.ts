/** Who must be looked at, who is who, and what runs did. */
export const synchronization = [
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
