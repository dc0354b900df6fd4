import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { AdminLinkResponse } from './operator.dto.ts';
import { hashOf, newSecret } from './secret-hash.ts';
import { InLane } from '../database/lanes/task.ts';

const linkLifetimeMilliseconds = 10 * 60 * 1000;

/** Links that sign an admin in, made by the operator: one use, 10 minutes; only the code's hash is stored. */
@Injectable()
export class AdminLinksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
  ) {}

  /** Makes a link to the settings screen; the code is in the URL's fragment, so that no server log sees it.
   * @throws NotFoundError */
  @InLane('access')
  async create(workspaceId: string, email: string): Promise<AdminLinkResponse> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + linkLifetimeMilliseconds);
    const code = newSecret();
    await this.dataSource.transaction(async (manager) => {
      await this.requireWorkspace(manager, workspaceId);
      await manager.query('DELETE FROM admin_link WHERE workspace_id = $1 AND expires_at <= $2', [
        workspaceId,
        now,
      ]);
      await manager.query(
        `INSERT INTO admin_link (code_hash, workspace_id, email, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [hashOf(code), workspaceId, email, now, expiresAt],
      );
      const actor = { kind: 'operator' } as const;
      await this.audit.record(manager, { workspaceId, actor, action: 'admin-link.created', target: email });
    });
    const url = `${this.config.publicUrl}/settings/user-provisioning#code=${code}`;
    return { url, code, expiresAt: expiresAt.toISOString() };
  }

  /** Uses a code up. Null when it is unknown, used or expired: of two who bring the same code one gets in. */
  async redeem(manager: EntityManager, code: string): Promise<{ workspaceId: string; email: string } | null> {
    const [rows] = await manager.query<[{ workspace_id: string; email: string }[], number]>(
      `UPDATE admin_link SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
       RETURNING workspace_id, email`,
      [hashOf(code), this.clock.now()],
    );
    const [link] = rows;
    return link === undefined ? null : { workspaceId: link.workspace_id, email: link.email };
  }

  /** The lock keeps the workspace from being erased while a row of its own is added. */
  private async requireWorkspace(manager: EntityManager, workspaceId: string): Promise<void> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM workspace WHERE id = $1 FOR KEY SHARE', [
      workspaceId,
    ]);
    if (rows.length === 0) throw new NotFoundError('workspace');
  }
}
