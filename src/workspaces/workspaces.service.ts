import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { appendWorkspaceEvent } from './workspace-events.ts';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { parameter, sql } from '../database/sql.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../errors/domain-errors.ts';
import { Precondition } from '../http/request/precondition.ts';
import { laneTopic } from './lane-topic.ts';
import { nextSyncAt } from './next-sync.ts';
import { ProvisioningStops } from './provisioning-stops.ts';
import { mergeSettings, type SettingsChange, type WorkspaceSettings } from './settings.ts';
import { suspensionFrom } from './suspension.ts';
import {
  switchState,
  toWorkspace,
  type Workspace,
  workspaceColumns,
  type WorkspaceRow,
} from './workspace.ts';

export type { Workspace, WorkspaceState } from './workspace.ts';
export type { WorkspaceSettings } from './settings.ts';

/** Workspaces as the rest of the product sees them: their state, their settings, and the switch of provisioning. */
@Injectable()
export class WorkspacesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: AuditService,
    private readonly stops: ProvisioningStops,
  ) {}

  /** @throws NotFoundError */
  async get(workspaceId: string, db: Db = dbOf(this.dataSource)): Promise<Workspace> {
    const { rows } = await db.run(
      sql<WorkspaceRow>`SELECT ${workspaceColumns} FROM workspace WHERE id = ${workspaceId}`,
    );
    return workspaceOf(rows);
  }

  /** The settings, complete. @throws NotFoundError */
  async settings(workspaceId: string): Promise<WorkspaceSettings> {
    return (await this.get(workspaceId)).settings;
  }

  /**
   * Changes the settings and, with them, when the next nightly synchronization is due.
   *
   * @param change what is absent stays
   * @returns the settings before and after
   * @throws PreconditionFailedError
   */
  async updateSettings(
    manager: EntityManager,
    workspaceId: string,
    change: SettingsChange,
    actor: Actor,
    precondition: Precondition,
  ): Promise<{ before: WorkspaceSettings; after: WorkspaceSettings }> {
    const { settings: before, state, automaticSync } = await this.lock(manager, workspaceId);
    precondition.check(before);
    const after = mergeSettings(before, change);
    if (JSON.stringify(after) === JSON.stringify(before)) return { before, after };
    const now = this.clock.now();
    const isAutomatic = state === 'active' && automaticSync === 'on';
    const due = isAutomatic ? nextSyncAt(after, workspaceId, now) : null;
    await dbOf(manager).run(
      sql`
           UPDATE workspace SET settings = ${JSON.stringify(after)}, next_sync_at = ${due}, updated_at = ${now}
             WHERE id = ${workspaceId}`,
    );
    const details = { before, after };
    await this.audit.record(manager, { workspaceId, actor, action: 'settings.changed', details });
    if (isAutomatic) dbOf(manager).tellAtCommit({ topic: laneTopic, workspaceId });
    return { before, after };
  }

  /**
   * Switches user provisioning on. Nothing is synchronized by itself until an admin synchronizes or starts that.
   *
   * @throws PreconditionFailedError
   * @throws ForbiddenError `not-entitled`, which says who can help
   * @throws ConflictError `already-active`
   */
  async activate(
    manager: EntityManager,
    workspaceId: string,
    actor: Actor,
    precondition = Precondition.none,
  ): Promise<Workspace> {
    const workspace = await this.lock(manager, workspaceId);
    precondition.check(switchState({ ...workspace }));
    if (workspace.state === 'not_entitled') throw notEntitled(this.config.productName);
    if (workspace.state === 'active')
      throw new ConflictError('already-active', 'User provisioning is already active.');
    const now = this.clock.now();
    const at = parameter(now);
    await dbOf(manager).run(sql`
       UPDATE workspace
         SET activated_at = ${at}, automatic_sync = 'not_started', next_sync_at = NULL, updated_at = ${at}
       WHERE id = ${workspaceId}`);
    await this.audit.record(manager, { workspaceId, actor, action: 'provisioning.activated' });
    appendWorkspaceEvent(dbOf(manager), workspaceId, 'workspace.activated', actor, now);
    return {
      ...workspace,
      state: 'active',
      activatedAt: now,
      automaticSync: 'not_started',
      nextSyncAt: null,
    };
  }

  /**
   * From now on, pending changes are synchronized every night, and people who leave or come back at once. Starting it twice
   * is no error.
   *
   * @throws ConflictError `not-active`
   */
  startAutomaticSync(
    manager: EntityManager,
    workspaceId: string,
    actor: Actor,
    precondition = Precondition.none,
  ): Promise<Workspace> {
    return this.setAutomaticSync(manager, workspaceId, 'on', { actor, precondition });
  }

  /**
   * Nothing is synchronized automatically until it is started again, not even after a manual run. Pausing it twice is no
   * error; a run that has started continues.
   *
   * @throws ConflictError `not-active`
   */
  pauseAutomaticSync(
    manager: EntityManager,
    workspaceId: string,
    actor: Actor,
    precondition = Precondition.none,
  ): Promise<Workspace> {
    return this.setAutomaticSync(manager, workspaceId, 'paused', { actor, precondition });
  }

  /**
   * Switches user provisioning off: every API token is revoked for ever and nightly runs end; directory and members
   * stay.
   *
   * @throws ConflictError `not-active`
   */
  async deactivate(
    manager: EntityManager,
    workspaceId: string,
    actor: Actor,
    precondition = Precondition.none,
  ): Promise<void> {
    await this.lockActive(manager, workspaceId, precondition);
    await this.end(manager, workspaceId);
    await this.audit.record(manager, { workspaceId, actor, action: 'provisioning.deactivated' });
    appendWorkspaceEvent(dbOf(manager), workspaceId, 'workspace.deactivated', actor, this.clock.now());
  }

  /**
   * Gives or takes the entitlement. Taking it suspends the workspace for `suspensionLengthDays`: nothing runs, nothing
   * is written, everything is kept. Given back within them, all goes on where it stopped; later, provisioning is to be
   * activated again.
   */
  async setEntitled(
    manager: EntityManager,
    workspaceId: string,
    entitled: boolean,
    actor: Actor,
  ): Promise<void> {
    const workspace = await this.lock(manager, workspaceId);
    if (workspace.entitled === entitled) return;
    if (entitled) await this.giveEntitlement(manager, workspace, actor);
    else await this.suspend(manager, workspaceId, actor);
  }

  /** Ends a suspension whose time is over; one that is not, or was ended meanwhile, stays as it is. */
  async endSuspension(manager: EntityManager, workspaceId: string): Promise<void> {
    const { suspendedUntil } = await this.lock(manager, workspaceId);
    if (suspendedUntil === null || suspendedUntil > this.clock.now()) return;
    await this.end(manager, workspaceId);
    const actor = { kind: 'system' } as const;
    await this.audit.record(manager, { workspaceId, actor, action: 'provisioning.suspension-ended' });
    appendWorkspaceEvent(dbOf(manager), workspaceId, 'workspace.deactivated', actor, this.clock.now());
  }

  private async giveEntitlement(manager: EntityManager, workspace: Workspace, actor: Actor): Promise<void> {
    const { id: workspaceId, settings } = workspace;
    await this.endSuspension(manager, workspaceId);
    const now = this.clock.now();
    const { rows: updated } = await dbOf(manager).run(sql<{ activated: boolean }>`
         UPDATE workspace SET entitled = true, suspended_until = NULL, updated_at = ${now},
         next_sync_at = CASE WHEN activated_at IS NOT NULL AND automatic_sync = 'on'
           THEN ${nextSyncAt(settings, workspaceId, now)}::timestamptz END
       WHERE id = ${workspaceId} RETURNING activated_at IS NOT NULL AS activated`);
    const details = updated[0]?.activated === true ? { goesOn: true } : {};
    await this.audit.record(manager, { workspaceId, actor, action: 'workspace.entitled', details });
    dbOf(manager).tellAtCommit({ topic: laneTopic, workspaceId });
    appendWorkspaceEvent(dbOf(manager), workspaceId, 'workspace.entitled', actor, now);
  }

  private async suspend(manager: EntityManager, workspaceId: string, actor: Actor): Promise<void> {
    const now = this.clock.now();
    const until = suspensionFrom(now);
    await dbOf(manager).run(
      sql`
           UPDATE workspace SET entitled = false, suspended_until = ${until}, updated_at = ${now}
             WHERE id = ${workspaceId}`,
    );
    await this.stops.tell(manager, workspaceId, 'suspended');
    const details = { suspendedUntil: until.toISOString() };
    await this.audit.record(manager, { workspaceId, actor, action: 'workspace.disentitled', details });
    appendWorkspaceEvent(dbOf(manager), workspaceId, 'workspace.lapsed', actor, now);
  }

  /**
   * The workspace, locked until the transaction ends: activation, deactivation and what depends on them wait for
   * each other.
   *
   * @throws NotFoundError
   */
  async lock(manager: EntityManager, workspaceId: string): Promise<Workspace> {
    const { rows } = await dbOf(manager).run(
      sql<WorkspaceRow>`SELECT ${workspaceColumns} FROM workspace WHERE id = ${workspaceId} FOR UPDATE`,
    );
    return workspaceOf(rows);
  }

  /** The same, by the vendor's own id; null when none has it. */
  async lockByExternalId(manager: EntityManager, externalId: string): Promise<Workspace | null> {
    const { rows } = await dbOf(manager).run(sql<WorkspaceRow>`
      SELECT ${workspaceColumns} FROM workspace WHERE external_id = ${externalId} FOR UPDATE`);
    const [row] = rows;
    return row === undefined ? null : toWorkspace(row);
  }

  /** Like `lock`, for actions that need active provisioning. @throws PreconditionFailedError, ConflictError `not-active` */
  async lockActive(
    manager: EntityManager,
    workspaceId: string,
    precondition = Precondition.none,
  ): Promise<Workspace> {
    const workspace = await this.lock(manager, workspaceId);
    precondition.check(switchState({ ...workspace }));
    if (workspace.state === 'active') return workspace;
    throw new ConflictError('not-active', 'User provisioning is not active in this workspace.');
  }

  private async setAutomaticSync(
    manager: EntityManager,
    workspaceId: string,
    to: 'on' | 'paused',
    { actor, precondition }: { actor: Actor; precondition: Precondition },
  ): Promise<Workspace> {
    const workspace = await this.lockActive(manager, workspaceId, precondition);
    if (workspace.automaticSync === to) return workspace;
    const now = this.clock.now();
    const due = to === 'on' ? nextSyncAt(workspace.settings, workspaceId, now) : null;
    await dbOf(manager).run(
      sql`
           UPDATE workspace SET automatic_sync = ${to}, next_sync_at = ${due}, updated_at = ${now}
             WHERE id = ${workspaceId}`,
    );
    const action = to === 'on' ? 'automatic-sync.started' : 'automatic-sync.paused';
    await this.audit.record(manager, { workspaceId, actor, action });
    if (to === 'on') dbOf(manager).tellAtCommit({ topic: laneTopic, workspaceId });
    return { ...workspace, automaticSync: to, nextSyncAt: due };
  }

  private async end(manager: EntityManager, workspaceId: string): Promise<void> {
    await dbOf(manager).run(sql`
       UPDATE workspace
         SET activated_at = NULL, next_sync_at = NULL, suspended_until = NULL, updated_at = ${this.clock.now()}
       WHERE id = ${workspaceId}`);
    await this.stops.tell(manager, workspaceId, 'ended');
  }
}

function workspaceOf(rows: WorkspaceRow[]): Workspace {
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('workspace');
  return toWorkspace(row);
}

function notEntitled(productName: string): ForbiddenError {
  return new ForbiddenError(
    'not-entitled',
    'User provisioning is not part of your plan yet. ' +
      `Ask your contact at ${productName} to enable it for your workspace; then activate it here.`,
  );
}
