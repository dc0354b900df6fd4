import { newId } from '../../database/ids.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { Queryable } from '../../database/queryable.ts';
import { prepared } from '../../database/prepared-statements.ts';
import { writtenMemberColumns } from '../../member-directory/members/member-parts.ts';
import type { NewChange } from '../decision/change.ts';
import type { LinkState, MemberState } from '../decision/person.ts';
import { type ArrayColumns, rowArrays } from '../../database/row-arrays.ts';

/** A member as it will be. */
export interface WrittenMember {
  member: MemberState;
  isNew: boolean;
  /** Whether the member is known to have this address already. */
  keepsAddress: boolean;
}

/** Writes whole rows of members. Each of those that are not new has another version then, of which an event must tell. */
export async function writeMembers(
  db: StatementPipeline,
  workspaceId: string,
  written: readonly WrittenMember[],
  now: Date,
): Promise<void> {
  const created = written.filter(({ isNew }) => isNew);
  const changed = written.filter(({ isNew }) => !isNew);
  await Promise.all([
    stepAside(db, workspaceId, changed),
    updateMembers(db, workspaceId, membersOf(changed), now),
    insertMembers(db, workspaceId, membersOf(created), now),
  ]);
}

function membersOf(written: readonly WrittenMember[]): MemberState[] {
  return written.map(({ member }) => member);
}

/** `ctid` of each row, by an index lookup per row whatever the planner's statistics say. */
const found = `CROSS JOIN LATERAL (
  SELECT ctid, status FROM member WHERE workspace_id = $1 AND id = x.id OFFSET 0) f`;

function givesUpAddress({ member, keepsAddress }: WrittenMember): boolean {
  return !keepsAddress || member.status === 'removed';
}

/**
 * Two members may exchange their addresses, or one takes that of another who is removed, and the unique index checks each
 * row immediately: members with a new address, and those who are removed, first take a placeholder. The caller has locked the rows, so their `ctid` cannot change meanwhile; likewise below.
 */
async function stepAside(
  db: StatementPipeline,
  workspaceId: string,
  written: readonly WrittenMember[],
): Promise<void> {
  const moved = membersOf(written.filter(givesUpAddress));
  if (moved.length === 0) return;
  const ids = rowArrays({ id: writtenMemberColumns.id! }, moved, 2);
  await db.query(
    `UPDATE member m SET email_key = m.id::text FROM ${ids.sql} ${found}
     WHERE m.workspace_id = $1 AND m.ctid = f.ctid AND f.status <> 'removed'`,
    [workspaceId, ...ids.parameters],
  );
}

async function updateMembers(
  db: StatementPipeline,
  workspaceId: string,
  members: readonly MemberState[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const rows = rowArrays(writtenMemberColumns, members, 3);
  const set = Object.keys(writtenMemberColumns).filter((name) => name !== 'id');
  await db.query(
    `UPDATE member m SET ${set.map((name) => `${name} = x.${name}`).join(', ')}, updated_at = $2, version = m.version + 1,
       suspended_at = CASE WHEN x.status = 'active' THEN m.suspended_at END
     FROM ${rows.sql} ${found} WHERE m.workspace_id = $1 AND m.ctid = f.ctid`,
    [workspaceId, now, ...rows.parameters],
  );
}

async function insertMembers(
  db: Queryable,
  workspaceId: string,
  members: readonly MemberState[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const source = { type: 'text' as const, of: (member: MemberState) => member.source };
  const columns = { ...writtenMemberColumns, source };
  const rows = rowArrays(columns, members, 3);
  const names = Object.keys(columns);
  await db.query(
    prepared(
      `INSERT INTO member (workspace_id, created_at, updated_at, ${names.join(', ')})
       SELECT $1, $2, $2, ${names.map((name) => `x.${name}`).join(', ')} FROM ${rows.sql}`,
    ),
    [workspaceId, now, ...rows.parameters],
  );
}

/** A link as it is written. */
export type LinkRow = LinkState & { directoryUserId: string };

const linkArrays: ArrayColumns<LinkRow> = {
  directory_user_id: { type: 'uuid', of: ({ directoryUserId }) => directoryUserId },
  member_id: { type: 'uuid', of: ({ memberId }) => memberId },
  external_id: { type: 'text', of: ({ externalId }) => externalId },
  state: { type: 'text', of: ({ state }) => state },
  reason: { type: 'jsonb', of: ({ reason }) => reason },
  directory_version: { type: 'bigint', of: ({ basedOn }) => basedOn.version },
  directory_groups: { type: 'text', of: ({ basedOn }) => basedOn.groups },
  suppressed_kind: { type: 'text', of: ({ suppressedKind }) => suppressedKind },
  suppressed_by: { type: 'uuid', of: ({ suppressedBy }) => suppressedBy },
  held_at: { type: 'timestamptz', of: ({ heldAt }) => heldAt },
  awaits_adoption: { type: 'boolean', of: ({ awaitsAdoption }) => String(awaitsAdoption) },
  disputed_email_key: { type: 'text', of: ({ disputedEmailKey }) => disputedEmailKey },
  name: { type: 'text', of: ({ name }) => name },
};

/** Writes whole links. */
export async function upsertLinks(
  db: Queryable,
  workspaceId: string,
  links: readonly LinkRow[],
  now: Date,
): Promise<void> {
  if (links.length === 0) return;
  const rows = rowArrays(linkArrays, links, 3);
  const names = Object.keys(linkArrays);
  const set = names.slice(1).map((name) => `${name} = excluded.${name}`);
  await db.query(
    prepared(
      `INSERT INTO sync_link (workspace_id, updated_at, ${names.join(', ')})
       SELECT $1, $2, ${names.map((name) => `x.${name}`).join(', ')} FROM ${rows.sql}
       ON CONFLICT (workspace_id, directory_user_id)
       DO UPDATE SET ${set.join(', ')}, updated_at = excluded.updated_at`,
    ),
    [workspaceId, now, ...rows.parameters],
  );
}

const changeArrays: ArrayColumns<NewChange> = {
  id: { type: 'uuid', of: () => newId() },
  kind: { type: 'text', of: ({ kind }) => kind },
  directory_user_id: { type: 'uuid', of: ({ directoryUserId }) => directoryUserId },
  member_id: { type: 'uuid', of: ({ memberId }) => memberId },
  name: { type: 'text', of: ({ name }) => name },
  fields: { type: 'jsonb', of: ({ fields }) => fields },
  reason: { type: 'jsonb', of: ({ reason }) => reason },
  state: { type: 'text', of: ({ state }) => state },
  directory_version: { type: 'bigint', of: ({ basedOn }) => basedOn.version },
  directory_groups: { type: 'text', of: ({ basedOn }) => basedOn.groups },
  waits_for: { type: 'jsonb', of: ({ waitsFor }) => waitsFor },
  groups: { type: 'jsonb', of: ({ groups }) => groups },
  origin: { type: 'text', of: ({ origin }) => origin },
  original_kind: { type: 'text', of: ({ originalKind }) => originalKind },
  unlinked: { type: 'jsonb', of: ({ unlinked }) => unlinked },
};

/** Adds changes to a run, each once per person. */
export async function insertChangeRows(
  db: Queryable,
  { workspaceId, runId, now }: { workspaceId: string; runId: string; now: Date },
  changes: readonly NewChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = rowArrays(changeArrays, changes, 4);
  const names = Object.keys(changeArrays);
  await db.query(
    prepared(
      `INSERT INTO sync_change (workspace_id, run_id, at, ${names.join(', ')})
       SELECT $1, $2, $3, ${names.map((name) => `x.${name}`).join(', ')} FROM ${rows.sql}`,
    ),
    [workspaceId, runId, now, ...rows.parameters],
  );
}
