import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { dbOf } from '../database/db-of.ts';
import { newId } from '../database/ids.ts';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { addressOf, currentRequest } from '../http/request/current-request.ts';
import type { RequestState } from '../http/request/request-state.ts';
import { appendRecord } from './append-record.ts';
import type { AuditAction } from './audit-actions.ts';
import type { Actor, AuditRecord } from './audit-record.ts';
import { type AuditRow, recordColumns, toRecord } from './audit-row.ts';

export type { Actor, AuditRecord } from './audit-record.ts';

/** An admin in a workspace, as a session names them. */
export interface Admin {
  workspaceId: string;
  email: string;
}

/** An admin as an actor. */
export function actorOf(email: string): Actor {
  return { kind: 'admin', email };
}

/**
 * An action to be recorded.
 *
 * @property action what was done, as `subject.verb` in the past: `workspace.entitled`, `token.revoked`
 * @property target the id or name of what it was done to
 * @property targets the ids of everybody that an action on many is about: each of them shows it in their history
 * @property details what changed; never a secret
 */
export interface AuditEntry {
  workspaceId: string;
  actor: Actor;
  action: AuditAction;
  target?: string;
  targets?: readonly string[];
  details?: Record<string, unknown>;
  /** Default: that of the request that the work is done for. */
  origin?: Origin;
}

/** Where an action came from: nulls for the service itself. */
export interface Origin {
  sessionId: string | null;
  address: string | null;
  requestId: string | null;
}

/** The origin of what is done at present. */
export function presentOrigin(): Origin {
  const request = currentRequest();
  if (request === undefined) return { sessionId: null, address: null, requestId: null };
  return {
    sessionId: request.session?.id ?? null,
    address: addressOf(request),
    requestId: request.id ?? null,
  };
}

/** Who sent a request, as its credentials say; null: nobody whose credentials are good, or an identity provider. */
export function actorOfRequest({ caller, session }: Pick<RequestState, 'caller' | 'session'>): Actor | null {
  if (session !== undefined) return actorOf(session.email);
  if (caller === undefined) return null;
  return caller.kind === 'operator' ? caller : { kind: 'product', keyId: caller.id, name: caller.name };
}

/**
 * Stands for the whole installation where an action belongs to no workspace, or to one that is gone: its records are a
 * chain like that of a workspace.
 */
export const installation = '00000000-0000-0000-0000-000000000000';

/** Which records to list; `from` is inclusive, `to` exclusive. */
export interface AuditFilter {
  cursor?: string | undefined;
  limit: number;
  from?: Date | undefined;
  to?: Date | undefined;
  action?: string | undefined;
  /** A kind of actors, the address of an admin, the id of a product key, or the name of an operator token. */
  actor?: string | undefined;
  target?: string | undefined;
}

/** The append-only audit log. */
@Injectable()
export class AuditService {
  constructor(
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
  ) {}

  /** Records an action in the transaction that does it, so that neither happens without the other. */
  async record(manager: EntityManager, entry: AuditEntry): Promise<void> {
    const { workspaceId, action, target = null, targets = [], details = {} } = entry;
    const id = newId();
    appendRecord(dbOf(manager), {
      ...{ workspaceId, id, at: this.clock.now(), action, target },
      ...actorParts(entry.actor),
      // As the database keeps it, so that the hash is that of what is read back.
      details: JSON.parse(JSON.stringify(details)) as Record<string, unknown>,
      ...(entry.origin ?? presentOrigin()),
    });
    if (targets.length === 0) return;
    await dbOf(manager).run(sql`
      INSERT INTO audit_log_target (workspace_id, target, audit_id)
      SELECT ${workspaceId}, target, ${id} FROM unnest(${targets}::text[]) AS t(target)`);
  }

  /**
   * Records what an admin did, in the transaction that does it.
   *
   * @param action what was done, as in {@link AuditEntry}
   * @param target the id or name of what it was done to; undefined for the workspace itself
   * @param details what changed; never a secret
   */
  byAdmin(
    manager: EntityManager,
    { workspaceId, email }: Admin,
    action: AuditAction,
    target?: string,
    details?: Record<string, unknown>,
  ): Promise<void> {
    const entry = { workspaceId, actor: actorOf(email), action, ...(target !== undefined && { target }) };
    return this.record(manager, { ...entry, ...(details !== undefined && { details }) });
  }

  /**
   * The workspace's records, newest first.
   *
   * @throws BadInputError when the cursor is none of ours
   */
  @InLane('list')
  async list(workspaceId: string, filter: AuditFilter): Promise<Page<AuditRecord>> {
    const cursors = cursorsOf(this.seal, 'audit-log', workspaceId, filter);
    const workspace = parameter(workspaceId);
    const after = parameter(decodeCursor(cursors, filter.cursor));
    const from = parameter(filter.from ?? null);
    const to = parameter(filter.to ?? null);
    const action = parameter(filter.action ?? null);
    const actor = parameter(filter.actor ?? null);
    const target = parameter(filter.target ?? null);
    const { rows } = await this.db.run(sql<AuditRow>`
      SELECT ${recordColumns} FROM audit_log
      WHERE workspace_id = ${workspace}
        AND (${after}::uuid IS NULL OR id < ${after})
        AND (${from}::timestamptz IS NULL OR at >= ${from})
        AND (${to}::timestamptz IS NULL OR at < ${to})
        AND (${action}::text IS NULL OR action = ${action})
        AND (${actor}::text IS NULL OR actor_kind = ${actor} OR actor_email = ${actor}
          OR actor_key_id::text = ${actor}
          OR (actor_kind = 'operator' AND actor_key_name = ${actor}))
        AND (${target}::text IS NULL OR target = ${target} OR id IN (SELECT audit_id FROM audit_log_target
          WHERE workspace_id = ${workspace} AND target = ${target}))
      ORDER BY id DESC LIMIT ${filter.limit + 1}`);
    return pageOf(cursors, rows.map(toRecord), filter.limit, (record) => record.id);
  }
}

/** An actor in the columns of a record. */
function actorParts(actor: Actor) {
  return {
    actorKind: actor.kind,
    actorEmail: actor.kind === 'admin' ? actor.email : null,
    actorKeyId: actor.kind === 'product' ? actor.keyId : null,
    actorKeyName: actor.kind === 'product' || actor.kind === 'operator' ? actor.name : null,
  };
}
