import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PreviewedSeatsResponse } from '../sync/preview/sync-preview.dto.ts';
import { RemovalGuardStateResponse } from '../sync/guard/removal-guard.dto.ts';
import { PendingResponse, RunResponse } from '../sync/record/sync.dto.ts';
import { IssuedTokenResponse } from '../tokens/tokens.dto.ts';
import { type AutomaticSync, automaticSyncStates } from '../workspaces/workspace.ts';
import { timeToLeavePeopleMax } from './time-to-leave.ts';
import type { WorkspaceState } from '../workspaces/workspaces.service.ts';

/** The identity provider's newest request. */
export class LastContactResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'integer', description: 'The HTTP status it was answered with.' })
  status!: number;
}

/** How much the identity provider has sent. */
export class DirectoryCountsResponse {
  @ApiProperty({ type: 'integer' })
  users!: number;

  @ApiProperty({ type: 'integer', description: 'Those of them who are inactive and are no members.' })
  neverMembers!: number;

  @ApiProperty({ type: 'integer' })
  groups!: number;
}

/** How many members there are. */
export class MemberCountsResponse {
  @ApiProperty({ type: 'integer' })
  active!: number;

  @ApiProperty({ type: 'integer' })
  deactivated!: number;
}

/** How long leavers kept access, from the request of the identity provider on. */
export class TimeToLeaveResponse {
  @ApiProperty({ type: 'integer', description: 'The days that are looked back at.' })
  days!: number;

  @ApiProperty({
    type: 'integer',
    description: `People whose access ended in these days, or was suspended: the newest ${timeToLeavePeopleMax} at most.`,
  })
  people!: number;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description:
      'What half of them waited at most, from the request of the identity provider to the end of access. Null: nobody left.',
  })
  p50Seconds!: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'What 99 % of them waited at most.' })
  p99Seconds!: number | null;

  @ApiProperty({
    type: 'integer',
    description:
      'People who left in the directory and still have access: they wait for a run, are held and keep access, could not be written, or an admin decided that they keep it.',
  })
  open!: number;
}

/** Whether anything is synchronized by itself, and when next. */
export class AutomaticSyncResponse {
  @ApiProperty({
    enum: automaticSyncStates,
    description:
      'Whether synchronization runs automatically: at night, and when somebody leaves or comes back. `not_started` until the first run by hand or `POST /api/user-provisioning/automatic-sync/start`.',
  })
  automaticSync!: AutomaticSync;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null unless it is `on`.' })
  nextSyncAt!: string | null;
}

/** What is pending of groups themselves, as far as the preview lists them. */
export class PendingGroupsResponse {
  @ApiProperty({ type: 'integer', description: 'Groups that the next run creates, renames or deletes.' })
  changing!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Groups of which a change was undone, and is not made again.',
  })
  suppressed!: number;
}

/** The state of user provisioning in a workspace, on one page. */
@ApiExtraModels(PreviewedSeatsResponse)
export class OverviewResponse extends AutomaticSyncResponse {
  @ApiProperty({ enum: ['not_entitled', 'inactive', 'active'] })
  state!: WorkspaceState;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'The end of a suspension. User provisioning is no longer part of the plan: nothing can be changed, and everything is kept until then.',
  })
  suspendedUntil!: string | null;

  @ApiProperty({ description: 'For trying things out: a simulated identity provider may fill it.' })
  sandbox!: boolean;

  @ApiProperty({ description: 'The URL to paste into the identity provider.' })
  tenantUrl!: string;

  @ApiProperty({ type: LastContactResponse, nullable: true })
  lastContact!: LastContactResponse | null;

  @ApiProperty({ type: DirectoryCountsResponse })
  directory!: DirectoryCountsResponse;

  @ApiProperty({ type: PendingResponse })
  pending!: PendingResponse;

  @ApiProperty({ type: PendingGroupsResponse })
  pendingGroups!: PendingGroupsResponse;

  @ApiProperty({ type: MemberCountsResponse })
  members!: MemberCountsResponse;

  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(PreviewedSeatsResponse) }],
    description: 'Null where the number of seats is not limited.',
  })
  seats!: PreviewedSeatsResponse | null;

  @ApiProperty({ description: 'Whether the product has roles, which groups may give.' })
  hasRoles!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'How many of those held are so because of their role alone: there is nothing to approve.',
  })
  heldRoles!: number;

  @ApiProperty({
    type: 'integer',
    description: 'How many people the next synchronization gives everything but their role, which waits.',
  })
  rolesBeside!: number;

  @ApiProperty({ type: RemovalGuardStateResponse })
  removalGuard!: RemovalGuardStateResponse;

  @ApiProperty({ type: TimeToLeaveResponse })
  timeToLeave!: TimeToLeaveResponse;

  @ApiProperty({ type: RunResponse, nullable: true })
  lastRun!: RunResponse | null;
}

class ActivityDayResponse {
  @ApiProperty({ format: 'date', description: "Of the workspace's time zone." })
  day!: string;

  @ApiProperty({ type: 'integer', description: 'Requests of the identity provider.' })
  requests!: number;

  @ApiProperty({ type: 'integer', description: 'How many of them were answered with an error.' })
  errors!: number;

  @ApiProperty({ type: 'integer', description: 'Changes of members that runs made.' })
  changes!: number;
}

/** What happened on the last days. */
export class ActivityResponse {
  @ApiProperty({ type: [ActivityDayResponse], description: 'The oldest first, quiet days too.' })
  items!: ActivityDayResponse[];
}

/** The answer to activation: the first API token, whose secret is shown this once. */
export class ActivatedResponse {
  @ApiProperty({ enum: ['active'] })
  state!: 'active';

  @ApiProperty({ type: IssuedTokenResponse })
  token!: IssuedTokenResponse;
}

/** The answer to deactivation. */
export class DeactivatedResponse {
  @ApiProperty({ enum: ['inactive'] })
  state!: 'inactive';
}
