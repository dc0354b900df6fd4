import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService, installation } from '../audit/audit.service.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../http/paging/page.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { dbOf } from '../database/db-of.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { ForbiddenError, NotFoundError, PreconditionFailedError } from '../errors/domain-errors.ts';
import type { Reference } from '../http/endpoint/reference.ts';
import { credentialsTrustMs } from '../http/request/admission.ts';
import { type Caller, limitOf, reaches } from '../http/request/caller.ts';
import { Precondition } from '../http/request/precondition.ts';
import { actorOfCaller } from '../operator-access/actor-of-caller.ts';
import { ErasuresService } from './erasures.service.ts';
import { externalIdTaken, insertWorkspace, type NewWorkspace } from './insert-workspace.ts';
import {
  type CreateWorkspaceDto,
  type PutWorkspaceDto,
  toWorkspaceResponse,
  type UpdateWorkspaceDto,
} from './operator.dto.ts';
import { toWorkspace, type Workspace, workspaceColumns, type WorkspaceRow } from './workspace.ts';
import { lockSeatLimit, type SeatUse } from './seat-limit.ts';
import { SeatLimits } from './seat-limits.service.ts';
import { WorkspacesService } from './workspaces.service.ts';

/** From then on every process has felt a revocation: their trust is over, and a request that had it has begun to write. */
const revocationFeltWithinMs = credentialsTrustMs + 100;

/** Two who make and erase the same workspace in turn would keep a third one waiting. */
const putAttemptsMax = 5;

/** A workspace that a PUT has made or changed. */
export interface PutOutcome {
  workspace: Workspace;
  isNew: boolean;
}

/** What the operator and the back end of the host product do with workspaces. */
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
    private readonly seatLimits: SeatLimits,
  ) {}

  /**
   * Makes a workspace, not entitled.
   *
   * @throws ForbiddenError `key-limited` for a key that is limited to workspaces
   * @throws ConflictError `slug-taken`, `external-id-taken`
   */
  async create({ name, externalId = null }: CreateWorkspaceDto, caller: Caller): Promise<Workspace> {
    requireMayMake(caller);
    return this.dataSource.transaction(async (manager) => {
      const made = await this.insert(manager, { name, externalId }, actorOfCaller(caller));
      if (made === null) throw externalIdTaken();
      return made;
    });
  }

  /**
   * The workspaces that the caller reaches, in the order of their making.
   *
   * @throws BadInputError for a bad cursor or limit
   */
  async list({ cursor, limit }: PageQuery, caller: Caller): Promise<Page<Workspace>> {
    const within = limitOf(caller);
    const cursors = cursorsOf(this.seal, 'workspaces', '', { within });
    const after = parameter(decodeCursor(cursors, cursor));
    const ids = parameter(within);
    const { rows } = await dbOf(this.dataSource).run(sql<WorkspaceRow>`
      SELECT ${workspaceColumns} FROM workspace
      WHERE (${after}::uuid IS NULL OR id > ${after}) AND (${ids}::uuid[] IS NULL OR id = ANY (${ids}))
      ORDER BY id LIMIT ${limit + 1}`);
    return pageOf(cursors, rows.map(toWorkspace), limit, ({ id }) => id);
  }

  /** @throws NotFoundError */
  get(workspaceId: string): Promise<Workspace> {
    return this.workspaces.get(workspaceId);
  }

  /** The seats of a workspace; null where there is no limit. @throws NotFoundError */
  async seats(workspaceId: string): Promise<SeatUse | null> {
    return this.seatLimits.use(await this.workspaces.get(workspaceId));
  }

  /**
   * Renames a workspace, gives or takes its entitlement, makes it a sandbox or no more, gives it the vendor's own id, or
   * says how many seats it has.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `external-id-taken`, `seats-in-use`
   */
  async update(
    workspaceId: string,
    change: UpdateWorkspaceDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<Workspace> {
    await this.dataSource.transaction(async (manager) => {
      // Before the row of the workspace, which those who take seats may have to read.
      if (change.seats !== undefined) await lockSeatLimit(dbOf(manager), workspaceId);
      const before = await this.workspaces.lock(manager, workspaceId);
      precondition.check(toWorkspaceResponse(before));
      await this.change(manager, before, change, actorOfCaller(caller));
    });
    return this.workspaces.get(workspaceId);
  }

  /**
   * Makes a workspace be as it is said, however often it is said: one with the vendor's own id is made when there is
   * none. Of two at once for one id, the first makes it, and the second finds it.
   *
   * @throws NotFoundError for an id of ours that is unknown, or not for this caller
   * @throws ForbiddenError `key-limited` for a key that is limited to workspaces, none of which has the vendor's id
   * @throws PreconditionFailedError, also when there is none and `If-Match` is given
   */
  async put(
    reference: Reference,
    body: PutWorkspaceDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<PutOutcome> {
    if (reference.kind === 'id') {
      if (!reaches(caller, reference.id)) throw new NotFoundError('workspace');
      return { workspace: await this.update(reference.id, body, precondition, caller), isNew: false };
    }
    const { id, isNew } = await this.dataSource.transaction((manager) =>
      this.putExternal(manager, reference.externalId, body, precondition, caller),
    );
    return { workspace: await this.workspaces.get(id), isNew };
  }

  /**
   * Erases everything of the workspace in one transaction. Provisioning is stopped first, and every process has then
   * heard of it, so that no request of the identity provider begins any more. What one that is under way still writes after
   * its table was emptied, `ErasureSweeps` erases. A record without persons stays, see `ErasuresService`.
   *
   * @throws NotFoundError, PreconditionFailedError
   */
  @InLane('overhaul')
  async erase(workspaceId: string, caller: Caller, precondition = Precondition.none): Promise<void> {
    const actor = actorOfCaller(caller);
    const wasActive = await this.dataSource.transaction(async (manager) => {
      const workspace = await this.workspaces.lock(manager, workspaceId);
      precondition.check(toWorkspaceResponse(workspace));
      await this.workspaces.setEntitled(manager, workspaceId, false, actor);
      return workspace.state === 'active';
    });
    if (wasActive) await sleep(revocationFeltWithinMs);
    await this.dataSource.transaction(async (manager) => {
      const { externalId } = await this.workspaces.lock(manager, workspaceId);
      const details = await this.erasures.erase(manager, { id: workspaceId, externalId }, caller.name);
      const entry = {
        workspaceId: installation,
        actor,
        action: 'workspace.erased',
        target: workspaceId,
      } as const;
      await this.audit.record(manager, { ...entry, details: { ...details } });
    });
    this.logger.log({ workspace: workspaceId, operator: caller.name }, 'Workspace erased');
  }

  private async putExternal(
    manager: EntityManager,
    externalId: string,
    body: PutWorkspaceDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<{ id: string; isNew: boolean }> {
    const actor = actorOfCaller(caller);
    for (let attempt = 1; attempt <= putAttemptsMax; attempt += 1) {
      const before = await this.workspaces.lockByExternalId(manager, externalId);
      if (before !== null && reaches(caller, before.id)) {
        precondition.check(toWorkspaceResponse(before));
        await this.change(manager, before, body, actor);
        return { id: before.id, isNew: false };
      }
      // A limited key is told the same of a workspace that is not for it and of one that does not exist.
      requireMayMake(caller);
      if (precondition.isGiven) throw new PreconditionFailedError();
      const made = await this.insert(manager, { name: body.name, externalId }, actor);
      if (made === null) continue;
      await this.change(manager, made, body, actor);
      return { id: made.id, isNew: true };
    }
    throw externalIdTaken();
  }

  /** Makes a workspace and its audit record; null when another one has the vendor's id. */
  private async insert(
    manager: EntityManager,
    workspace: NewWorkspace,
    actor: Actor,
  ): Promise<Workspace | null> {
    const made = await insertWorkspace(dbOf(manager), workspace, this.clock.now());
    if (made === null) return null;
    const { id: workspaceId, name, slug, externalId } = made;
    const details = { name, slug, ...(externalId !== null && { externalId }) };
    await this.audit.record(manager, { workspaceId, actor, action: 'workspace.created', details });
    return made;
  }

  /** The caller has locked the workspace. What is as it was already is no change. */
  private async change(
    manager: EntityManager,
    before: Workspace,
    { name, entitled, sandbox, externalId, seats }: UpdateWorkspaceDto,
    actor: Actor,
  ): Promise<void> {
    if (name !== undefined && name !== before.name) await this.rename(manager, before, name, actor);
    if (externalId !== undefined && externalId !== before.externalId)
      await this.setExternalId(manager, before, externalId, actor);
    if (entitled !== undefined) await this.workspaces.setEntitled(manager, before.id, entitled, actor);
    if (sandbox !== undefined && sandbox !== before.sandbox)
      await this.setSandbox(manager, before.id, sandbox, actor);
    if (seats !== undefined) await this.seatLimits.set(manager, before, seats, actor);
  }

  private async rename(manager: EntityManager, before: Workspace, name: string, actor: Actor): Promise<void> {
    const { id: workspaceId } = before;
    await dbOf(manager).run(
      sql`UPDATE workspace SET name = ${name}, updated_at = ${this.clock.now()} WHERE id = ${workspaceId}`,
    );
    const details = { before: before.name, after: name };
    await this.audit.record(manager, { workspaceId, actor, action: 'workspace.renamed', details });
  }

  /** The unique constraint says whether it is free; `WorkspacesModule` says what its violation means. */
  private async setExternalId(
    manager: EntityManager,
    before: Workspace,
    externalId: string | null,
    actor: Actor,
  ): Promise<void> {
    const { id: workspaceId } = before;
    await dbOf(manager).run(sql`
      UPDATE workspace SET external_id = ${externalId}, updated_at = ${this.clock.now()}
      WHERE id = ${workspaceId}`);
    const details = { before: before.externalId, after: externalId };
    const action = 'workspace.external-id-changed';
    await this.audit.record(manager, { workspaceId, actor, action, details });
  }

  private async setSandbox(
    manager: EntityManager,
    workspaceId: string,
    sandbox: boolean,
    actor: Actor,
  ): Promise<void> {
    await dbOf(manager).run(
      sql`UPDATE workspace SET sandbox = ${sandbox}, updated_at = ${this.clock.now()} WHERE id = ${workspaceId}`,
    );
    const action = sandbox ? 'workspace.sandbox-begun' : 'workspace.sandbox-ended';
    await this.audit.record(manager, { workspaceId, actor, action });
  }
}

function requireMayMake(caller: Caller): void {
  if (limitOf(caller) === null) return;
  throw new ForbiddenError(
    'key-limited',
    'This product key is limited to workspaces: it cannot make one, and none of its own has this id.',
  );
}
