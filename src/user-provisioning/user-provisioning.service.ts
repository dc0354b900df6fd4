import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { settleSuspensions } from '../sync/writing/suspend-held.ts';
import { byAdmin, MemberEvents } from '../member-directory/events/member-events.ts';
import { actorOf } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import type { Language } from '../errors/sentence.ts';
import type { Precondition } from '../http/request/precondition.ts';
import { PropertiesService } from '../member-directory/properties/properties.service.ts';
import { queueEverybody, queueGroupMembers } from '../sync-queue/queue-people.ts';
import { forgetSuppressedGroups } from '../sync/record/suppressed-groups.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import type { Session } from '../workspaces/session.guard.ts';
import type { SettingsChangeDto } from '../workspaces/settings.dto.ts';
import {
  type Workspace,
  WorkspacesService,
  type WorkspaceSettings,
} from '../workspaces/workspaces.service.ts';
import type {
  ActivatedResponse,
  AutomaticSyncResponse,
  DeactivatedResponse,
} from './user-provisioning.dto.ts';

/** The name of the token that activation issues, in the language of the admin who activates. */
const firstTokenNames: Readonly<Record<Language, string>> = {
  en: 'Identity provider',
  de: 'Identitätsanbieter',
};

/** The switch of user provisioning and its settings: what concerns several rooms at once. */
@Injectable()
export class UserProvisioningService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly tokens: TokensService,
    private readonly properties: PropertiesService,
  ) {}

  /**
   * Switches provisioning on and issues the first token. People who are in the directory from an earlier time are queued
   * again: members may have changed while provisioning was off.
   *
   * @throws PreconditionFailedError, ForbiddenError `not-entitled`, ConflictError `already-active`
   */
  async activate(
    session: Session,
    precondition: Precondition,
    language: Language,
  ): Promise<ActivatedResponse> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      await this.workspaces.activate(manager, workspaceId, actorOf(session.email), precondition);
      await this.properties.ensureDefaults(manager, workspaceId, language);
      await queueEverybody(dbOf(manager), workspaceId, 'activated', this.clock.now());
      const token = await this.tokens.issue(manager, session, { name: firstTokenNames[language] });
      return { state: 'active', token };
    });
  }

  /** Switches provisioning off. @throws PreconditionFailedError, ConflictError `not-active` */
  async deactivate(session: Session, precondition: Precondition): Promise<DeactivatedResponse> {
    await this.dataSource.transaction((manager) =>
      this.workspaces.deactivate(manager, session.workspaceId, actorOf(session.email), precondition),
    );
    return { state: 'inactive' };
  }

  /** From now on it is synchronized by itself. @throws PreconditionFailedError, ConflictError `not-active` */
  async startAutomaticSync(session: Session, precondition: Precondition): Promise<AutomaticSyncResponse> {
    const started = await this.dataSource.transaction((manager) =>
      this.workspaces.startAutomaticSync(manager, session.workspaceId, actorOf(session.email), precondition),
    );
    return toAutomaticSync(started);
  }

  /**
   * Nothing is synchronized by itself until it is started again.
   *
   * @throws PreconditionFailedError, ConflictError `not-active`
   */
  async pauseAutomaticSync(session: Session, precondition: Precondition): Promise<AutomaticSyncResponse> {
    const paused = await this.dataSource.transaction((manager) =>
      this.workspaces.pauseAutomaticSync(manager, session.workspaceId, actorOf(session.email), precondition),
    );
    return toAutomaticSync(paused);
  }

  /** The settings, complete. */
  settings(workspaceId: string): Promise<WorkspaceSettings> {
    return this.workspaces.settings(workspaceId);
  }

  /**
   * Changes settings; when one changes that decisions depend on, everybody is looked at again.
   *
   * @throws PreconditionFailedError
   */
  async updateSettings(
    session: Session,
    change: SettingsChangeDto,
    precondition: Precondition,
  ): Promise<WorkspaceSettings> {
    const { workspaceId } = session;
    const { before, after } = await this.change(session, change, precondition);
    // Who joined or left a group in a write that did not know of this yet, and was not found above, is found now.
    if (!isDeepStrictEqual(before.groups, after.groups))
      await queueGroupMembers(dbOf(this.dataSource), workspaceId, this.clock.now());
    return after;
  }

  private change(
    session: Session,
    change: SettingsChangeDto,
    precondition: Precondition,
  ): Promise<{ before: WorkspaceSettings; after: WorkspaceSettings }> {
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const { before, after } = await this.workspaces.updateSettings(
        manager,
        workspaceId,
        change,
        actorOf(session.email),
        precondition,
      );
      if (decidesOtherwise(before, after)) {
        await queueEverybody(dbOf(manager), workspaceId, 'settings', this.clock.now());
      }
      if (before.heldLeavers !== after.heldLeavers) {
        const now = this.clock.now();
        const events = new MemberEvents(byAdmin);
        await settleSuspensions(dbOf(manager), { workspaceId, now, events }, null);
        events.append(dbOf(manager), workspaceId, now);
      }
      if (!isDeepStrictEqual(before.groups, after.groups)) {
        await forgetSuppressedGroups(dbOf(manager), workspaceId);
        await queueGroupMembers(dbOf(manager), workspaceId, this.clock.now());
      }
      return { before, after };
    });
  }
}

function toAutomaticSync({ automaticSync, nextSyncAt }: Workspace): AutomaticSyncResponse {
  return { automaticSync, nextSyncAt: nextSyncAt?.toISOString() ?? null };
}

function decidesOtherwise(before: WorkspaceSettings, after: WorkspaceSettings): boolean {
  return (
    before.linkByEmail !== after.linkByEmail ||
    before.onLeave !== after.onLeave ||
    before.graceDays !== after.graceDays
  );
}
