import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { newId } from '../database/ids.ts';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { InLane } from '../database/lanes/task.ts';

/** Who did it. */
export type Actor = { kind: 'operator' } | { kind: 'admin'; email: string } | { kind: 'system' };

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
 * @property details what changed; never a secret
 */
export interface AuditEntry {
  workspaceId: string;
  actor: Actor;
  action: string;
  target?: string;
  details?: Record<string, unknown>;
}

/** A recorded action, as the API shows it. */
export interface AuditRecord {
  id: string;
  at: Date;
  actor: { kind: Actor['kind']; email: string | null };
  action: string;
  target: string | null;
  details: Record<string, unknown>;
}

/** Which records to list; `from` is inclusive, `to` exclusive. */
export interface AuditFilter {
  cursor?: string | undefined;
  limit: number;
  from?: Date | undefined;
  to?: Date | undefined;
  action?: string | undefined;
  actorEmail?: string | undefined;
  target?: string | undefined;
}

/** The append-only audit log. */
@Injectable()
export class AuditService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
  ) {}

  /** Records an action in the transaction that does it, so that neither happens without the other. */
  async record(manager: EntityManager, entry: AuditEntry): Promise<void> {
    const email = entry.actor.kind === 'admin' ? entry.actor.email : null;
    await manager.query(
      `INSERT INTO audit_log (workspace_id, id, at, actor_kind, actor_email, action, target, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        entry.workspaceId,
        newId(),
        this.clock.now(),
        entry.actor.kind,
        email,
        entry.action,
        entry.target ?? null,
        JSON.stringify(entry.details ?? {}),
      ],
    );
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
    action: string,
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
    const rows = await this.dataSource.query<AuditRow[]>(
      `SELECT id, at, actor_kind, actor_email, action, target, details FROM audit_log
       WHERE workspace_id = $1
         AND ($2::uuid IS NULL OR id < $2)
         AND ($3::timestamptz IS NULL OR at >= $3)
         AND ($4::timestamptz IS NULL OR at < $4)
         AND ($5::text IS NULL OR action = $5)
         AND ($6::text IS NULL OR actor_email = $6)
         AND ($7::text IS NULL OR target = $7)
       ORDER BY id DESC LIMIT $8`,
      [
        workspaceId,
        decodeCursor(cursors, filter.cursor),
        filter.from ?? null,
        filter.to ?? null,
        filter.action ?? null,
        filter.actorEmail ?? null,
        filter.target ?? null,
        filter.limit + 1,
      ],
    );
    return pageOf(cursors, rows.map(toRecord), filter.limit, (record) => record.id);
  }
}

interface AuditRow {
  id: string;
  at: Date;
  actor_kind: Actor['kind'];
  actor_email: string | null;
  action: string;
  target: string | null;
  details: Record<string, unknown>;
}

function toRecord(row: AuditRow): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, email: row.actor_email },
    action: row.action,
    target: row.target,
    details: row.details,
  };
}
