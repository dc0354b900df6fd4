import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../http/paging/page.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { newId } from '../database/ids.ts';
import { ConflictError } from '../errors/domain-errors.ts';
import { credentialsTrustMs } from '../http/request/admission.ts';
import { Precondition } from '../http/request/precondition.ts';
import { ErasuresService } from './erasures.service.ts';
import { toWorkspaceResponse, type UpdateWorkspaceDto } from './operator.dto.ts';
import { settingsDefault } from './settings.ts';
import { slugOf } from './slug.ts';
import { toWorkspace, type Workspace, workspaceColumns, type WorkspaceRow } from './workspace.ts';
import { WorkspacesService } from './workspaces.service.ts';
import { InLane } from '../database/lanes/task.ts';

const operator: Actor = { kind: 'operator' };
const slugAttemptsMax = 20;

/** From then on every process has felt a revocation: their trust is over, and a request that had it has begun to write. */
const revocationFeltWithinMs = credentialsTrustMs + 100;

/** What the operator does with workspaces. */
@Injectable()
export class OperatorWorkspacesService {
  private readonly logger = new Logger(OperatorWorkspacesService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly erasures: ErasuresService,
  ) {}

  /** Makes a workspace, not entitled. @throws ConflictError `slug-taken` */
  async create(name: string): Promise<Workspace> {
    return this.dataSource.transaction(async (manager) => {
      const workspace = await this.insert(manager, name);
      const { id: workspaceId, slug } = workspace;
      const details = { name, slug };
      await this.audit.record(manager, {
        workspaceId,
        actor: operator,
        action: 'workspace.created',
        details,
      });
      return workspace;
    });
  }

  /** All workspaces in the order of their making. @throws BadInputError for a bad cursor or limit */
  async list({ cursor, limit }: PageQuery): Promise<Page<Workspace>> {
    const cursors = cursorsOf(this.seal, 'workspaces', '');
    const rows = await this.dataSource.query<WorkspaceRow[]>(
      `SELECT ${workspaceColumns} FROM workspace WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
      [decodeCursor(cursors, cursor), limit + 1],
    );
    return pageOf(cursors, rows.map(toWorkspace), limit, ({ id }) => id);
  }

  /** @throws NotFoundError */
  get(workspaceId: string): Promise<Workspace> {
    return this.workspaces.get(workspaceId);
  }

  /** Renames a workspace, gives or takes its entitlement, makes it a sandbox or no more. @throws NotFoundError, PreconditionFailedError */
  async update(
    workspaceId: string,
    change: UpdateWorkspaceDto,
    precondition: Precondition,
  ): Promise<Workspace> {
    await this.dataSource.transaction(async (manager) => {
      const before = await this.workspaces.lock(manager, workspaceId);
      precondition.check(toWorkspaceResponse(before));
      if (change.name !== undefined && change.name !== before.name) {
        await this.rename(manager, before, change.name);
      }
      if (change.entitled !== undefined) {
        await this.workspaces.setEntitled(manager, workspaceId, change.entitled, operator);
      }
      if (change.sandbox !== undefined && change.sandbox !== before.sandbox) {
        await this.setSandbox(manager, workspaceId, change.sandbox);
      }
    });
    return this.workspaces.get(workspaceId);
  }

  /**
   * Erases everything of the workspace in one transaction. Provisioning is stopped first, and every process has then
   * heard of it, so that no request of the identity provider writes a row after its table was emptied. A record without
   * persons stays, see `ErasuresService`.
   *
   * @throws NotFoundError, PreconditionFailedError
   */
  @InLane('overhaul')
  async erase(workspaceId: string, precondition = Precondition.none): Promise<void> {
    const wasActive = await this.dataSource.transaction(async (manager) => {
      const workspace = await this.workspaces.lock(manager, workspaceId);
      precondition.check(toWorkspaceResponse(workspace));
      await this.workspaces.setEntitled(manager, workspaceId, false, operator);
      return workspace.state === 'active';
    });
    if (wasActive) await sleep(revocationFeltWithinMs);
    await this.dataSource.transaction(async (manager) => {
      await this.workspaces.lock(manager, workspaceId);
      await this.erasures.erase(manager, workspaceId);
    });
    this.logger.log({ workspace: workspaceId }, 'Workspace erased');
  }

  private async rename(manager: EntityManager, before: Workspace, name: string): Promise<void> {
    const workspaceId = before.id;
    await manager.query('UPDATE workspace SET name = $2, updated_at = $3 WHERE id = $1', [
      workspaceId,
      name,
      this.clock.now(),
    ]);
    const details = { before: before.name, after: name };
    await this.audit.record(manager, { workspaceId, actor: operator, action: 'workspace.renamed', details });
  }

  private async setSandbox(manager: EntityManager, workspaceId: string, sandbox: boolean): Promise<void> {
    await manager.query('UPDATE workspace SET sandbox = $2, updated_at = $3 WHERE id = $1', [
      workspaceId,
      sandbox,
      this.clock.now(),
    ]);
    const action = sandbox ? 'workspace.sandbox-begun' : 'workspace.sandbox-ended';
    await this.audit.record(manager, { workspaceId, actor: operator, action });
  }

  /** The unique constraint decides which slug is free; a conflict tries the next one, then random endings. */
  private async insert(manager: EntityManager, name: string): Promise<Workspace> {
    const id = newId();
    for (let attempt = 1; attempt <= slugAttemptsMax; attempt += 1) {
      const rows = await manager.query<WorkspaceRow[]>(
        `INSERT INTO workspace (id, name, slug, settings, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT ON CONSTRAINT workspace_slug_key DO NOTHING
         RETURNING ${workspaceColumns}`,
        [id, name, slugCandidate(name, attempt), JSON.stringify(settingsDefault), this.clock.now()],
      );
      if (rows[0] !== undefined) return toWorkspace(rows[0]);
    }
    throw new ConflictError('slug-taken', 'No short name could be made out of this name. Try another name.');
  }
}

const countedAttemptsMax = 5;

function slugCandidate(name: string, attempt: number): string {
  const slug = slugOf(name);
  if (attempt === 1) return slug;
  return `${slug}-${attempt <= countedAttemptsMax ? attempt : newId().slice(-8)}`;
}
