import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { newId } from '../../database/ids.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { type Language, sentenceText } from '../../errors/sentence.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import type { MessageKind, MessageParams } from '../causes/cause.ts';
import { settleSent } from '../deliveries/settle-notification.ts';
import { messagesPerDayMax, roomToday } from '../looks/make-notification.ts';
import type { ChannelKind } from '../sending/channel.ts';
import { MessageSender } from '../sending/message-sender.ts';
import { sendErrors } from '../sending/send-errors.ts';
import type { notificationDelivery } from '../tables/notification-delivery.table.ts';
import type { Row } from '../../database/table/table.ts';
import { titleOf } from '../wording/message.ts';
import { type ChannelRow, findChannel, noChannel } from './channel-row.ts';
import { holdState } from './hold-state.ts';
import type { MessageResponse } from './messages.dto.ts';

/** The messages of a workspace: what became of the latest, and one to try a channel. */
@Injectable()
export class MessagesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly sender: MessageSender,
  ) {}

  /** The messages, the newest first. @throws BadInputError for a cursor that is none of ours */
  @InLane('list')
  async list(
    workspaceId: string,
    { cursor, limit }: PageQuery,
    language: Language,
  ): Promise<Page<MessageResponse>> {
    const cursors = cursorsOf(this.seal, 'notification-deliveries', workspaceId);
    const before = parameter(decodeCursor(cursors, cursor));
    const rows = await this.read(workspaceId, sql`${before}::uuid IS NULL OR d.id < ${before}`, limit + 1);
    return pageOf(
      cursors,
      rows.map((row) => toMessage(row, language)),
      limit,
      ({ id }) => id,
    );
  }

  /**
   * Sends a message to a channel at once, once, and says what came of it. An admin may try the channels of the workspace and
   * their own mailbox.
   *
   * @throws NotFoundError, ConflictError `too-many-messages`
   */
  async test(session: Session, channelId: string, language: Language): Promise<MessageResponse> {
    const { workspaceId } = session;
    const now = this.clock.now();
    const { id: ownId, name, externalId, settings } = await this.workspaces.get(workspaceId);
    const { channel, delivery } = await this.noteTest(session, channelId, now);
    const workspace = { id: ownId, name, externalId, timeZone: settings.timeZone };
    const raw = { id: delivery, kind: 'test', params: {}, at: now, workspace, names: null } as const;
    const sent = await this.sender.send(raw, { ...channel, channelId }, delivery);
    const end = { now: this.clock.now(), next: null };
    await settleSent(this.db, { id: delivery, attempts: 1, raw }, sent, end);
    const [row] = await this.read(workspaceId, sql`d.id = ${delivery}`, 1);
    if (row === undefined) throw noChannel();
    return toMessage(row, language);
  }

  /** It is written before it is sent, so that it counts; nobody sends it again, since it is never due. */
  private async noteTest(
    { workspaceId, email }: Session,
    channelId: string,
    now: Date,
  ): Promise<{ channel: ChannelRow; delivery: string }> {
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await holdState(db, workspaceId);
      const channel = await findChannel(db, workspaceId, channelId);
      if (channel.emailKey !== null && channel.emailKey !== foldCase(email)) throw noChannel();
      if ((await roomToday(db, workspaceId, now)) <= 0) throw tooManyMessages();
      const [notification, delivery] = [newId(), newId()];
      await db.run(
        sql`INSERT INTO notification (id, workspace_id, kind, params, at)
          VALUES (${notification}, ${workspaceId}, 'test', '{}', ${now})`,
      );
      await db.run(
        sql`INSERT INTO notification_delivery (id, workspace_id, notification_id, channel_id, state, attempts, created_at)
          VALUES (${delivery}, ${workspaceId}, ${notification}, ${channelId}, 'pending', 1, ${now})`,
      );
      return { channel, delivery };
    });
  }

  private async read(
    workspaceId: string,
    which: ReturnType<typeof sql>,
    limit: number,
  ): Promise<MessageRow[]> {
    const { rows } = await this.db.run(
      sql<MessageRow>`SELECT d.id, d.state, d.attempts, d.next_attempt_at AS "nextAttemptAt",
         d.attempted_at AS "attemptedAt", d.status, d.error, d.answer, d.created_at AS "createdAt", n.kind, n.params,
         c.id AS "channelId", c.kind AS "channelKind", c.name AS "channelName"
       FROM notification_delivery d JOIN notification n ON n.workspace_id = d.workspace_id AND n.id = d.notification_id
       JOIN notification_channel c ON c.workspace_id = d.workspace_id AND c.id = d.channel_id
       WHERE d.workspace_id = ${workspaceId} AND (${which}) ORDER BY d.id DESC LIMIT ${limit}`,
    );
    return rows;
  }
}

type Delivery = Row<typeof notificationDelivery>;

interface MessageRow extends Omit<Delivery, 'workspaceId' | 'notificationId' | 'failures' | 'leasedUntil'> {
  kind: MessageKind;
  params: MessageParams;
  channelKind: ChannelKind;
  channelName: string;
}

function toMessage(row: MessageRow, language: Language): MessageResponse {
  const { id, kind, params, channelId, channelKind, channelName, state, attempts, status, error, answer } =
    row;
  return {
    id,
    kind,
    title: titleOf(kind, params, language),
    channel: { id: channelId, kind: channelKind, name: channelName },
    state,
    attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastAttemptAt: row.attemptedAt?.toISOString() ?? null,
    status,
    error: error === null ? null : { code: error, text: sentenceText(sendErrors[error], language, {}) },
    answer,
    createdAt: row.createdAt.toISOString(),
  };
}

function tooManyMessages(): ConflictError {
  const message = `This workspace has sent ${messagesPerDayMax} messages within 24 hours, and may send no more now.`;
  return new ConflictError('too-many-messages', message, { messagesMax: messagesPerDayMax });
}
