import type { Db } from '../../database/db.ts';
import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import { type Parameter, parameter, type Sql, sql } from '../../database/sql.ts';
import type { ChangeState, StoredState } from '../decision/change.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { KeptReason } from '../decision/reason.ts';
import type { MadeChange, Reversal } from '../decision/reverse-change.ts';
import { storedStateJson } from '../wording/stored-state.ts';
import { linkJson } from '../planning/link-json.ts';
import { firstId } from '../planning/claim-people.ts';
import { bringsBack, type Lineage, sidesOf } from './undo-lineage.ts';

/**
 * A change of a run as it is stored.
 *
 * @property externalId the one in the link that its person has now
 * @property inactiveVersion the version that the directory user has now; null where they are active or gone
 */
export interface StoredChange extends MadeChange {
  id: string;
  externalId: string | null;
  inactiveVersion: string | null;
}

type StoredChangeRow = Omit<StoredChange, keyof StoredState | 'externalId'> & { storedState: StoredState };

/** A change, and what will become of it. */
export interface Pair {
  change: StoredChange;
  reversal: Reversal;
}

/** Which changes come next: of which run, after which person, and how many. */
interface NextChanges {
  workspaceId: Parameter;
  runId: Parameter;
  after: string | null;
  limit: number;
}

/**
 * The next changes that are still to be undone. A run has one change per person, so the order of the people's ids is enough
 * to go on from; the index of that order begins with the run.
 */
function nextChanges({ workspaceId, runId, after, limit }: NextChanges): Sql {
  return sql`
  SELECT * FROM sync_change
  WHERE workspace_id = ${workspaceId} AND run_id = ${runId}
    AND directory_user_id > coalesce(${after}::uuid, ${firstId})
    AND state IN ('made', 'approved')
  ORDER BY directory_user_id LIMIT ${limit}`;
}

/** Which run is undone. */
interface Undone {
  workspaceId: string;
  undoesRunId: string | null;
}

/** How many of the next changes are read, and after which person. */
interface Reach {
  after: string | null;
  limit: number;
}

/** Reads the next changes with the members as they are, locked in the order of their ids as a run locks them. */
export async function lockChanges(
  db: Db,
  undone: Undone,
  lineage: Lineage,
  reach: Reach,
): Promise<StoredChange[]> {
  const workspace = parameter(undone.workspaceId);
  const next = nextChanges({ workspaceId: workspace, runId: parameter(undone.undoesRunId), ...reach });
  await db.run(
    sql`SELECT count(*) FROM (SELECT c.member_id FROM (${next}) c ORDER BY c.member_id OFFSET 0) c
     CROSS JOIN LATERAL (
       SELECT id FROM member WHERE workspace_id = ${workspace}
         AND id = c.member_id OFFSET 0 FOR NO KEY UPDATE) m`,
  );
  return readChanges(db, undone, lineage, reach);
}

/** Reads the next changes with the members as they are. */
export async function readChanges(
  db: Db,
  { workspaceId, undoesRunId }: Undone,
  { descendants }: Lineage,
  { after, limit }: Reach,
): Promise<StoredChange[]> {
  const workspace = parameter(workspaceId);
  const undone = parameter(undoesRunId);
  const later = parameter(descendants);
  const next = nextChanges({ workspaceId: workspace, runId: undone, after, limit });
  const { rows } = await db.run(
    sql<StoredChangeRow>`
       SELECT c.id, c.kind, c.directory_user_id AS "directoryUserId", c.member_id AS "memberId",
       c.name, c.fields, c.reason, ${storedStateJson('c')} AS "storedState",
       CASE WHEN m.id IS NOT NULL THEN ${memberJson('m')} END AS member,
       CASE WHEN l.directory_user_id IS NOT NULL THEN ${linkJson('l')} END AS link,
       (SELECT u.version FROM directory_user u
        WHERE u.workspace_id = ${workspace} AND u.id = c.directory_user_id
          AND NOT u.active) AS "inactiveVersion",
       EXISTS (SELECT 1 FROM sync_change n
         WHERE n.workspace_id = ${workspace} AND n.directory_user_id = c.directory_user_id
         AND n.id > c.id AND n.run_id <> ALL (${later}::uuid[]) AND n.state IN ('made', 'approved'))
       OR EXISTS (SELECT 1 FROM sync_change n
         WHERE n.workspace_id = ${workspace} AND n.member_id = c.member_id
         AND n.id > c.id AND n.run_id <> ALL (${later}::uuid[]) AND n.run_id <> ${undone}
         AND n.state IN ('made', 'approved'))
       OR coalesce(l.state = 'held' OR l.member_id <> c.member_id, false)
       OR EXISTS (SELECT 1 FROM sync_link o WHERE o.workspace_id = ${workspace} AND o.member_id = c.member_id
         AND o.directory_user_id <> c.directory_user_id) AS "changedSince"
     FROM (${next}) c
     LEFT JOIN LATERAL (
       SELECT * FROM member WHERE workspace_id = ${workspace} AND id = c.member_id OFFSET 0) m ON true
     LEFT JOIN LATERAL (
       SELECT * FROM sync_link WHERE workspace_id = ${workspace}
         AND directory_user_id = c.directory_user_id OFFSET 0) l
       ON true
     ORDER BY c.directory_user_id`,
  );
  return rows.map(({ storedState, ...change }) => ({
    ...change,
    ...storedState,
    externalId: change.link?.externalId ?? null,
  }));
}

/** What became of a change: undone, or kept for a reason. */
interface Outcome {
  id: string;
  state: ChangeState;
  kept: KeptReason | null;
}

const outcomeArrays: ArrayColumns<Outcome> = {
  id: { type: 'uuid', of: ({ id }) => id },
  state: { type: 'text', of: ({ state }) => state },
  kept: { type: 'jsonb', of: ({ kept }) => kept },
};

/**
 * Notes what became of changes, in the undone run and in those that it undid itself: when an undo is undone, the changes
 * of the run before are valid again.
 */
export async function noteOutcomes(
  db: Db,
  workspaceId: string,
  pairs: readonly Pair[],
  lineage: Lineage,
): Promise<void> {
  const outcomes = pairs.map(({ change, reversal }): Outcome => ({
    id: change.id,
    state: 'kept' in reversal ? 'kept' : 'undone',
    kept: 'kept' in reversal ? reversal.kept : null,
  }));
  const workspace = parameter(workspaceId);
  const noted = db.run(
    sql`UPDATE sync_change c SET state = x.state,
       kept_reason = CASE WHEN x.state = 'kept' THEN x.kept ELSE c.kept_reason END,
       was_approved = c.was_approved OR (x.state = 'undone' AND c.state = 'approved')
     FROM ${rowsFrom(outcomeArrays, outcomes)} CROSS JOIN LATERAL (
       SELECT ctid FROM sync_change WHERE workspace_id = ${workspace} AND id = x.id OFFSET 0) f
     WHERE c.workspace_id = ${workspace} AND c.ctid = f.ctid`,
  );
  await Promise.all([noted, noteEarlierOutcomes(db, workspaceId, pairs, lineage)]);
}

/** Notes what became of the changes of the same people in the runs before the undone one. */
async function noteEarlierOutcomes(
  db: Db,
  workspaceId: string,
  pairs: readonly Pair[],
  lineage: Lineage,
): Promise<void> {
  const { undone, again } = sidesOf(lineage);
  const earlier = undone.slice(1);
  const people = pairs.flatMap(({ change, reversal }) =>
    'kept' in reversal ? [] : [change.directoryUserId],
  );
  if (again.length === 0 || people.length === 0) return;
  await db.run(
    sql`UPDATE sync_change SET state = CASE WHEN state <> 'undone' THEN 'undone'
         WHEN was_approved THEN 'approved' ELSE 'made' END
     WHERE workspace_id = ${workspaceId} AND directory_user_id = ANY (${people}::uuid[])
       AND (run_id = ANY (${again}::uuid[]) AND state = 'undone'
         OR run_id = ANY (${earlier}::uuid[]) AND state IN ('made', 'approved'))`,
  );
}

/**
 * When the bringing back of people is undone, the removals before it are valid again, so that it can be repeated; when that
 * undo is undone, they are not.
 */
export async function noteRemovals(
  db: Db,
  workspaceId: string,
  made: readonly { change: Pick<StoredChange, 'directoryUserId'> }[],
  lineage: Lineage,
): Promise<void> {
  if (lineage.rootTrigger !== 'bring_back' || made.length === 0) return;
  const [from, to] = bringsBack(lineage) ? ['made', 'undone'] : ['undone', 'made'];
  const workspace = parameter(workspaceId);
  const people = made.map(({ change }) => change.directoryUserId);
  await db.run(
    sql`UPDATE sync_change c SET state = ${to}
     FROM sync_change b CROSS JOIN LATERAL (
       SELECT id, state FROM sync_change o
       WHERE o.workspace_id = ${workspace} AND o.member_id = b.member_id AND o.id < b.id
         AND o.kind IN ('deactivate', 'remove') AND o.origin <> 'undo'
       ORDER BY o.id DESC LIMIT 1) o
     WHERE b.workspace_id = ${workspace} AND b.run_id = ${lineage.ancestors.at(-1) ?? null}
       AND b.directory_user_id = ANY (${people}::uuid[])
       AND c.workspace_id = ${workspace} AND c.id = o.id AND o.state = ${from}`,
  );
}
