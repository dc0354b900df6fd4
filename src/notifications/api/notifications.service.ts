import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { newId } from '../../database/ids.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { requireRole } from '../../workspaces/identity/needed-role.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { causesOnce } from '../causes/cause.ts';
import { type ChannelRow, readChannels, requireRoom, toChannel } from './channel-row.ts';
import { holdState, mayName } from './hold-state.ts';
import type { NotificationsChangeDto, NotificationsResponse, SubscriptionDto } from './notifications.dto.ts';
import { watchIfWanted } from './watch.ts';

/** Who is told of what in a workspace, and what an admin wants to be told themself. */
@Injectable()
export class NotificationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
  ) {}

  /** Everything that the page of notifications shows. */
  get(session: Session): Promise<NotificationsResponse> {
    return this.describe(this.db, session);
  }

  /**
   * Changes what the admin who is signed in gets by mail, and whether messages may name people.
   *
   * @throws PreconditionFailedError
   * @throws ForbiddenError `role` when a viewer changes whether messages may name people
   * @throws ConflictError `mail-not-set-up`, `too-many-channels`
   */
  async update(
    session: Session,
    { mine, names }: NotificationsChangeDto,
    precondition: Precondition,
  ): Promise<NotificationsResponse> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const state = await holdState(db, workspaceId);
      const before = await this.describe(db, session);
      precondition.check(notificationsState({ ...before }));
      if (names !== undefined && names !== before.names) {
        requireRole(session.role, 'editor');
        await db.run(sql`UPDATE notification_state SET names = ${names} WHERE workspace_id = ${workspaceId}`);
        await this.audit.byAdmin(manager, session, 'notifications.changed', undefined, { names });
      }
      if (mine !== undefined) await this.subscribe(manager, session, mine);
      await watchIfWanted(manager, this.audit, workspaceId, state, this.clock.now());
      return this.describe(db, session);
    });
  }

  private async subscribe(
    manager: EntityManager,
    session: Session,
    { causes: given, language }: SubscriptionDto,
  ): Promise<void> {
    const causes = causesOnce(given);
    const { workspaceId, email } = session;
    const db = dbOf(manager);
    const channels = await readChannels(db, workspaceId);
    const own = channels.find((channel) => channel.emailKey === foldCase(email));
    if (causes.length === 0) {
      if (own === undefined) return;
      await db.run(
        sql`DELETE FROM notification_channel WHERE workspace_id = ${workspaceId} AND id = ${own.id}`,
      );
      return this.audit.byAdmin(manager, session, 'notifications.unsubscribed', own.id);
    }
    if (own === undefined && this.config.mail === null) throw mailNotSetUp();
    if (own === undefined) requireRoom(channels, true);
    const id = own?.id ?? newId();
    await db.run(
      sql`INSERT INTO notification_channel (id, workspace_id, kind, name, email, email_key, causes, language, created_by,
          created_at)
        VALUES (${id}, ${workspaceId}, 'email', ${email}, ${email}, ${foldCase(email)}, ${causes}, ${language}, ${email},
          ${this.clock.now()})
        ON CONFLICT (workspace_id, email_key) DO UPDATE SET causes = excluded.causes, language = excluded.language`,
    );
    await this.audit.byAdmin(manager, session, 'notifications.subscribed', id, { causes, language });
  }

  private async describe(db: Db, { workspaceId, email }: Session): Promise<NotificationsResponse> {
    const channels = await readChannels(db, workspaceId);
    const isMine = ({ emailKey }: ChannelRow) => emailKey === foldCase(email);
    const mine = channels.find(isMine);
    const people = channels.filter((channel) => channel.kind === 'email' && !isMine(channel));
    const { mail } = this.config;
    return {
      mail: { available: mail !== null, from: mail?.from.address ?? null },
      names: await mayName(db, workspaceId),
      mine: mine === undefined ? null : toChannel(mine),
      people: people.map(toChannel),
      channels: channels.filter(({ kind }) => kind !== 'email').map(toChannel),
    };
  }
}

/** What of the notifications an `ETag` stands for: what this admin can change by the whole. */
export function notificationsState({ names, mine }: Record<string, unknown>): unknown {
  return { names, mine };
}

/** The operator has not set mail up. */
export function mailNotSetUp(): ConflictError {
  return new ConflictError(
    'mail-not-set-up',
    'Mail is not set up here: the operator of this service has to do it.',
  );
}
