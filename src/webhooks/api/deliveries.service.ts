import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { nothing, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { Row } from '../../database/table/table.ts';
import { ConflictError, NotFoundError } from '../../errors/domain-errors.ts';
import { eventId } from '../../events/event.ts';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../../http/paging/page.ts';
import { DeliverySender } from '../deliveries/delivery-sender.service.ts';
import { attemptErrors } from '../sending/attempt-errors.ts';
import type { DeliveryState } from '../tables/delivery-columns.ts';
import type { webhookDelivery } from '../tables/webhook-delivery.table.ts';
import type { AttemptResponse, DeliveriesQuery, DeliveryResponse } from './deliveries.dto.ts';

/** What the operator sees and does of deliveries. */
@Injectable()
export class DeliveriesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly sender: DeliverySender,
  ) {}

  /**
   * The deliveries of a webhook, the newest first.
   *
   * @throws NotFoundError, BadInputError for a cursor that is none of ours
   */
  @InLane('list')
  async list(webhookId: string, { state, cursor, limit }: DeliveriesQuery): Promise<Page<DeliveryResponse>> {
    await requireWebhook(this.db, webhookId);
    const cursors = cursorsOf(this.seal, 'webhook-deliveries', webhookId, { state });
    const before = parameter(decodeCursor(cursors, cursor));
    const ofState = state === undefined ? nothing : ofStates[state];
    const { rows } = await this.db.run(
      sql<DeliveryRow>`SELECT ${deliveryColumns} FROM webhook_delivery
        WHERE webhook_id = ${webhookId} ${ofState} AND (${before}::uuid IS NULL OR id < ${before})
        ORDER BY id DESC LIMIT ${limit + 1}`,
    );
    return pageOf(cursors, rows.map(toDelivery), limit, ({ id }) => id);
  }

  /**
   * Sends a delivery again, as soon as the earlier ones of the same member are through, with all its attempts before it.
   *
   * @throws NotFoundError also when the event is no longer kept
   * @throws ConflictError `webhook-disabled`
   */
  async resend(webhookId: string, id: string): Promise<DeliveryResponse> {
    const now = this.clock.now();
    const row = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const { rows: webhooks } = await db.run(
        sql<{ state: string }>`SELECT state FROM webhook WHERE id = ${webhookId} FOR NO KEY UPDATE`,
      );
      const [webhook] = webhooks;
      if (webhook === undefined) throw new NotFoundError('webhook');
      if (webhook.state !== 'active')
        throw new ConflictError(
          'webhook-disabled',
          'This webhook is disabled. Make it active, and send again.',
        );
      await requireEvent(db, webhookId, id);
      const { rows } = await db.run(
        sql<DeliveryRow>`UPDATE webhook_delivery SET state = 'pending', failures = 0, next_attempt_at = ${now}
          WHERE id = ${id} AND webhook_id = ${webhookId} RETURNING ${deliveryColumns}`,
      );
      const [delivery] = rows;
      if (delivery === undefined) throw new NotFoundError('delivery');
      // What waits behind it may go on right after it.
      await db.run(
        sql`UPDATE webhook_delivery SET next_attempt_at = ${now}
          WHERE webhook_id = ${webhookId} AND ordered_by = ${delivery.orderedBy} AND state = 'pending'
            AND next_attempt_at > ${now}`,
      );
      return delivery;
    });
    this.sender.poke();
    return toDelivery(row);
  }
}

/** Written out, because only then an index of one state can answer. */
const ofStates: Readonly<Record<DeliveryState, Sql>> = {
  pending: raw(`AND state = 'pending'`),
  delivered: raw(`AND state = 'delivered'`),
  failed: raw(`AND state = 'failed'`),
};

async function requireWebhook(db: Db, id: string): Promise<void> {
  const { count } = await db.run(sql`SELECT FROM webhook WHERE id = ${id}`);
  if (count === 0) throw new NotFoundError('webhook');
}

/**
 * Requires that the event of a delivery is still kept; it may lie on another node. Should it go meanwhile, who sends deletes the
 * delivery.
 *
 * @throws NotFoundError
 */
async function requireEvent(db: Db, webhookId: string, id: string): Promise<void> {
  const { rows } = await db.run(
    sql<{
      workspaceId: string;
      sequence: string;
    }>`SELECT workspace_id AS "workspaceId", sequence FROM webhook_delivery
      WHERE id = ${id} AND webhook_id = ${webhookId}`,
  );
  const [named] = rows;
  if (named === undefined) throw new NotFoundError('delivery');
  const { count } = await db.run(
    sql`SELECT FROM event WHERE workspace_id = ${named.workspaceId} AND sequence = ${named.sequence}`,
  );
  if (count === 0) throw new NotFoundError('delivery');
}

type DeliveryRow = Omit<Row<typeof webhookDelivery>, 'webhookId' | 'urgent' | 'failures' | 'leasedUntil'>;

const deliveryColumns =
  raw(`id, workspace_id AS "workspaceId", sequence, type, ordered_by AS "orderedBy", state, attempts,
  next_attempt_at AS "nextAttemptAt", attempted_at AS "attemptedAt", status, error, latency_ms AS "latencyMs", answer,
  created_at AS "createdAt"`);

function toDelivery(row: DeliveryRow): DeliveryResponse {
  const { id, workspaceId, sequence, type, state, attempts } = row;
  return {
    id,
    eventId: eventId(workspaceId, sequence),
    type,
    workspaceId,
    sequence: Number(sequence),
    state,
    attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastAttempt: lastAttemptOf(row),
    createdAt: row.createdAt.toISOString(),
  };
}

function lastAttemptOf({
  attemptedAt,
  status,
  error,
  latencyMs,
  answer,
}: DeliveryRow): AttemptResponse | null {
  if (attemptedAt === null) return null;
  return {
    at: attemptedAt.toISOString(),
    status,
    error: error === null ? null : { code: error, text: attemptErrors[error] },
    latencyMs: latencyMs ?? 0,
    answer,
  };
}
