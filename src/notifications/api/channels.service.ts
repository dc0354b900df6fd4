import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { newId } from '../../database/ids.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { WebhookSecrets } from '../../webhooks/signing/webhook-secrets.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { causesOnce } from '../causes/cause.ts';
import { AddressBox } from '../sending/address-box.ts';
import {
  type ChannelRow,
  channelState,
  findChannel,
  noChannel,
  readChannels,
  requireRoom,
  toChannel,
} from './channel-row.ts';
import { readChannelUrl } from './channel-url.ts';
import { holdState } from './hold-state.ts';
import type {
  AddChannelDto,
  AddedChannelResponse,
  ChangeChannelDto,
  ChannelResponse,
} from './notifications.dto.ts';
import { watchIfWanted } from './watch.ts';

/** The addresses of a workspace that messages go to. */
@Injectable()
export class ChannelsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
    private readonly addresses: AddressBox,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @throws NotFoundError */
  async get({ workspaceId }: Session, id: string): Promise<ChannelResponse> {
    return toChannel(await findChannel(this.db, workspaceId, id));
  }

  /**
   * Adds a channel. The secret of one that is signed is in this answer and nowhere else.
   *
   * @throws BadInputError for an address that messages cannot be sent to
   * @throws ConflictError `too-many-channels`
   */
  async add(session: Session, asked: AddChannelDto): Promise<AddedChannelResponse> {
    const { workspaceId, email } = session;
    const { kind, name, language } = asked;
    const causes = causesOnce(asked.causes);
    const url = readChannelUrl(asked.url, this.config.channelAllowPrivate);
    const now = this.clock.now();
    const id = newId();
    const made = kind === 'webhook' ? this.secrets.make(id) : null;
    const secrets = made === null ? [] : [{ sealed: made.sealed, endsAt: null }];
    const row = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const state = await holdState(db, workspaceId);
      requireRoom(await readChannels(db, workspaceId), false);
      await db.run(
        sql`INSERT INTO notification_channel (id, workspace_id, kind, name, host, sealed_url, secrets, causes, language,
            created_by, created_at)
          VALUES (${id}, ${workspaceId}, ${kind}, ${name}, ${url.host}, ${this.addresses.seal(url.href, id)},
            ${JSON.stringify(secrets)}, ${causes}, ${language}, ${email}, ${now})`,
      );
      await watchIfWanted(manager, this.audit, workspaceId, state, now);
      await this.audit.byAdmin(manager, session, 'notification-channel.added', id, {
        kind,
        name,
        host: url.host,
      });
      return findChannel(db, workspaceId, id);
    });
    return { ...toChannel(row), secret: made?.secret ?? null };
  }

  /** Changes a channel of the workspace; mail is chosen by each admin. @throws NotFoundError, PreconditionFailedError */
  async change(
    session: Session,
    id: string,
    asked: ChangeChannelDto,
    precondition: Precondition,
  ): Promise<ChannelResponse> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      await holdState(db, workspaceId);
      const before = await findChannel(db, workspaceId, id);
      if (before.kind === 'email') throw noChannel();
      precondition.check(channelState(toChannel(before)));
      const { name = before.name, language = before.language } = asked;
      const causes = causesOnce(asked.causes ?? before.causes);
      await db.run(
        sql`UPDATE notification_channel SET name = ${name}, causes = ${causes}, language = ${language}
          WHERE workspace_id = ${workspaceId} AND id = ${id}`,
      );
      const details = { name, causes, language };
      await this.audit.byAdmin(manager, session, 'notification-channel.changed', id, details);
      return toChannel(await findChannel(db, workspaceId, id));
    });
  }

  /** Removes a channel, or the mail of an admin, with what waits for it. @throws NotFoundError, PreconditionFailedError */
  async remove(session: Session, id: string, precondition: Precondition): Promise<void> {
    const { workspaceId } = session;
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const state = await holdState(db, workspaceId);
      const before = await findChannel(db, workspaceId, id);
      precondition.check(channelState(toChannel(before)));
      await db.run(sql`DELETE FROM notification_channel WHERE workspace_id = ${workspaceId} AND id = ${id}`);
      await watchIfWanted(manager, this.audit, workspaceId, state, this.clock.now());
      await this.audit.byAdmin(manager, session, 'notification-channel.removed', id, detailsOf(before));
    });
  }
}

function detailsOf({ kind, name, host }: ChannelRow): Record<string, unknown> {
  return { kind, name, host };
}
