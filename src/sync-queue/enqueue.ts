import { type Parameter, raw, type Sql, sql } from '../database/sql.ts';

/**
 * Why somebody is in the queue. The first five say what happened to the person in the directory; a lane looks for
 * leavers, returners and those who may have lost a role by theirs. The others say why the same directory data may now lead
 * to something else.
 */
export type Cause =
  | 'created'
  | 'updated'
  | 'leaver'
  | 'returner'
  /** They may have lost a role: they left a group that gives one, or an attribute changed that rules of roles read. */
  | 'role'
  /** Their groups changed, or which groups are synchronized. */
  | 'group'
  /** Their manager now has a member, or is another one. */
  | 'manager'
  /** Somebody that one of their properties names now has a member. */
  | 'reference'
  /** Their member changed, or the member whose address they want. */
  | 'member'
  | 'freed-address'
  /** Their removal is no longer held. */
  | 'released'
  /** The grace period after which they lose access ends. */
  | 'grace'
  /** They are the next to get a seat. */
  | 'seat'
  /** A removal of theirs was undone. */
  | 'brought-back'
  | 'property'
  | 'mapping'
  /** What gives roles changed. */
  | 'role-mapping'
  /** A role that they would have is kept back for now. */
  | 'role-waits'
  | 'settings'
  | 'activated'
  /** An admin decided about them. */
  | 'admin';

/** A cause as an SQL literal. */
export function because(cause: Cause): Sql {
  return raw(`'${cause}'`);
}

/**
 * A row for the queue: expressions of SQL, or values.
 *
 * @property person the expression of the directory user's id
 */
export interface QueueRow {
  workspace: Sql | Parameter;
  person: string;
  cause: Sql | Parameter | Cause;
  dueAt: Sql | Parameter | Date;
}

/** The select list of the rows that are handed to `enqueue`. Each row gets a fresh version. */
export function queueRow({ workspace, person, cause, dueAt }: QueueRow): Sql {
  return sql`${workspace}::uuid, ${raw(person)}, gen_random_uuid(), ${cause}, ${dueAt}`;
}

/**
 * A newer cause gets a fresh version, so that a run which is handling the older cause does not delete the row. The
 * earlier date counts.
 */
const refreshed = sql`
  ON CONFLICT (workspace_id, directory_user_id) DO UPDATE SET
    version = excluded.version,
    due_at = least(sync_queue.due_at, excluded.due_at),`;

/**
 * Only what happened to the person replaces the cause; a returner stays one when more becomes known about them, and so
 * does somebody who may have lost a role.
 */
const ofPerson = sql`
    reason = CASE WHEN sync_queue.reason = 'returner' AND excluded.reason IN ('updated', 'role')
                    OR sync_queue.reason = 'role' AND excluded.reason IN ('created', 'updated') THEN sync_queue.reason
                  WHEN excluded.reason IN ('created', 'updated', 'leaver', 'returner', 'role') THEN excluded.reason
                  ELSE sync_queue.reason END`;

/** Who left a group that gives a role may have lost it, unless they left or came back altogether. */
const ofGroup = sql`
    reason = CASE WHEN excluded.reason = 'role' AND sync_queue.reason NOT IN ('leaver', 'returner') THEN 'role'
                  ELSE sync_queue.reason END`;

/** What to do about people who are in the queue already. */
const ifQueuedSql: Readonly<Record<'refresh' | 'leave', Sql>> = {
  refresh: sql`${refreshed}${ofPerson}`,
  /** They are going to be looked at anyway, and what is new is in the tables that are read then. */
  leave: sql`
  ON CONFLICT (workspace_id, directory_user_id) DO NOTHING`,
};

/** A run that was asked for before this moment leaves the person to the next run. */
const regrouped = sql`
    regrouped_at = coalesce(excluded.regrouped_at, sync_queue.regrouped_at),`;

/**
 * The SQL that puts people into the queue, to stand alone or in a `WITH`. It and {@link enqueueRegrouped} are the only
 * places in `src` that insert into `sync_queue`.
 *
 * @param rows a `SELECT` of `queueRow`s. Sort it by person: two statements that queue the same people then wait for
 *   each other instead of deadlocking
 * @param ifQueued `refresh`: the new cause counts; `leave`: people who are queued stay as they are
 */
export function enqueue(rows: Sql, ifQueued: keyof typeof ifQueuedSql): Sql {
  return sql`INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at)
     ${rows}${ifQueuedSql[ifQueued]}`;
}

/**
 * {@link enqueue} for people who may have joined or left groups.
 *
 * @param rows as for `enqueue`, and behind each `queueRow` when the person was regrouped, or null
 * @param cause `group`: that they were regrouped is why they are queued; `person`: something else happened to them, too
 */
export function enqueueRegrouped(rows: Sql, cause: 'group' | 'person'): Sql {
  return sql`INSERT INTO sync_queue (workspace_id, directory_user_id, version, reason, due_at, regrouped_at)
     ${rows}${refreshed}${regrouped}${cause === 'group' ? ofGroup : ofPerson}`;
}
