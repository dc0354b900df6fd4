import { newId } from '../../database/ids.ts';
import type { Db } from '../../database/db.ts';
import { writtenMemberColumns } from '../../member-directory/members/member-parts.ts';
import type { NewChange } from '../decision/change.ts';
import type { LinkState, MemberState } from '../decision/person.ts';
import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import { type Parameter, parameter, sql } from '../../database/sql.ts';
import { namesOf, setFrom } from '../../database/table/table-sql.ts';

/** A member as it will be. */
export interface WrittenMember {
  member: MemberState;
  isNew: boolean;
  /** Whether the member is known to have this address already. */
  keepsAddress: boolean;
}

/** Writes whole rows of members. Each of those that are not new has another version then, of which an event must tell. */
export async function writeMembers(
  db: Db,
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

/** `ctid` of each row `x`, by an index lookup per row whatever the planner's statistics say. */
const foundRows = (workspaceId: Parameter) => sql`CROSS JOIN LATERAL (
  SELECT ctid, status FROM member WHERE workspace_id = ${workspaceId} AND id = x.id OFFSET 0) f`;

function givesUpAddress({ member, keepsAddress }: WrittenMember): boolean {
  return !keepsAddress || member.status === 'removed';
}

/**
 * Two members may exchange their addresses, or one takes that of another who is removed, and the unique index checks each
 * row immediately: members with a new address, and those who are removed, first take a placeholder. The caller has locked
 * the rows, so their `ctid` cannot change meanwhile; likewise below.
 */
async function stepAside(db: Db, workspaceId: string, written: readonly WrittenMember[]): Promise<void> {
  const moved = membersOf(written.filter(givesUpAddress));
  if (moved.length === 0) return;
  const workspace = parameter(workspaceId);
  await db.run(
    sql`UPDATE member m SET email_key = m.id::text
     FROM ${rowsFrom({ id: writtenMemberColumns.id! }, moved)} ${foundRows(workspace)}
     WHERE m.workspace_id = ${workspace} AND m.ctid = f.ctid AND f.status <> 'removed'`.onOneNode(
      workspaceId,
      {},
    ),
  );
}

const { id: _id, ...changedMemberColumns } = writtenMemberColumns;

async function updateMembers(
  db: Db,
  workspaceId: string,
  members: readonly MemberState[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const workspace = parameter(workspaceId);
  await db.run(
    // A list of texts is read from one text, which a database that is distributed does not take in an UPDATE itself.
    sql`WITH given AS MATERIALIZED (SELECT x.* FROM ${rowsFrom(writtenMemberColumns, members)})
     UPDATE member m SET ${setFrom(changedMemberColumns, 'x')}, updated_at = ${now}, version = m.version + 1,
       suspended_at = CASE WHEN x.status = 'active' THEN m.suspended_at END
     FROM given x ${foundRows(workspace)}
     WHERE m.workspace_id = ${workspace} AND m.ctid = f.ctid`.onOneNode(workspaceId, {}),
  );
}

const newMemberColumns: ArrayColumns<MemberState> = {
  ...writtenMemberColumns,
  source: { type: 'text', of: ({ source }) => source },
};

async function insertMembers(
  db: Db,
  workspaceId: string,
  members: readonly MemberState[],
  now: Date,
): Promise<void> {
  if (members.length === 0) return;
  const at = parameter(now);
  await db.run(
    sql`INSERT INTO member (workspace_id, created_at, updated_at, ${namesOf(newMemberColumns)})
     SELECT ${workspaceId}, ${at}, ${at}, ${namesOf(newMemberColumns, 'x')}
     FROM ${rowsFrom(newMemberColumns, members)}`
      .prepared()
      .onOneNode(workspaceId, {}),
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

/** All of them but the key. */
const { directory_user_id: _key, ...writtenAgain } = linkArrays;

/** Writes whole links. */
export async function upsertLinks(
  db: Db,
  workspaceId: string,
  links: readonly LinkRow[],
  now: Date,
): Promise<void> {
  if (links.length === 0) return;
  await db.run(
    sql`INSERT INTO sync_link (workspace_id, updated_at, ${namesOf(linkArrays)})
     SELECT ${workspaceId}, ${now}, ${namesOf(linkArrays, 'x')} FROM ${rowsFrom(linkArrays, links)}
     ON CONFLICT (workspace_id, directory_user_id)
     DO UPDATE SET ${setFrom(writtenAgain, 'excluded')}, updated_at = excluded.updated_at`
      .prepared()
      .onOneNode(workspaceId, {}),
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
  db: Db,
  { workspaceId, runId, now }: { workspaceId: string; runId: string; now: Date },
  changes: readonly NewChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await db.run(
    sql`INSERT INTO sync_change (workspace_id, run_id, at, ${namesOf(changeArrays)})
     SELECT ${workspaceId}, ${runId}, ${now}, ${namesOf(changeArrays, 'x')}
     FROM ${rowsFrom(changeArrays, changes)}`
      .prepared()
      .onOneNode(workspaceId, {}),
  );
}
