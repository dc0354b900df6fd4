import type pg from 'pg';

/**
 * How far a move is, as the old database says it.
 *
 * - `copying`: what changes is noted
 * - `closing`: requests change nothing any more; what they left to be written later still is
 * - `frozen`: nothing changes
 * - `moved`: the other database has it
 * - `cleared`: and what is no longer needed here is gone
 */
export type Phase = 'copying' | 'closing' | 'frozen' | 'moved' | 'cleared';

/**
 * What a table is to a move.
 *
 * - `main`: moves; closed first
 * - `late`: moves; still written for a moment after the answer to a request
 * - `kept`: moves, and stays here too, to be read by those who still follow this place
 */
export type Role = 'main' | 'late' | 'kept';

/** How long a statement of the move waits for writers; they wait behind it for as long. */
const lockWaitSeconds = 3;
const pauseMs = 1_000;
const attemptsMax = 60;
const lockNotAvailable = '55P03';

/** Of an advisory lock that each writer of a workspace shares while it is moved, and that a change of phase takes alone. */
const lockOf = (workspace: string) => `hashtextextended('workspace move ' || ${workspace}, 0)`;

/**
 * What stands before the tables while a workspace is moved, and after: a schema of its own, made by the first move. The
 * trigger notes the keys of the rows that change, and refuses what the phase does not allow: nothing can write past it.
 */
const schemaSql = `
CREATE SCHEMA IF NOT EXISTS workspace_move;
CREATE TABLE IF NOT EXISTS workspace_move.move (
  workspace_id uuid PRIMARY KEY,
  move_id uuid NOT NULL,
  phase text NOT NULL,
  target bytea NOT NULL,
  moved_to text,
  started_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS workspace_move.change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL,
  table_name text NOT NULL,
  key jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS change_workspace ON workspace_move.change (workspace_id, table_name);
CREATE TABLE IF NOT EXISTS workspace_move.arrival (
  workspace_id uuid NOT NULL,
  move_id uuid PRIMARY KEY,
  source bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE OR REPLACE FUNCTION workspace_move.key_of(item jsonb, VARIADIC columns text[]) RETURNS jsonb LANGUAGE sql AS
  $$ SELECT jsonb_object_agg(name, item -> name) FROM unnest(columns) AS name $$;
CREATE OR REPLACE FUNCTION workspace_move.guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog AS $$
DECLARE
  workspace uuid := TG_ARGV[0];
  role text := TG_ARGV[1];
  columns text[] := TG_ARGV[2:];
  reached text;
  contact text[] := ARRAY['last_contact_at', 'last_contact_status'];
BEGIN
  -- The move itself, which empties the tables in the end.
  IF current_setting('workspace_move.by', true) = TG_ARGV[0] THEN RETURN coalesce(NEW, OLD); END IF;
  PERFORM pg_advisory_xact_lock_shared(${lockOf('workspace::text')});
  IF current_setting('transaction_isolation') = 'read committed' THEN
    SELECT phase INTO reached FROM workspace_move.move WHERE workspace_id = workspace;
  ELSE
    -- Its snapshot may be older than the phase: that fails as a conflict then, and is tried again.
    SELECT phase INTO reached FROM workspace_move.move WHERE workspace_id = workspace FOR SHARE;
  END IF;
  IF reached IN ('moved', 'cleared') THEN
    -- What is kept may become less, and it may be noted that somebody still asks here.
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND role = 'kept') THEN RETURN coalesce(NEW, OLD); END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'workspace' AND to_jsonb(NEW) - contact = to_jsonb(OLD) - contact
      THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'This workspace has been moved' USING ERRCODE = 'UM002';
  END IF;
  IF reached = 'frozen' OR (reached = 'closing' AND role = 'main') THEN
    RAISE EXCEPTION 'This workspace is being moved' USING ERRCODE = '55UM1';
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO workspace_move.change (workspace_id, table_name, key)
    VALUES (workspace, TG_TABLE_NAME, workspace_move.key_of(to_jsonb(OLD), VARIADIC columns));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO workspace_move.change (workspace_id, table_name, key)
    VALUES (workspace, TG_TABLE_NAME, workspace_move.key_of(to_jsonb(NEW), VARIADIC columns));
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
REVOKE ALL ON SCHEMA workspace_move FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA workspace_move FROM PUBLIC;
`;

/** Makes what a move needs in a database. Safe to repeat. */
export async function prepareGuard(client: pg.Client): Promise<void> {
  // The two that trigger by it need no right of their own: PostgreSQL asks for none when a trigger fires.
  await client.query(`BEGIN; SELECT pg_advisory_xact_lock(4937201114); ${schemaSql} COMMIT`);
}

/** Puts the trigger before a table, for one workspace. Other workspaces cost a comparison for each row. */
export async function guardTable(
  client: pg.Client,
  workspaceId: string,
  { name, idColumn, keyColumns, role }: { name: string; idColumn: string; keyColumns: string[]; role: Role },
): Promise<void> {
  const values = [workspaceId, role, ...keyColumns].map((value) => `'${value}'`).join(', ');
  const [written, deleted] = triggersOf(workspaceId);
  await patiently(client, [
    `CREATE OR REPLACE TRIGGER ${written} BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW
       WHEN (NEW.${idColumn} = '${workspaceId}') EXECUTE FUNCTION workspace_move.guard(${values})`,
    `CREATE OR REPLACE TRIGGER ${deleted} BEFORE DELETE ON ${name} FOR EACH ROW
       WHEN (OLD.${idColumn} = '${workspaceId}') EXECUTE FUNCTION workspace_move.guard(${values})`,
  ]);
}

/** Takes the trigger away again. */
export async function unguardTable(client: pg.Client, workspaceId: string, name: string): Promise<void> {
  await patiently(
    client,
    triggersOf(workspaceId).map((trigger) => `DROP TRIGGER IF EXISTS ${trigger} ON ${name}`),
  );
}

/** Changes the phase, once everybody who is writing rows of the workspace has ended; all who come later see it. */
export async function enterPhase(client: pg.Client, workspaceId: string, phase: Phase): Promise<void> {
  await patiently(client, [
    `SELECT pg_advisory_xact_lock(${lockOf(`'${workspaceId}'`)})`,
    `UPDATE workspace_move.move SET phase = '${phase}' WHERE workspace_id = '${workspaceId}'`,
  ]);
}

function triggersOf(workspaceId: string): [string, string] {
  const short = workspaceId.replaceAll('-', '');
  return [`workspace_move_${short}_written`, `workspace_move_${short}_deleted`];
}

/** In one transaction, which waits for no lock for long and tries again: others wait behind it. */
async function patiently(client: pg.Client, statements: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('BEGIN');
      await client.query(`SET LOCAL lock_timeout = '${lockWaitSeconds}s'`);
      for (const statement of statements) await client.query(statement);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      if ((error as { code?: unknown }).code !== lockNotAvailable || attempt === attemptsMax) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
