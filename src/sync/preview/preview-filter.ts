import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { searchForms } from '../../scim-core/search-text.ts';
import type { Change, ChangeKind } from '../decision/change.ts';
import type { Outline } from './preview-outline.ts';

/** What a list of the preview is narrowed to; everybody matches what is not given. */
export interface PreviewFilter {
  kind?: ChangeKind | undefined;
  search?: string | undefined;
  /** Those who join or leave this group. */
  groupId?: string | undefined;
  /** What became pending since the last run. */
  since?: 'last-run' | undefined;
}

/** The last manual or nightly run about everybody that came to its end: up to when it looked, and when it ended. */
export interface LastRun {
  id: string;
  lookedUntil: Date;
  endedAt: Date;
}

/** The parts of a query that narrow the preview, without what is empty. */
export function filterIn({ kind, search, groupId, since }: PreviewFilter): PreviewFilter {
  return {
    ...(kind !== undefined && { kind }),
    ...(search !== undefined && searchForms(search).length > 0 && { search }),
    ...(groupId !== undefined && { groupId: groupId.toLowerCase() }),
    ...(since !== undefined && { since }),
  };
}

/** Whether a change is of the kind, the search and the group of a filter. */
export function matcherOf({ kind, search, groupId }: PreviewFilter): (change: Outline) => boolean {
  const forms = searchForms(search ?? '');
  const holds = (text: string) => {
    const key = foldCase(text);
    return forms.some((form) => key.includes(form));
  };
  return (change) => {
    if (kind !== undefined && kind !== change.kind) return false;
    if (groupId !== undefined && !change.groupIds.includes(groupId)) return false;
    if (forms.length === 0 || holds(change.name)) return true;
    return (change.facts.email !== null && holds(change.facts.email)) || change.addresses.some(holds);
  };
}

/** Whether somebody joins a group. */
export function joins({ groups }: Pick<Change, 'groups'>, groupId: string): boolean {
  return groups?.joined.some(({ id }) => id === groupId) ?? false;
}

/**
 * The run since which something is new; null where none has come to its end. A run of chosen people did not look at the
 * others: what was pending for them before it would be hidden if it counted.
 */
export async function readLastRun(db: Db, workspaceId: string): Promise<LastRun | null> {
  const { rows } = await db.run(sql<LastRun>`
    SELECT id, created_at AS "lookedUntil", coalesce(finished_at, created_at) AS "endedAt" FROM sync_run
    WHERE workspace_id = ${workspaceId} AND trigger IN ('manual', 'nightly') AND chosen IS NULL
      AND state IN ('succeeded', 'awaiting_approval', 'undone', 'partially_undone')
    ORDER BY id DESC LIMIT 1`);
  return rows[0] ?? null;
}

/**
 * Everybody who became pending after a run: who was queued after it looked, and who was withheld after it ended. What
 * arrived while it was under way counts as new, since the run did not do it.
 */
export async function readPendingSince(
  db: Db,
  workspaceId: string,
  { lookedUntil, endedAt }: LastRun,
  now: Date,
): Promise<ReadonlySet<string>> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{ id: string }>`
    SELECT directory_user_id AS id FROM sync_queue
    WHERE workspace_id = ${workspace} AND due_at > ${lookedUntil} AND due_at <= ${now}
    UNION ALL SELECT directory_user_id FROM sync_link
    WHERE workspace_id = ${workspace} AND state <> 'linked' AND updated_at > ${endedAt}`);
  return new Set(rows.map(({ id }) => id));
}
