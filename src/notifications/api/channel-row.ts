import type { Db } from '../../database/db.ts';
import { raw, sql } from '../../database/sql.ts';
import type { Row } from '../../database/table/table.ts';
import { ConflictError, NotFoundError } from '../../errors/domain-errors.ts';
import type { notificationChannel } from '../tables/notification-channel.table.ts';
import type { AddedChannelResponse, ChannelResponse } from './notifications.dto.ts';

/** Addresses of one workspace that messages go to: Slack, Teams and others. */
export const channelsMax = 10;

/** Admins of one workspace who get mail. */
export const subscribersMax = 50;

export type ChannelRow = Row<typeof notificationChannel>;

/** The columns of {@link ChannelRow}. */
export const channelColumns =
  raw(`id, workspace_id AS "workspaceId", kind, name, email, email_key AS "emailKey", host,
  sealed_url AS "sealedUrl", secrets, causes, language, created_by AS "createdBy", created_at AS "createdAt"`);

/** All channels of a workspace, the oldest first. */
export async function readChannels(db: Db, workspaceId: string): Promise<ChannelRow[]> {
  const { rows } = await db.run(
    sql<ChannelRow>`SELECT ${channelColumns} FROM notification_channel WHERE workspace_id = ${workspaceId} ORDER BY id`,
  );
  return rows;
}

/** @throws NotFoundError */
export async function findChannel(db: Db, workspaceId: string, id: string): Promise<ChannelRow> {
  const { rows } = await db.run(
    sql<ChannelRow>`SELECT ${channelColumns} FROM notification_channel
     WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  );
  const [row] = rows;
  if (row === undefined) throw noChannel();
  return row;
}

export function noChannel(): NotFoundError {
  return new NotFoundError('channel for notifications');
}

/**
 * The caller holds the state of the workspace, so that two at once cannot both take the last place.
 *
 * @throws ConflictError
 */
export function requireRoom(channels: readonly ChannelRow[], isMail: boolean): void {
  const most = isMail ? subscribersMax : channelsMax;
  if (channels.filter(({ kind }) => (kind === 'email') === isMail).length < most) return;
  const message = isMail
    ? `At most ${most} admins of a workspace get mail. Remove one who needs it no more.`
    : `A workspace has at most ${most} channels. Remove one that is not needed.`;
  throw new ConflictError('too-many-channels', message, { channelsMax: most });
}

/** The outward shape of a channel: its address is never shown again. */
export function toChannel(row: ChannelRow): ChannelResponse {
  const { id, kind, name, host, causes, language, createdBy, createdAt } = row;
  return { id, kind, name, host, causes, language, createdBy, createdAt: createdAt.toISOString() };
}

/** What of a channel an `ETag` stands for. */
export function channelState({ secret: _secret, ...state }: Partial<AddedChannelResponse>): unknown {
  return state;
}
