import type { EntityManager } from 'typeorm';
import { BadInputError, codedFault, type InputFault, NotFoundError } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { MemberReference } from './member-input.ts';
import { type MemberRow, memberSelectList } from './member-row.ts';

/** Reads a member and keeps others from changing him until the transaction ends. @throws NotFoundError */
export async function lockMember(
  manager: EntityManager,
  workspaceId: string,
  id: string,
): Promise<MemberRow> {
  const [row] = await manager.query<MemberRow[]>(
    `SELECT ${memberSelectList} FROM member m WHERE m.workspace_id = $1 AND m.id = $2 FOR UPDATE`,
    [workspaceId, id],
  );
  if (!row) throw new NotFoundError('member');
  return row;
}

/** Adds a member. A taken address fails on the index `member_email_key`. */
export async function insertMember(
  manager: EntityManager,
  workspaceId: string,
  row: MemberRow,
): Promise<void> {
  await manager.query(
    `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, language,
       status, source, properties, manager_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      workspaceId,
      row.id,
      row.email,
      foldCase(row.email),
      row.first_name,
      row.last_name,
      row.display_name,
      row.job_title,
      row.language,
      row.status,
      row.source,
      JSON.stringify(row.properties),
      row.manager_id,
      row.created_at,
      row.updated_at,
    ],
  );
}

/**
 * Writes what an admin can change of a member. A member who becomes active has no date of leaving any more; one who
 * stops being active keeps the date he has, or gets this one.
 */
export async function updateMember(
  manager: EntityManager,
  workspaceId: string,
  row: MemberRow,
): Promise<void> {
  await manager.query(
    `UPDATE member SET email = $3, email_key = $4, first_name = $5, last_name = $6, display_name = $7,
       job_title = $8, language = $9, status = $10, properties = $11, manager_id = $12, updated_at = $13,
       deactivated_at = CASE WHEN $10 = 'active' THEN NULL ELSE coalesce(deactivated_at, $13) END,
       removal_due_at = CASE WHEN $10 = 'deactivated' THEN removal_due_at END
     WHERE workspace_id = $1 AND id = $2`,
    [
      workspaceId,
      row.id,
      row.email,
      foldCase(row.email),
      row.first_name,
      row.last_name,
      row.display_name,
      row.job_title,
      row.language,
      row.status,
      JSON.stringify(row.properties),
      row.manager_id,
      row.updated_at,
    ],
  );
}

/** Sees to it that everyone who is referred to is a member and not removed. @throws BadInputError naming each fault */
export async function requireMembers(
  manager: EntityManager,
  workspaceId: string,
  references: readonly MemberReference[],
): Promise<void> {
  const faults = await unknownMembers(manager, workspaceId, references);
  if (faults.length > 0) throw new BadInputError(faults);
}

/** The faults of references to nobody, or to somebody who was removed. */
export async function unknownMembers(
  manager: EntityManager,
  workspaceId: string,
  references: readonly MemberReference[],
): Promise<InputFault[]> {
  if (references.length === 0) return [];
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM member WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND status <> 'removed'`,
    [workspaceId, references.map((reference) => reference.memberId)],
  );
  const known = new Set(rows.map((row) => row.id));
  const missing = references.filter((reference) => !known.has(reference.memberId));
  return missing.map(({ path }) => codedFault(path, 'no-member', 'is the id of no member'));
}
