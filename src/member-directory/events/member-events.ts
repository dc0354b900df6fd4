import { appendRows } from '../../events/append-events.ts';
import type { EventCause, EventChange, EventType } from '../../events/event.ts';
import type { TransactionDb } from '../../database/commit-notes.ts';
import { type ArrayColumns, arrayLiteral, numberedRowsFrom } from '../../database/row-arrays.ts';
import { parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { seatsTopic } from '../../workspaces/seat-limit.ts';
import { accessSql, memberDataSql } from './member-data.ts';

type MemberEventType = Extract<EventType, `member.${string}`>;
type GroupEventType = Extract<EventType, `group.${string}`>;

/** Events that one statement appends: to make one of more would keep others waiting. */
const eventsAtOnceMax = 250;

/** Something that a transaction did to a member or a group, until it is an event. */
interface Note {
  type: MemberEventType | GroupEventType;
  memberId: string | null;
  groupId: string | null;
  groupName: string | null;
  changes: readonly EventChange[];
  cause: EventCause;
  /** How many later notes there are of the same member: each has a version of its own. */
  behind: number;
}

/**
 * Collects what one transaction does to members and groups, and appends it as events at its end. Every statement that
 * changes a member raises the member's version by one and is noted once, and every membership that begins or ends: a
 * trigger in the tests fails the commit of a change without its event.
 *
 * Of a member that changed several times, each event has its own version; their data show the state at the end.
 */
export class MemberEvents {
  private notes: Note[] = [];
  private readonly cause: EventCause;

  /** @param cause what changes the members, where a note says nothing else */
  constructor(cause: EventCause) {
    this.cause = cause;
  }

  /** A member was created, or changed by one statement. */
  member(
    type: MemberEventType,
    memberId: string,
    changes: readonly EventChange[] = [],
    reason: EventCause['reason'] = this.cause.reason,
  ): void {
    const cause = reason === this.cause.reason ? this.cause : { ...this.cause, reason };
    this.notes.push({ type, memberId, groupId: null, groupName: null, changes, cause, behind: 0 });
  }

  /** A group was made, renamed or deleted. */
  group(
    type: Exclude<GroupEventType, `group.member_${string}`>,
    group: { id: string; name: string },
    changes: readonly EventChange[] = [],
  ): void {
    const { cause } = this;
    const { id: groupId, name: groupName } = group;
    this.notes.push({ type, memberId: null, groupId, groupName, changes, cause, behind: 0 });
  }

  /** Memberships began or ended. A group without a name is known to the database. */
  memberships(
    type: Extract<GroupEventType, `group.member_${string}`>,
    memberships: readonly { groupId: string; memberId: string; groupName?: string | null }[],
  ): void {
    const { cause } = this;
    for (const { groupId, memberId, groupName = null } of memberships) {
      this.notes.push({ type, memberId, groupId, groupName, changes: [], cause, behind: 0 });
    }
  }

  /** A place to go back to when what follows is rolled back to a savepoint. */
  mark(): number {
    return this.notes.length;
  }

  /** Forgets what was noted after a {@link mark}. */
  backTo(mark: number): void {
    this.notes.length = mark;
  }

  /**
   * Appends everything noted so far, in order, right before the commit; see `appendEvents`. Call it when nothing more is
   * noted that a savepoint could take back.
   *
   * @param now the time from the injected clock
   */
  append(db: TransactionDb, workspaceId: string, now: Date): void {
    const { notes } = this;
    if (notes.length === 0) return;
    this.notes = [];
    if (notes.some(({ type }) => concernsSeats.has(type)))
      db.tellAtCommit({ topic: seatsTopic, workspaceId });
    countLater(notes);
    for (let from = 0; from < notes.length; from += eventsAtOnceMax) {
      const some = notes.slice(from, from + eventsAtOnceMax);
      appendRows(db, workspaceId, now, some.length, () => selectOf(workspaceId, some));
    }
  }
}

/** Events of these notes, which {@link appendRows} appends. */
function selectOf(workspaceId: string, notes: readonly Note[]): Sql {
  const workspace = parameter(workspaceId);
  const causes = new Causes();
  const rows = numberedRowsFrom(noteColumns(causes), notes);
  return sql`SELECT x.ordinal, ${typeAsSeen} AS type, CASE WHEN x.group_id IS NULL THEN 'member' ELSE 'group' END AS subject_kind,
         coalesce(x.group_id, x.member_id) AS subject_id,
         CASE WHEN x.group_id IS NULL THEN m.vendor_id END AS subject_external_id,
         CASE WHEN x.group_id IS NULL THEN m.version - x.behind END AS subject_version, (${causes.texts()}::text[])[x.cause]::json AS cause, x.changes,
         CASE WHEN x.group_id IS NULL THEN ${memberDataSql('m', workspace, 'm.version - x.behind')}
           WHEN x.member_id IS NULL THEN json_build_object('id', x.group_id, 'name', x.group_name)
           ELSE json_build_object('id', x.group_id, 'name', coalesce(x.group_name, (
               SELECT name FROM member_group WHERE workspace_id = ${workspace} AND id = x.group_id)),
             'member', json_build_object('id', m.id, 'externalId', m.vendor_id, 'email', m.email)) END AS data
       FROM ${rows} LEFT JOIN LATERAL (
         SELECT * FROM member WHERE workspace_id = ${workspace} AND id = x.member_id OFFSET 0) m ON true`;
}

/**
 * A product that hears of `member.reactivated` gives access: of somebody whose access stays suspended it is only said that
 * they changed. `m` is the member.
 */
const typeAsSeen =
  raw(`CASE WHEN x.type = 'member.reactivated' AND x.group_id IS NULL AND ${accessSql('m')} = 'suspended'
  THEN 'member.updated' ELSE x.type END`);

/** After these another number of members may be active. */
const concernsSeats: ReadonlySet<EventType> = new Set([
  'member.created',
  'member.deactivated',
  'member.reactivated',
  'member.removed',
]);

/** An admin did it in the settings screen. */
export const byAdmin: EventCause = { by: 'admin', runId: null, reason: null };

/** Counts for each note of a member how many later ones there are of the same member. */
function countLater(notes: readonly Note[]): void {
  const later = new Map<string, number>();
  for (let at = notes.length - 1; at >= 0; at -= 1) {
    const note = notes[at];
    if (note === undefined || note.groupId !== null || note.memberId === null) continue;
    note.behind = later.get(note.memberId) ?? 0;
    later.set(note.memberId, note.behind + 1);
  }
}

/** Most events of a transaction have the same cause, so each travels once. */
class Causes {
  private readonly places = new Map<string, number>();

  /** @returns the place of a cause among the {@link texts}: 1, 2, 3 … */
  placeOf(cause: EventCause): number {
    const text = JSON.stringify(cause);
    const place = this.places.get(text) ?? this.places.size + 1;
    this.places.set(text, place);
    return place;
  }

  /** The causes that were asked for, each as JSON, as an array of PostgreSQL. */
  texts(): string {
    return arrayLiteral([...this.places.keys()]);
  }
}

const noChanges = JSON.stringify([]);

function noteColumns(causes: Causes): ArrayColumns<Note> {
  return {
    type: { type: 'text', of: ({ type }) => type },
    member_id: { type: 'uuid', of: ({ memberId }) => memberId },
    group_id: { type: 'uuid', of: ({ groupId }) => groupId },
    group_name: { type: 'text', of: ({ groupName }) => groupName },
    behind: { type: 'integer', of: ({ behind }) => String(behind) },
    cause: { type: 'integer', of: ({ cause }) => String(causes.placeOf(cause)) },
    changes: {
      type: 'json',
      of: ({ changes }) => (changes.length === 0 ? noChanges : JSON.stringify(changes)),
    },
  };
}

/** The event for a member whose status was one and is another. */
export function typeOfChange(before: string, after: string): MemberEventType {
  if (before === after) return 'member.updated';
  if (after === 'active') return 'member.reactivated';
  return after === 'removed' ? 'member.removed' : 'member.deactivated';
}
