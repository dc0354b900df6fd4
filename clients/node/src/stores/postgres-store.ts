import type { Pool, PoolClient } from 'pg';
import type { Membership } from '../event.ts';
import type { Changes, MemberVersion, Store, StoreTransaction } from '../store.ts';

/** Processes that mirror into the same database take turns with this lock. */
const lockKey = 7_461_920_183;

/** The tables, beside those of your own. Index what you look members up by. */
const tables = `
  CREATE TABLE IF NOT EXISTS mirror_note (name text COLLATE "C" PRIMARY KEY, text text NOT NULL);
  CREATE TABLE IF NOT EXISTS mirror_member (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    external_id text,
    email text NOT NULL,
    status text NOT NULL,
    access text NOT NULL,
    data jsonb NOT NULL,
    round uuid,
    PRIMARY KEY (workspace_id, id)
  );
  CREATE INDEX IF NOT EXISTS mirror_member_email ON mirror_member (workspace_id, lower(email));
  CREATE TABLE IF NOT EXISTS mirror_group (
    workspace_id uuid NOT NULL, id uuid NOT NULL, name text NOT NULL, round uuid, PRIMARY KEY (workspace_id, id)
  );
  CREATE TABLE IF NOT EXISTS mirror_membership (
    workspace_id uuid NOT NULL, member_id uuid NOT NULL, group_id uuid NOT NULL,
    PRIMARY KEY (workspace_id, member_id, group_id)
  );`;

/**
 * A copy of the members in a PostgreSQL of yours: the tables `mirror_member`, `mirror_group`, `mirror_membership` and
 * `mirror_note`.
 */
export class PostgresStore implements Store<PostgresTransaction> {
  private readonly pool: Pool;

  private constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Makes the tables that are missing. */
  static async open(pool: Pool): Promise<PostgresStore> {
    const store = new PostgresStore(pool);
    await store.transaction(({ client }) => client.query(tables));
    return store;
  }

  async transaction<T>(work: (transaction: PostgresTransaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      await client.query(`SELECT pg_advisory_xact_lock(${lockKey})`);
      const result = await work(new PostgresTransaction(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** A transaction of the store. `client` is for statements of your own in it. */
export class PostgresTransaction implements StoreTransaction {
  readonly client: PoolClient;

  constructor(client: PoolClient) {
    this.client = client;
  }

  async readNote(name: string): Promise<string | null> {
    const { rows } = await this.client.query<{ text: string }>(
      'SELECT text FROM mirror_note WHERE name = $1',
      [name],
    );
    return rows[0]?.text ?? null;
  }

  async readNotes(prefix: string): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ name: string; text: string }>(
      'SELECT name, text FROM mirror_note WHERE starts_with(name, $1)',
      [prefix],
    );
    return new Map(rows.map(({ name, text }) => [name, text]));
  }

  async writeNote(name: string, text: string | null): Promise<void> {
    if (text === null) await this.client.query('DELETE FROM mirror_note WHERE name = $1', [name]);
    else {
      const upsert = `INSERT INTO mirror_note (name, text) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET text = excluded.text`;
      await this.client.query(upsert, [name, text]);
    }
  }

  async versionsOf(workspaceId: string, memberIds: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.client.query<{ id: string; version: string }>(
      'SELECT id, version FROM mirror_member WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
      [workspaceId, memberIds],
    );
    return new Map(rows.map(({ id, version }) => [id, Number(version)]));
  }

  async versionsAfter(workspaceId: string, memberId: string | null, limit: number): Promise<MemberVersion[]> {
    const { rows } = await this.client.query<{ id: string; version: string }>(
      `SELECT id, version FROM mirror_member WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [workspaceId, memberId, limit],
    );
    return rows.map(({ id, version }) => ({ id, version: Number(version) }));
  }

  async apply(workspaceId: string, changes: Changes, round: string | null): Promise<void> {
    const { members, groups } = changes;
    const gone = [...changes.removedMembers, ...members.map(({ id }) => id)];
    await this.send(
      deleteMemberships,
      [workspaceId, gone, changes.removedGroups],
      gone.length + changes.removedGroups.length,
    );
    await this.send(deleteMembers, [workspaceId, changes.removedMembers], changes.removedMembers.length);
    await this.send(deleteGroups, [workspaceId, changes.removedGroups], changes.removedGroups.length);
    await this.send(writeMembers, [workspaceId, round, JSON.stringify(members)], members.length);
    await this.send(writeGroups, [workspaceId, round, JSON.stringify(groups)], groups.length);
    const added = [
      ...members.flatMap((member) => member.groups.map(({ id }) => ({ memberId: member.id, groupId: id }))),
      ...changes.memberships,
    ];
    await this.send(
      endMemberships,
      [workspaceId, ...columnsOf(changes.removedMemberships)],
      changes.removedMemberships.length,
    );
    await this.send(writeMemberships, [workspaceId, ...columnsOf(added)], added.length);
  }

  async sweep(workspaceId: string, round: string): Promise<number> {
    await this.client.query(
      'DELETE FROM mirror_group WHERE workspace_id = $1 AND round IS DISTINCT FROM $2',
      [workspaceId, round],
    );
    const { rowCount } = await this.client.query(
      'DELETE FROM mirror_member WHERE workspace_id = $1 AND round IS DISTINCT FROM $2',
      [workspaceId, round],
    );
    await this.client.query(
      `DELETE FROM mirror_membership s WHERE workspace_id = $1 AND (
         NOT EXISTS (SELECT FROM mirror_member m WHERE m.workspace_id = s.workspace_id AND m.id = s.member_id) OR
         NOT EXISTS (SELECT FROM mirror_group g WHERE g.workspace_id = s.workspace_id AND g.id = s.group_id))`,
      [workspaceId],
    );
    return rowCount ?? 0;
  }

  async forget(workspaceId: string): Promise<void> {
    for (const table of ['mirror_membership', 'mirror_group', 'mirror_member']) {
      await this.client.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId]);
    }
  }

  /** @param count how many things it is about; for none, nothing is sent */
  private async send(statement: string, values: unknown[], count: number): Promise<void> {
    if (count > 0) await this.client.query(statement, values);
  }
}

function columnsOf(memberships: readonly Membership[]): string[][] {
  return [memberships.map(({ memberId }) => memberId), memberships.map(({ groupId }) => groupId)];
}

const deleteMemberships = `DELETE FROM mirror_membership
  WHERE workspace_id = $1 AND (member_id = ANY ($2::uuid[]) OR group_id = ANY ($3::uuid[]))`;
const deleteMembers = 'DELETE FROM mirror_member WHERE workspace_id = $1 AND id = ANY ($2::uuid[])';
const deleteGroups = 'DELETE FROM mirror_group WHERE workspace_id = $1 AND id = ANY ($2::uuid[])';

/** Groups are kept as memberships, so that a change of a membership has one place. */
const writeMembers = `INSERT INTO mirror_member (workspace_id, id, version, external_id, email, status, access, data, round)
  SELECT $1, (m ->> 'id')::uuid, (m ->> 'version')::bigint, m ->> 'externalId', m ->> 'email', m ->> 'status', m ->> 'access',
    m - 'groups' - 'kind', $2
  FROM jsonb_array_elements($3::jsonb) AS m
  ON CONFLICT (workspace_id, id) DO UPDATE SET version = excluded.version, external_id = excluded.external_id,
    email = excluded.email, status = excluded.status, access = excluded.access, data = excluded.data, round = excluded.round`;

const writeGroups = `INSERT INTO mirror_group (workspace_id, id, name, round)
  SELECT $1, (g ->> 'id')::uuid, g ->> 'name', $2 FROM jsonb_array_elements($3::jsonb) AS g
  ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, round = excluded.round`;

const endMemberships = `DELETE FROM mirror_membership s USING unnest($2::uuid[], $3::uuid[]) AS x (member_id, group_id)
  WHERE s.workspace_id = $1 AND s.member_id = x.member_id AND s.group_id = x.group_id`;

const writeMemberships = `INSERT INTO mirror_membership (workspace_id, member_id, group_id)
  SELECT $1, * FROM unnest($2::uuid[], $3::uuid[]) ON CONFLICT DO NOTHING`;
