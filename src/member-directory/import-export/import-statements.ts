import type { Db } from '../../database/db.ts';
import { rowsFrom } from '../../database/row-arrays.ts';
import { nothing, parameter, sql } from '../../database/sql.ts';
import { arrayColumnsOf, columnsOf, namesOf, setFrom } from '../../database/table/table-sql.ts';
import { isUuid } from '../../database/uuid.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { readEmailAddress } from '../fields/email-address.ts';
import { memberFields } from '../fields/member-field.ts';
import { memberSelectList } from '../members/member-row.ts';
import { member } from '../members/member.table.ts';
import type { ImportRow, KnownMember, PlannedMember } from './import-plan.ts';

/**
 * Every member that the rows of a file may mean, without removed members.
 *
 * @param lock whether they are about to change: others then wait
 */
export async function readKnownMembers(
  db: Db,
  workspaceId: string,
  rows: readonly ImportRow[],
  lock: boolean,
): Promise<KnownMember[]> {
  const ids = rows.flatMap(({ id }) => (id !== null && isUuid(id) ? [id] : []));
  const externalIds = rows.flatMap(({ externalId }) => externalId ?? []);
  const keys = rows.flatMap(({ input }) => (input.fields.email ? [foldCase(input.fields.email)] : []));
  const workspace = parameter(workspaceId);
  const found = await db.run(
    sql<KnownMember>`SELECT ${memberSelectList(workspace)}, ${columnsOf(member, ['emailKey', 'externalId'], 'm')} FROM member m
     WHERE m.workspace_id = ${workspace} AND m.status <> 'removed'
       AND (m.id = ANY (${ids}::uuid[]) OR m.external_id = ANY (${externalIds}) OR m.email_key = ANY (${keys}))
     ORDER BY m.id ${lock ? sql`FOR UPDATE` : nothing}`,
  );
  return found.rows;
}

/** The ids of the members that rows name as managers, by the key of their address. */
export async function readManagers(
  db: Db,
  workspaceId: string,
  rows: readonly ImportRow[],
): Promise<Map<string, string>> {
  const keys = rows.flatMap(({ managerEmail }) =>
    managerEmail === null ? [] : [foldCase(readEmailAddress(managerEmail) ?? managerEmail)],
  );
  if (keys.length === 0) return new Map();
  const found = await db.run(
    sql<{ id: string; emailKey: string }>`SELECT ${columnsOf(member, ['id', 'emailKey'])} FROM member
     WHERE workspace_id = ${workspaceId} AND email_key = ANY (${[...new Set(keys)]}) AND status <> 'removed'`,
  );
  return new Map(found.rows.map(({ id, emailKey }) => [emailKey, id]));
}

const importedColumns = arrayColumnsOf(member, [
  'id',
  ...memberFields,
  'emailKey',
  'properties',
  'managerId',
  'vendorId',
  'status',
]);

/** The rows of planned members, for a FROM. */
function rowsOf(members: readonly PlannedMember[]) {
  return rowsFrom(
    importedColumns,
    members.map(({ after }) => ({ ...after, emailKey: foldCase(after.email) })),
  );
}

/**
 * Adds members.
 *
 * @returns the lines of the members that were not added, because somebody else has taken the address, or the
 * vendor's own id, meanwhile
 */
export async function insertImported(
  db: Db,
  workspaceId: string,
  members: readonly PlannedMember[],
  now: Date,
): Promise<number[]> {
  if (members.length === 0) return [];
  const at = parameter(now);
  const inserted = await db.run(
    sql<{ id: string }>`INSERT INTO member (workspace_id, source, created_at, updated_at, deactivated_at,
       ${namesOf(importedColumns)})
     SELECT ${workspaceId}, 'import', ${at}, ${at}, CASE WHEN x.status <> 'active' THEN ${at}::timestamptz END,
       ${namesOf(importedColumns, 'x')}
     FROM ${rowsOf(members)}
     ON CONFLICT DO NOTHING
     RETURNING id`,
  );
  const made = new Set(inserted.rows.map((row) => row.id));
  return members.filter(({ after }) => !made.has(after.id)).map(({ line }) => line);
}

/** Changes members, who are locked. Two may exchange addresses, so members with a new address give up the old one first. */
export async function updateImported(
  db: Db,
  workspaceId: string,
  members: readonly PlannedMember[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const moved = members.filter(({ changed }) => changed?.includes('email')).map(({ after }) => after.id);
  if (moved.length > 0) {
    await db.run(
      sql`UPDATE member SET email_key = id::text WHERE workspace_id = ${workspaceId} AND id = ANY (${moved}::uuid[])`,
    );
  }
  const { id: _id, ...changing } = importedColumns;
  const at = parameter(now);
  await db.run(
    sql`UPDATE member m SET ${setFrom(changing, 'x')}, updated_at = ${at}, version = m.version + 1,
       deactivated_at = CASE WHEN x.status <> 'active' THEN coalesce(m.deactivated_at, ${at}) END,
       removal_due_at = CASE WHEN x.status = 'deactivated' THEN m.removal_due_at END
     FROM ${rowsOf(members)} WHERE m.workspace_id = ${workspaceId} AND m.id = x.id`,
  );
}
