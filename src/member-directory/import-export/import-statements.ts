import type { EntityManager } from 'typeorm';
import { foldCase } from '../../scim-core/fold.ts';
import type { ImportRow, KnownMember, PlannedMember } from './import-plan.ts';
import { readEmailAddress } from '../fields/email-address.ts';
import { memberSelectList, type MemberRow } from '../members/member-row.ts';
import { isUuid } from '../../database/uuid.ts';

/**
 * Every member that the rows of a file may mean, removed ones left out.
 *
 * @param lock whether they are to be changed: others then wait
 */
export async function readKnownMembers(
  manager: EntityManager,
  workspaceId: string,
  rows: readonly ImportRow[],
  lock: boolean,
): Promise<KnownMember[]> {
  const ids = rows.flatMap(({ id }) => (id !== null && isUuid(id) ? [id] : []));
  const externalIds = rows.flatMap(({ externalId }) => externalId ?? []);
  const keys = rows.flatMap(({ input }) => (input.fields.email ? [foldCase(input.fields.email)] : []));
  return manager.query<KnownMember[]>(
    `SELECT ${memberSelectList}, m.email_key, m.external_id FROM member m
     WHERE m.workspace_id = $1 AND m.status <> 'removed'
       AND (m.id = ANY ($2::uuid[]) OR m.external_id = ANY ($3) OR m.email_key = ANY ($4))
     ORDER BY m.id ${lock ? 'FOR UPDATE' : ''}`,
    [workspaceId, ids, externalIds, keys],
  );
}

/** The ids of the members that rows name as managers, by the key of their address. */
export async function readManagers(
  manager: EntityManager,
  workspaceId: string,
  rows: readonly ImportRow[],
): Promise<Map<string, string>> {
  const keys = rows.flatMap(({ managerEmail }) =>
    managerEmail === null ? [] : [foldCase(readEmailAddress(managerEmail) ?? managerEmail)],
  );
  if (keys.length === 0) return new Map();
  const found = await manager.query<{ id: string; email_key: string }[]>(
    `SELECT id, email_key FROM member WHERE workspace_id = $1 AND email_key = ANY ($2) AND status <> 'removed'`,
    [workspaceId, [...new Set(keys)]],
  );
  return new Map(found.map(({ id, email_key: key }) => [key, id]));
}

const columns = `id uuid, email text, email_key text, first_name text, last_name text, display_name text,
  job_title text, language text, properties jsonb, manager_id uuid`;

function recordOf(row: MemberRow): object {
  return { ...row, email_key: foldCase(row.email) };
}

/**
 * Adds members.
 *
 * @returns the lines of those whose address somebody else took meanwhile, who were not added
 */
export async function insertImported(
  manager: EntityManager,
  workspaceId: string,
  members: readonly PlannedMember[],
  now: Date,
): Promise<number[]> {
  if (members.length === 0) return [];
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, language,
       properties, manager_id, status, source, created_at, updated_at)
     SELECT $1, r.id, r.email, r.email_key, r.first_name, r.last_name, r.display_name, r.job_title, r.language,
       r.properties, r.manager_id, 'active', 'import', $3, $3
     FROM jsonb_to_recordset($2) AS r (${columns})
     ON CONFLICT (workspace_id, email_key) WHERE status <> 'removed' DO NOTHING
     RETURNING id`,
    [workspaceId, JSON.stringify(members.map(({ after }) => recordOf(after))), now],
  );
  const made = new Set(inserted.map((row) => row.id));
  return members.filter(({ after }) => !made.has(after.id)).map(({ line }) => line);
}

/** Changes members, who are locked. Two may exchange their addresses, so those who get another step aside first. */
export async function updateImported(
  manager: EntityManager,
  workspaceId: string,
  members: readonly PlannedMember[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const moved = members.filter(({ changed }) => changed?.includes('email')).map(({ after }) => after.id);
  if (moved.length > 0) {
    await manager.query(
      'UPDATE member SET email_key = id::text WHERE workspace_id = $1 AND id = ANY ($2::uuid[])',
      [workspaceId, moved],
    );
  }
  await manager.query(
    `UPDATE member m SET email = r.email, email_key = r.email_key, first_name = r.first_name, last_name = r.last_name,
       display_name = r.display_name, job_title = r.job_title, language = r.language, properties = r.properties,
       manager_id = r.manager_id, updated_at = $3
     FROM jsonb_to_recordset($2) AS r (${columns}) WHERE m.workspace_id = $1 AND m.id = r.id`,
    [workspaceId, JSON.stringify(members.map(({ after }) => recordOf(after))), now],
  );
}
