import type { Db } from '../../database/db.ts';
import { newId } from '../../database/ids.ts';
import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days } from '../../errors/duration.ts';
import type { CauseKind, MessageParams } from '../causes/cause.ts';
import type { SendError } from '../sending/send-errors.ts';

/** Messages of one workspace within 24 hours, those that admins send to try a channel among them. */
export const messagesPerDayMax = 200;

interface NewDelivery {
  id: string;
  channelId: string;
  error: SendError | null;
}

/**
 * Makes a message and its deliveries, one for each channel that wants to hear of it. To be called in the transaction that
 * notes the cause: however many processes look, each message is made once. Beyond the limit of a day a delivery is noted as
 * failed, so that the page shows it.
 *
 * @returns how many are to be sent
 */
export async function makeNotification(
  db: Db,
  workspaceId: string,
  { kind, params }: { kind: CauseKind; params: MessageParams },
  now: Date,
): Promise<number> {
  const { rows: channels } = await db.run(
    sql<{ id: string }>`SELECT id FROM notification_channel
     WHERE workspace_id = ${workspaceId} AND ${kind} = ANY (causes) ORDER BY id`,
  );
  if (channels.length === 0) return 0;
  const room = await roomToday(db, workspaceId, now);
  const id = newId();
  await db.run(
    sql`INSERT INTO notification (id, workspace_id, kind, params, at)
      VALUES (${id}, ${workspaceId}, ${kind}, ${JSON.stringify(params)}, ${now})`,
  );
  const made = channels.map(({ id: channelId }, at): NewDelivery => {
    return { id: newId(), channelId, error: at < room ? null : 'daily-limit' };
  });
  const time = parameter(now);
  await db.run(
    sql`INSERT INTO notification_delivery (id, workspace_id, notification_id, channel_id, state, next_attempt_at, error,
         created_at)
      SELECT x.id, ${workspaceId}, ${id}, x.channel_id, CASE WHEN x.error IS NULL THEN 'pending' ELSE 'failed' END,
        CASE WHEN x.error IS NULL THEN ${time}::timestamptz END, x.error, ${time}
      FROM ${rowsFrom(deliveryColumns, made)}`,
  );
  return Math.min(room, channels.length);
}

/** How many messages the workspace may still send within these 24 hours. */
export async function roomToday(db: Db, workspaceId: string, now: Date): Promise<number> {
  const { rows } = await db.run(
    sql<{ sent: number }>`SELECT count(*)::integer AS sent FROM (
       SELECT FROM notification_delivery WHERE workspace_id = ${workspaceId}
         AND created_at > ${new Date(now.getTime() - days(1))} AND error IS DISTINCT FROM 'daily-limit'
       LIMIT ${messagesPerDayMax}) d`,
  );
  return messagesPerDayMax - (rows[0]?.sent ?? 0);
}

const deliveryColumns: ArrayColumns<NewDelivery> = {
  id: { type: 'uuid', of: ({ id }) => id },
  channel_id: { type: 'uuid', of: ({ channelId }) => channelId },
  error: { type: 'text', of: ({ error }) => error },
};
