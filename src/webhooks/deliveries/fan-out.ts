import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import type { Db } from '../../database/db.ts';
import { newId } from '../../database/ids.ts';
import { nothing, type Parameter, parameter, raw, sql } from '../../database/sql.ts';
import type { EventType } from '../../events/event.ts';
import { cut } from '../../events/feed-ranges.ts';
import { readPublication, readPublished } from '../../events/publish.ts';
import { readByWorkspace } from '../../events/ranges-by-workspace.ts';
import type { EventRange } from '../../events/event-range.ts';
import { fromRanges } from '../../events/read-events.ts';

/** Events that one transaction looks at for one webhook. */
export const fannedOutAtOnceMax = 2_000;

/** Positions of the feed that it looks at. */
const positionsAtOnceMax = 500;

/** Events after which somebody must lose access: they are sent before all others. */
const urgentTypes: ReadonlySet<EventType> = new Set([
  'member.deactivated',
  'member.removed',
  'member.suspended',
]);

interface Place {
  types: EventType[] | null;
  workspaceIds: string[] | null;
  position: string;
  sequence: string;
}

/** What of an event decides how it is sent. */
interface EventHead {
  workspaceId: string;
  sequence: string;
  type: EventType;
  orderedBy: string;
}

/** The active webhooks that have not come to the end of the feed, and the disabled ones whose end is still to be told. */
export async function webhooksWithWork(db: Db): Promise<{ id: string; isDisabled: boolean }[]> {
  const { rows } = await db.run(
    sql<{ id: string; isDisabled: boolean }>`SELECT id, state = 'disabled' AS "isDisabled" FROM webhook
      WHERE CASE state WHEN 'active' THEN position < (SELECT position FROM publication) ELSE announcements_left > 0 END
      ORDER BY id`.prepared(),
  );
  return rows;
}

/**
 * Makes the deliveries of the next events for a webhook, and moves its place in the feed. Both in one transaction, which
 * holds the webhook: however many processes try, each event gets one delivery.
 *
 * @param db the transaction
 * @param now the time from the injected clock
 * @param distributed whether each workspace has its events on one node of several
 * @returns whether there may be more; false also when another process is at it
 */
export async function fanOut(db: Db, webhookId: string, now: Date, distributed = false): Promise<boolean> {
  const place = await lockPlace(db, webhookId);
  if (place === null) return false;
  const { position: newest, forgotten } = await readPublication(db);
  const known = { position: BigInt(place.position), sequence: BigInt(place.sequence) };
  // What was deleted while the webhook was disabled cannot be sent any more.
  const from = known.position < forgotten ? { position: forgotten, sequence: 0n } : known;
  const positions = await readPublished(db, from.position, positionsAtOnceMax);
  const start = { kind: 'global', at: null, ...from } as const;
  const { ranges, end } = cut(positions, start, fannedOutAtOnceMax, place.workspaceIds);
  const events = await readHeads(db, ranges, place.types, distributed);
  await insertDeliveries(db, webhookId, events, now);
  await db.run(
    sql`UPDATE webhook SET position = ${end.position}, position_sequence = ${end.sequence} WHERE id = ${webhookId}`.prepared(),
  );
  return end.sequence > 0n || end.position < newest;
}

async function lockPlace(db: Db, webhookId: string): Promise<Place | null> {
  const { rows } = await db.run(
    sql<Place>`SELECT types, workspace_ids AS "workspaceIds", position, position_sequence AS sequence FROM webhook
      WHERE id = ${webhookId} AND state = 'active' FOR NO KEY UPDATE SKIP LOCKED`.prepared(),
  );
  return rows[0] ?? null;
}

/** Memberships are ordered with the other events of the member. */
const orderedBySql = raw(`CASE WHEN e.type IN ('group.member_added', 'group.member_removed')
    THEN coalesce((e.data #>> '{member,id}')::uuid, e.subject_id) ELSE e.subject_id END`);

async function readHeads(
  db: Db,
  ranges: readonly EventRange[],
  types: readonly EventType[] | null,
  distributed: boolean,
): Promise<EventHead[]> {
  if (ranges.length === 0) return [];
  const select = (some: readonly EventRange[], workspace?: Parameter) =>
    sql<
      EventHead & { ordinal: string }
    >`SELECT r.ordinal, e.workspace_id AS "workspaceId", e.sequence, e.type, ${orderedBySql} AS "orderedBy"
     ${fromRanges(some, types, nothing, workspace)}`;
  return distributed ? readByWorkspace(db, ranges, select) : (await db.run(select(ranges))).rows;
}

/**
 * A delivery behind one that waits for its next attempt need not be looked at before that. And what stands before an urgent
 * one of the same person is urgent, too: it would hold it up.
 */
async function insertDeliveries(
  db: Db,
  webhookId: string,
  events: readonly EventHead[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const webhook = parameter(webhookId);
  const time = parameter(now);
  await db.run(
    sql`INSERT INTO webhook_delivery (id, webhook_id, workspace_id, sequence, type, ordered_by, urgent, state,
         next_attempt_at, created_at)
       SELECT x.id, ${webhook}, x.workspace_id, x.sequence, x.type, x.ordered_by, x.urgent, 'pending',
         greatest(${time}, (SELECT d.next_attempt_at FROM webhook_delivery d
           WHERE d.webhook_id = ${webhook} AND d.ordered_by = x.ordered_by AND d.state = 'pending'
           ORDER BY d.sequence DESC LIMIT 1)), ${time}
       FROM ${rowsFrom(deliveryColumns, events)}
       ON CONFLICT ON CONSTRAINT webhook_delivery_event_key DO NOTHING`,
  );
  const urgent = events.filter(isUrgent).map(({ orderedBy }) => orderedBy);
  if (urgent.length === 0) return;
  await db.run(
    sql`UPDATE webhook_delivery SET urgent = true
      WHERE webhook_id = ${webhook} AND state = 'pending' AND NOT urgent AND ordered_by = ANY (${urgent}::uuid[])`,
  );
}

const deliveryColumns: ArrayColumns<EventHead> = {
  id: { type: 'uuid', of: () => newId() },
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  sequence: { type: 'bigint', of: ({ sequence }) => sequence },
  type: { type: 'text', of: ({ type }) => type },
  ordered_by: { type: 'uuid', of: ({ orderedBy }) => orderedBy },
  urgent: { type: 'boolean', of: (event) => String(isUrgent(event)) },
};

function isUrgent({ type }: EventHead): boolean {
  return urgentTypes.has(type);
}
