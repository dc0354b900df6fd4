import { Injectable } from '@nestjs/common';
import { readDeclaredRoles } from '../member-directory/roles/declared-roles.ts';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import type { Language } from '../errors/sentence.ts';
import { scimBaseUrl } from '../scim/protocol/resource-request.ts';
import { RemovalGuardService } from '../sync/guard/removal-guard.service.ts';
import { countNeverMembers } from '../sync/preview/directory-users.ts';
import { groupsChoice } from '../sync/policy/chosen-groups.ts';
import { DirectoryRecounts } from '../scim/directory/directory-recounts.ts';
import { pendingGroups } from '../sync/preview/preview-groups.ts';
import { SyncPreviewService } from '../sync/preview/sync-preview.service.ts';
import { SyncRunsService } from '../sync/requests/sync-runs.service.ts';
import type { Workspace } from '../workspaces/workspace.ts';
import { WorkspacesService } from '../workspaces/workspaces.service.ts';
import { readActivity } from './activity.ts';
import { overviewCounts } from './overview-counts.ts';
import { timeToLeave } from './time-to-leave.ts';
import type { ActivityResponse, OverviewResponse } from './user-provisioning.dto.ts';

/** What the head of the settings screen shows: how provisioning stands, and what happened. */
@Injectable()
export class OverviewService {
  private readonly tenantUrl: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly recounts: DirectoryRecounts,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly preview: SyncPreviewService,
    private readonly runs: SyncRunsService,
    private readonly removalGuard: RemovalGuardService,
    config: Config,
  ) {
    this.tenantUrl = scimBaseUrl(config);
  }

  /** How it stands, for the head of the settings screen. */
  async overview(workspaceId: string, language: Language): Promise<OverviewResponse> {
    const [workspace, counted, groups, neverMembers, lastRun, removalGuard, toLeave, roles] =
      await Promise.all([
        this.workspaces.get(workspaceId),
        this.pendingAndCounts(workspaceId),
        this.pendingGroups(workspaceId),
        countNeverMembers(dbOf(this.dataSource), workspaceId),
        this.runs.last(workspaceId, language),
        this.removalGuard.state(workspaceId),
        timeToLeave(dbOf(this.dataSource), workspaceId, this.clock.now()),
        readDeclaredRoles(dbOf(this.dataSource)),
      ]);
    const { pending, heldRoles, rolesBeside, seats, counts } = counted;
    const { state, suspendedUntil, sandbox, automaticSync, nextSyncAt } = workspace;
    const lastContact = contactSinceActivation(workspace);
    return {
      state,
      suspendedUntil: suspendedUntil?.toISOString() ?? null,
      sandbox,
      tenantUrl: this.tenantUrl,
      lastContact: lastContact && { at: lastContact.at.toISOString(), status: lastContact.status },
      directory: { users: counts.users, neverMembers, groups: counts.groups },
      pending,
      pendingGroups: groups,
      members: { active: counts.active, deactivated: counts.deactivated },
      seats,
      hasRoles: roles.length > 0,
      heldRoles,
      rolesBeside,
      removalGuard,
      timeToLeave: toLeave,
      automaticSync,
      nextSyncAt: nextSyncAt?.toISOString() ?? null,
      lastRun,
    };
  }

  /** Who arrives meanwhile is counted as received only: else more could be pending than have been received. */
  private async pendingAndCounts(workspaceId: string) {
    const summary = await this.preview.summary(workspaceId);
    const counts = await overviewCounts(this.dataSource, workspaceId);
    this.recounts.asked(workspaceId, counts.recountAt);
    return { ...summary, counts };
  }

  private async pendingGroups(workspaceId: string) {
    const settings = await this.workspaces.settings(workspaceId);
    return pendingGroups(dbOf(this.dataSource), workspaceId, groupsChoice(settings.groups));
  }

  /** What happened on the last days, by the days of the workspace's time zone. */
  async activity(workspaceId: string): Promise<ActivityResponse> {
    const { timeZone } = await this.workspaces.settings(workspaceId);
    return { items: await readActivity(this.dataSource, workspaceId, timeZone, this.clock.now()) };
  }
}

/** What came before the activation came with tokens that have ended since: it says nothing of the connection now. */
function contactSinceActivation({
  activatedAt,
  lastContact,
}: Pick<Workspace, 'activatedAt' | 'lastContact'>): Workspace['lastContact'] {
  const isOlder = lastContact !== null && activatedAt !== null && lastContact.at < activatedAt;
  return isOlder ? null : lastContact;
}
