import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { mergeSettings } from '../../workspaces/settings.ts';
import type { MessageKind, MessageParams } from '../causes/cause.ts';
import type { Target } from '../sending/message-sender.ts';
import type { RawMessage } from '../wording/message.ts';

/** A delivery that this process is to send now. */
export interface ClaimedNotification {
  id: string;
  attempts: number;
  failures: number;
  target: Target;
  raw: RawMessage;
}

/**
 * What to claim.
 *
 * @property byMail mail, or what is posted: a mail server that hangs does not hold up the chats
 * @property max how many
 * @property busyChannels those that this process is sending to: a channel gets its messages one after another
 * @property leasedUntil when the claim lapses, so that what a killed process had is sent by another one
 */
export interface NotificationClaim {
  byMail: boolean;
  max: number;
  busyChannels: readonly string[];
  now: Date;
  leasedUntil: Date;
}

/** Rows that are looked at for so many to claim: of one channel, only the first is taken. */
const lookedAtShare = 8;

/** People that a message names. */
export const peopleNamedMax = 5;

type ClaimedRow = Omit<ClaimedNotification, 'target' | 'raw'> &
  Omit<Target, 'kind'> & {
    channelKind: Target['kind'];
    notificationId: string;
    kind: MessageKind;
    params: MessageParams;
    at: Date;
    workspaceId: string;
    workspaceName: string;
    externalId: string | null;
    timeZone: string | null;
    mayName: boolean;
  };

/** Claims deliveries that are due, one of each channel. What another process claims at this moment is left out. */
export async function claimNotifications(db: Db, claim: NotificationClaim): Promise<ClaimedNotification[]> {
  const { byMail, max, busyChannels, leasedUntil } = claim;
  if (max <= 0) return [];
  const now = parameter(claim.now);
  const { rows: claimed } = await db.run(
    sql<{ workspaceId: string; id: string }>`WITH due AS MATERIALIZED (
       SELECT d.workspace_id, d.id, d.channel_id, d.next_attempt_at FROM notification_delivery d
       JOIN notification_channel c ON c.workspace_id = d.workspace_id AND c.id = d.channel_id
       WHERE d.state = 'pending' AND d.next_attempt_at <= ${now} AND (d.leased_until IS NULL OR d.leased_until <= ${now})
         AND (c.kind = 'email') = ${byMail} AND d.channel_id <> ALL (${busyChannels}::uuid[])
       ORDER BY d.next_attempt_at, d.id LIMIT ${max * lookedAtShare} FOR UPDATE OF d SKIP LOCKED
     ), first AS (
       SELECT workspace_id, id FROM (SELECT DISTINCT ON (channel_id) workspace_id, id, next_attempt_at FROM due
         ORDER BY channel_id, next_attempt_at, id) f
       ORDER BY next_attempt_at, id LIMIT ${max}
     )
     UPDATE notification_delivery d SET attempts = d.attempts + 1, leased_until = ${leasedUntil}
     FROM first WHERE d.workspace_id = first.workspace_id AND d.id = first.id
     RETURNING d.workspace_id AS "workspaceId", d.id`.prepared(),
  );
  if (claimed.length === 0) return [];
  const workspaces = claimed.map(({ workspaceId }) => workspaceId);
  const ids = claimed.map(({ id }) => id);
  const { rows } = await db.run(
    sql<ClaimedRow>`SELECT d.id, d.attempts, d.failures, c.id AS "channelId", c.kind AS "channelKind", c.email,
       c.sealed_url AS "sealedUrl", c.secrets, c.language, n.id AS "notificationId", n.kind, n.params, n.at,
       w.id AS "workspaceId", w.name AS "workspaceName", w.external_id AS "externalId",
       w.settings ->> 'timeZone' AS "timeZone", coalesce(s.names, false) AS "mayName"
     FROM unnest(${workspaces}::uuid[], ${ids}::uuid[]) claimed(workspace_id, id)
     JOIN notification_delivery d ON d.workspace_id = claimed.workspace_id AND d.id = claimed.id
     JOIN notification_channel c ON c.workspace_id = d.workspace_id AND c.id = d.channel_id
     JOIN notification n ON n.workspace_id = d.workspace_id AND n.id = d.notification_id JOIN workspace w ON w.id = d.workspace_id
     LEFT JOIN notification_state s ON s.workspace_id = d.workspace_id`.prepared(),
  );
  return Promise.all(rows.map((row) => toClaimed(db, row)));
}

async function toClaimed(db: Db, row: ClaimedRow): Promise<ClaimedNotification> {
  const { id, attempts, failures, channelId, channelKind, email, sealedUrl, secrets, language } = row;
  const { kind, params, at, workspaceId, mayName } = row;
  const { timeZone } = mergeSettings(row.timeZone === null ? {} : { timeZone: row.timeZone });
  const workspace = { id: workspaceId, name: row.workspaceName, externalId: row.externalId, timeZone };
  const names = mayName ? await readNames(db, workspaceId, kind) : null;
  return {
    id,
    attempts,
    failures,
    target: { channelId, kind: channelKind, email, sealedUrl, secrets, language },
    raw: { id: row.notificationId, kind, params, at, workspace, names },
  };
}

/** Read when it is sent, so that no name lies in a message that waits, and none is sent after the setting was taken back. */
async function readNames(db: Db, workspaceId: string, kind: MessageKind): Promise<RawMessage['names']> {
  const state = kind === 'removals_held' ? 'held' : kind === 'conflicts' ? 'conflict' : null;
  if (state === null) return null;
  const { rows } = await db.run(
    sql<{ name: string; total: number }>`SELECT name, (count(*) OVER ())::integer AS total FROM sync_link
     WHERE workspace_id = ${workspaceId} AND state <> 'linked' AND state = ${state}
     ORDER BY name, directory_user_id LIMIT ${peopleNamedMax}`,
  );
  const shown = rows.map(({ name }) => name).filter((name) => name !== '');
  return { shown, more: (rows[0]?.total ?? 0) - shown.length };
}
