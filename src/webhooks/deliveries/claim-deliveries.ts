import type { Db } from '../../database/db.ts';
import { nothing, parameter, type Sql, sql } from '../../database/sql.ts';
import { eventColumns, type EventRow } from '../../events/read-events.ts';
import type { SealedSecret } from '../signing/webhook-secrets.ts';

/** A delivery that this process is to send now. What belongs to the event is null when it is no longer kept. */
export interface ClaimedDelivery {
  id: string;
  webhookId: string;
  attempts: number;
  failures: number;
  url: string;
  secrets: SealedSecret[];
  isFailing: boolean;
  event: EventRow | null;
}

/**
 * What to claim.
 *
 * @property urgent those that are urgent, or those that are not
 * @property eachMax deliveries of one webhook that this process may have under way
 * @property eachFailingMax the same for a webhook whose last attempt failed
 * @property underWay how many it has, by webhook
 * @property leasedUntil when the claim lapses, so that what a killed process had is sent by another one
 */
export interface Claim {
  urgent: boolean;
  eachMax: number;
  eachFailingMax: number;
  underWay: ReadonlyMap<string, number>;
  now: Date;
  leasedUntil: Date;
}

/**
 * Claims deliveries that are due and stand behind no other of the same person, of every active webhook. What another
 * process claims at this moment is left out. Those of one webhook come in the order in which they became due.
 *
 * What stands before a delivery is asked as a value, which PostgreSQL looks up for each row that it takes: as a condition
 * (NOT EXISTS) it may become a join, which reads everything that waits.
 *
 * @param distributed whether the events lie on other nodes than the deliveries
 */
export async function claimDeliveries(db: Db, claim: Claim, distributed = false): Promise<ClaimedDelivery[]> {
  if (distributed) return withEvents(db, await claimRows(db, claim, withoutEvents));
  const rows = await claimRows(db, claim, withTheirEvents);
  return rows.map(({ id, webhookId, attempts, failures, url, secrets, isFailing, ...event }) => ({
    id,
    webhookId,
    attempts,
    failures,
    url,
    secrets,
    isFailing,
    event: (event.sequence as string | null) === null ? null : event,
  }));
}

/** What is read of a claimed delivery `c` beside it, and from where. */
interface Besides<Row> {
  columns: Sql<Row>;
  from: Sql;
}

const withTheirEvents: Besides<EventRow> = {
  columns: eventColumns(),
  from: sql`LEFT JOIN event e ON e.workspace_id = c.workspace_id AND e.sequence = c.sequence`,
};

const withoutEvents: Besides<EventName> = {
  columns: sql`c.workspace_id AS "workspaceId", c.sequence`,
  from: nothing,
};

type EventName = Pick<EventRow, 'workspaceId' | 'sequence'>;

async function claimRows<Row>(
  db: Db,
  claim: Claim,
  { columns, from }: Besides<Row>,
): Promise<(Omit<ClaimedDelivery, 'event'> & Row)[]> {
  const { urgent, eachMax, eachFailingMax, underWay, leasedUntil } = claim;
  const now = parameter(claim.now);
  const { rows } = await db.run(
    sql<Omit<ClaimedDelivery, 'event'> & Row>`WITH busy AS (
       SELECT * FROM ROWS FROM (
         unnest(${[...underWay.keys()]}::uuid[]), unnest(${[...underWay.values()]}::integer[])) AS b(id, count)
     ), due AS MATERIALIZED (
       SELECT d.id FROM webhook h LEFT JOIN busy b ON b.id = h.id
       CROSS JOIN LATERAL (
         SELECT d.id FROM webhook_delivery d
         WHERE d.webhook_id = h.id AND d.state = 'pending' AND d.urgent = ${urgent} AND d.next_attempt_at <= ${now}
           AND (d.leased_until IS NULL OR d.leased_until <= ${now})
           AND (SELECT e.id FROM webhook_delivery e
             WHERE e.webhook_id = d.webhook_id AND e.ordered_by = d.ordered_by AND e.state = 'pending'
               AND e.workspace_id = d.workspace_id AND e.sequence < d.sequence LIMIT 1) IS NULL
         ORDER BY d.next_attempt_at, d.id
         LIMIT greatest(0, CASE WHEN h.failing_since IS NULL THEN ${eachMax}::integer ELSE ${eachFailingMax}::integer END
           - coalesce(b.count, 0))
         FOR UPDATE SKIP LOCKED) d
       WHERE h.state = 'active'
     ), claimed AS (
       UPDATE webhook_delivery d SET attempts = d.attempts + 1, leased_until = ${leasedUntil}
       FROM due WHERE d.id = due.id
       RETURNING d.id, d.webhook_id, d.workspace_id, d.sequence, d.attempts, d.failures, d.next_attempt_at
     )
     SELECT c.id, c.webhook_id AS "webhookId", c.attempts, c.failures, h.url, h.secrets,
       h.failing_since IS NOT NULL AS "isFailing", ${columns}
     FROM claimed c JOIN webhook h ON h.id = c.webhook_id
     ${from}
     ORDER BY c.next_attempt_at, c.id`.prepared(),
  );
  return rows;
}

/** Reads the events of claimed deliveries where each workspace has its own on one node of several. */
async function withEvents(
  db: Db,
  claimed: readonly (Omit<ClaimedDelivery, 'event'> & EventName)[],
): Promise<ClaimedDelivery[]> {
  const found = new Map<string, EventRow>();
  for (const [id, ofWorkspace] of Map.groupBy(claimed, ({ workspaceId }) => workspaceId)) {
    const workspace = parameter(id);
    const { rows } = await db.run(
      sql<EventRow>`SELECT ${eventColumns(workspace)} FROM event e
       WHERE e.workspace_id = ${workspace}
         AND e.sequence = ANY (${ofWorkspace.map(({ sequence }) => sequence)}::bigint[])`,
    );
    for (const row of rows) found.set(`${id} ${row.sequence}`, row);
  }
  return claimed.map(({ workspaceId, sequence, ...delivery }) => ({
    ...delivery,
    event: found.get(`${workspaceId} ${sequence}`) ?? null,
  }));
}
