import type { Db } from '../../database/db.ts';
import { raw, sql } from '../../database/sql.ts';
import type { Row } from '../../database/table/table.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { isValid } from '../signing/webhook-secrets.ts';
import type { webhook } from '../tables/webhook.table.ts';
import type { IssuedWebhookResponse, WebhookResponse } from './webhooks.dto.ts';

/** A webhook as the API reads it. */
export type WebhookRow = Omit<
  Row<typeof webhook>,
  'announcementsLeft' | 'announcedWorkspace' | 'position' | 'positionSequence'
>;

/** The columns of {@link WebhookRow}. */
export const webhookColumns = raw(`id, url, types, workspace_ids AS "workspaceIds", secrets, state,
  disabled_reason AS "disabledReason", disabled_at AS "disabledAt", failing_since AS "failingSince",
  created_at AS "createdAt", updated_at AS "updatedAt"`);

/** @throws NotFoundError */
export async function findWebhook(db: Db, id: string): Promise<WebhookRow> {
  return only(await db.run(sql<WebhookRow>`SELECT ${webhookColumns} FROM webhook WHERE id = ${id}`));
}

/**
 * The webhook, locked until the transaction ends: of two that change it one waits, and finds it as the other left it.
 *
 * @throws NotFoundError
 */
export async function lockWebhook(db: Db, id: string): Promise<WebhookRow> {
  return only(
    await db.run(sql<WebhookRow>`SELECT ${webhookColumns} FROM webhook WHERE id = ${id} FOR NO KEY UPDATE`),
  );
}

function only({ rows: [row] }: { rows: WebhookRow[] }): WebhookRow {
  if (row === undefined) throw new NotFoundError('webhook');
  return row;
}

/** The outward shape of a webhook at this moment. */
export function toWebhook(row: WebhookRow, now: Date): WebhookResponse {
  const { id, url, types, workspaceIds, state, disabledReason } = row;
  const formerSecretsEndAt = row.secrets
    .filter((secret) => isValid(secret, now))
    .flatMap(({ endsAt }) => endsAt ?? []);
  return {
    id,
    url,
    types,
    workspaceIds,
    state,
    disabledReason,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    formerSecretsEndAt,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What of a webhook an `ETag` stands for: what the operator can change, or what disabled it. */
export function webhookState({
  failingSince: _failingSince,
  secret: _secret,
  formerSecretsEndAt: _formerSecretsEndAt,
  ...state
}: Partial<IssuedWebhookResponse>): unknown {
  return state;
}
