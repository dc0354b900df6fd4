import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction } from '../../audit/audit-actions.ts';
import { AuditService, installation } from '../../audit/audit.service.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { isDistributed } from '../../database/distributed.ts';
import { newId } from '../../database/ids.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { publish, publishDistributed, unpublished } from '../../events/publish.ts';
import { hours } from '../../errors/duration.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import type { Caller } from '../../http/request/caller.ts';
import { actorOfCaller } from '../../operator-access/actor-of-caller.ts';
import { WorkspaceDirectory } from '../../operator-access/workspace-directory.ts';
import { DeliverySender } from '../deliveries/delivery-sender.service.ts';
import { FanOutService } from '../deliveries/fan-out.service.ts';
import { isValid, WebhookSecrets } from '../signing/webhook-secrets.ts';
import type { AttemptResponse } from './deliveries.dto.ts';
import { testEvent, toAttempt } from './test-event.ts';
import { readWebhookRequest } from './webhook-request.ts';
import {
  findWebhook,
  lockWebhook,
  toWebhook,
  webhookColumns,
  type WebhookRow,
  webhookState,
} from './webhook-row.ts';
import type {
  CreateWebhookDto,
  IssuedWebhookResponse,
  RotateWebhookDto,
  UpdateWebhookDto,
  WebhookResponse,
} from './webhooks.dto.ts';

/** Webhooks of an installation. */
export const webhooksMax = 50;

/** Secrets of one webhook that sign at the same time: the newest, and those whose overlap is not over. */
export const webhookSecretsMax = 5;

/** What the operator does with webhooks. What happens to one that is limited to workspaces is in their audit logs, too. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger(WebhooksService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
    private readonly directory: WorkspaceDirectory,
    private readonly secrets: WebhookSecrets,
    private readonly sender: DeliverySender,
    private readonly fanOut: FanOutService,
  ) {}

  /** All webhooks, the newest first. @throws BadInputError for a cursor that is none of ours */
  async list({ cursor, limit }: PageQuery): Promise<Page<WebhookResponse>> {
    const cursors = cursorsOf(this.seal, 'webhooks', '');
    const before = parameter(decodeCursor(cursors, cursor));
    const { rows } = await this.db.run(
      sql<WebhookRow>`SELECT ${webhookColumns} FROM webhook
        WHERE ${before}::uuid IS NULL OR id < ${before} ORDER BY id DESC LIMIT ${limit + 1}`,
    );
    const now = this.clock.now();
    const webhooks = rows.map((row) => toWebhook(row, now));
    return pageOf(cursors, webhooks, limit, ({ id }) => id);
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<WebhookResponse> {
    return toWebhook(await findWebhook(this.db, id), this.clock.now());
  }

  /**
   * Makes a webhook, which is sent what happens from now on. Its secret is in the answer and nowhere else.
   *
   * @throws BadInputError
   * @throws ConflictError `too-many-webhooks`
   */
  async create(asked: CreateWebhookDto, caller: Caller): Promise<IssuedWebhookResponse> {
    const { url, types, workspaceIds } = await this.read(asked);
    const now = this.clock.now();
    const id = newId();
    const { secret, sealed } = this.secrets.make(id);
    const row = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      // Of two at once, one waits: there must not be one too many.
      await db.run(sql`LOCK TABLE webhook IN SHARE ROW EXCLUSIVE MODE`);
      // What has happened until now gets its place in the feed first, so that the webhook begins behind it.
      if (await isDistributed(this.dataSource)) await publishDistributed(db, now, id, await unpublished(db));
      else await publish(db, now, id);
      const { rows } = await db.run(
        sql<WebhookRow>`INSERT INTO webhook (id, url, types, workspace_ids, secrets, state, position, created_at, updated_at)
          SELECT ${id}, ${url ?? ''}, ${types ?? null}, ${workspaceIds ?? null},
            ${JSON.stringify([{ sealed, endsAt: null }])}, 'active', position, ${now}, ${now}
          FROM publication WHERE (SELECT count(*) FROM webhook) < ${webhooksMax} FOR UPDATE
          RETURNING ${webhookColumns}`,
      );
      const [made] = rows;
      if (made === undefined) throw tooManyWebhooks();
      await this.record(manager, made, caller, 'webhook.created');
      return made;
    });
    this.say(id, 'webhook.created', caller);
    return { ...toWebhook(row, now), secret };
  }

  /**
   * Changes a webhook. With another URL, or made active, it is sent what waits at once.
   *
   * @throws NotFoundError, BadInputError, PreconditionFailedError
   */
  async update(
    id: string,
    asked: UpdateWebhookDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<WebhookResponse> {
    const change = await this.read(asked);
    const now = this.clock.now();
    const { row, action } = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const before = await lockWebhook(db, id);
      precondition.check(webhookState(toWebhook(before, now)));
      const after = { ...before, ...change, state: asked.state ?? before.state };
      if (!hasChanged(before, after)) return { row: before, action: null };
      const isEnabled = before.state === 'disabled' && after.state === 'active';
      const isDisabled = before.state === 'active' && after.state === 'disabled';
      if (isDisabled) Object.assign(after, { disabledReason: 'operator', disabledAt: now });
      if (isEnabled) Object.assign(after, { disabledReason: null, disabledAt: null });
      const isWoken = isEnabled || before.url !== after.url;
      await db.run(
        sql`UPDATE webhook SET url = ${after.url}, types = ${after.types}, workspace_ids = ${after.workspaceIds},
            state = ${after.state}, disabled_reason = ${after.disabledReason}, disabled_at = ${after.disabledAt},
            failing_since = ${isWoken ? null : before.failingSince},
            announcements_left = CASE WHEN ${isEnabled} THEN 0 ELSE announcements_left END, updated_at = ${now}
          WHERE id = ${id}`,
      );
      if (isWoken)
        await db.run(
          sql`UPDATE webhook_delivery SET next_attempt_at = ${now}, failures = 0
            WHERE webhook_id = ${id} AND state = 'pending' AND (next_attempt_at > ${now} OR failures > 0)`,
        );
      const found = await findWebhook(db, id);
      const done = actionOf(isEnabled, isDisabled);
      await this.record(manager, found, caller, done, before.workspaceIds ?? []);
      return { row: found, action: done };
    });
    if (action !== null) this.say(id, action, caller);
    this.fanOut.poke();
    this.sender.poke();
    return toWebhook(row, now);
  }

  /** Deletes a webhook with its deliveries. @throws NotFoundError, PreconditionFailedError */
  @InLane('overhaul')
  async remove(id: string, precondition: Precondition, caller: Caller): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const before = await lockWebhook(db, id);
      precondition.check(webhookState(toWebhook(before, this.clock.now())));
      await db.run(sql`DELETE FROM webhook WHERE id = ${id}`);
      await this.record(manager, before, caller, 'webhook.deleted');
    });
    this.say(id, 'webhook.deleted', caller);
  }

  /**
   * Gives a webhook a new secret; those before it sign, too, for the overlap, so that the receiver can be changed over
   * without a gap. Without overlap, no former one signs any more.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `too-many-secrets`
   */
  async rotate(
    id: string,
    { overlapHours }: RotateWebhookDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<IssuedWebhookResponse> {
    const now = this.clock.now();
    const rotated = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const before = await lockWebhook(db, id);
      precondition.check(webhookState(toWebhook(before, now)));
      const overlapEnd = new Date(now.getTime() + hours(overlapHours)).toISOString();
      const former = before.secrets
        .filter((secret) => overlapHours > 0 && isValid(secret, now))
        .map((secret) => ({ ...secret, endsAt: secret.endsAt ?? overlapEnd }));
      if (former.length >= webhookSecretsMax) throw tooManySecrets();
      const { secret, sealed } = this.secrets.make(id);
      const secrets = JSON.stringify([{ sealed, endsAt: null }, ...former]);
      // Of two rotations in one moment the second must find that the first has been: its time is in the ETag.
      await db.run(
        sql`UPDATE webhook SET secrets = ${secrets},
          updated_at = greatest(${now}::timestamptz, updated_at + interval '1 millisecond') WHERE id = ${id}`,
      );
      const after = await findWebhook(db, id);
      await this.record(manager, after, caller, 'webhook.rotated');
      return { ...toWebhook(after, now), secret };
    });
    this.say(id, 'webhook.rotated', caller);
    return rotated;
  }

  /**
   * Sends a test event at once, also to a disabled webhook, and says what came of it. It is no delivery: nothing is tried
   * again.
   *
   * @throws NotFoundError
   */
  async test(id: string): Promise<AttemptResponse> {
    const { url, secrets } = await findWebhook(this.db, id);
    const now = this.clock.now();
    const event = testEvent(id, now);
    const attempt = await this.sender.sendOnce(
      { webhookId: id, url, secrets },
      event.id,
      JSON.stringify(event),
    );
    return toAttempt(attempt, now);
  }

  private read(asked: Partial<UpdateWebhookDto>): ReturnType<typeof readWebhookRequest> {
    return readWebhookRequest(asked, this.directory, this.config.webhookAllowPrivate);
  }

  /** In the log of the installation, and in those of the workspaces that the webhook is limited to. */
  private async record(
    manager: EntityManager,
    { id: target, workspaceIds, state }: WebhookRow,
    caller: Caller,
    action: AuditAction,
    formerly: readonly string[] = [],
  ): Promise<void> {
    const actor = actorOfCaller(caller);
    const ids = [...new Set([...(workspaceIds ?? []), ...formerly])];
    for (const workspaceId of [installation, ...(await this.directory.keep(manager, ids))])
      await this.audit.record(manager, { workspaceId, actor, action, target, details: { state } });
  }

  /** After the commit: a transaction that is done again has changed nothing before. */
  private say(webhook: string, action: AuditAction, { name }: Caller): void {
    this.logger.log({ webhook, action, operator: name }, 'The operator changed a webhook');
  }
}

function hasChanged(before: WebhookRow, after: WebhookRow): boolean {
  const shown = ({ url, types, workspaceIds, state }: WebhookRow) =>
    JSON.stringify([url, types, workspaceIds, state]);
  return shown(before) !== shown(after);
}

function actionOf(isEnabled: boolean, isDisabled: boolean): AuditAction {
  if (isEnabled) return 'webhook.enabled';
  return isDisabled ? 'webhook.disabled' : 'webhook.changed';
}

function tooManyWebhooks(): ConflictError {
  const message = `There are ${webhooksMax} webhooks, and there can be no more. Delete one that is not needed.`;
  return new ConflictError('too-many-webhooks', message, { webhooksMax });
}

function tooManySecrets(): ConflictError {
  const message = `${webhookSecretsMax} secrets of this webhook sign at present. Wait until the overlap of one is over, or rotate with "overlapHours": 0, which ends all former ones.`;
  return new ConflictError('too-many-secrets', message, { secretsMax: webhookSecretsMax });
}
