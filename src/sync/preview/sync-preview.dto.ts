import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { SeatLimitResponse } from '../../workspaces/seats.dto.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { type ChangeKind, changeKinds } from '../decision/change.ts';
import { groupChangeKinds } from '../policy/chosen-groups.ts';
import { type Offer, offers } from '../decision/conflicts.ts';
import { PersonChangeResponse, PendingResponse, ReasonResponse } from '../record/sync.dto.ts';
import type { PreviewSort } from './preview-index.ts';
import { type PreviewedGroupKind, previewedGroupKinds } from './preview-groups.ts';
import { ConflictSideResponse } from './conflict-sides.dto.ts';
import { explanationSteps } from './explanation.ts';

/** Longest search text, in UTF-16 units. */
export const searchLengthMaxChars = 254;

/** People or groups that one lifting may name; without names a filter finds any number. */
const liftedMax = 10_000;

/** What a client may sort the preview by. */
const sorts = ['name', 'email', 'department', 'title', 'kind'] as const satisfies PreviewSort[];

/** The query of the preview. */
export class SyncPreviewQuery extends PageQuery {
  @ApiPropertyOptional({ enum: changeKinds })
  @IsOptional()
  @IsIn(changeKinds)
  kind?: ChangeKind;

  @ApiPropertyOptional({ description: 'Part of a name or of an e-mail address.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those who join or leave this group.' })
  @IsOptional()
  @IsUUID()
  groupId?: string;

  @ApiPropertyOptional({
    enum: ['last-run'],
    description:
      'Only what became pending since the last manual or nightly run that came to its end: people queued after it looked, and those withheld after it ended.',
  })
  @IsOptional()
  @IsIn(['last-run'])
  since?: 'last-run';

  @ApiPropertyOptional({
    enum: sorts,
    description:
      'Without it: as a run goes through them. Who has no such value stands last; people with the same value are sorted by name. For a sort the whole preview is made at once.',
  })
  @IsOptional()
  @IsIn(sorts)
  sort?: (typeof sorts)[number];

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';

  @ApiPropertyOptional({
    enum: ['now', 'later'],
    default: 'now',
    description: '`later`: does not wait for the counts; `summary` is null while they are not known.',
  })
  @IsOptional()
  @IsIn(['now', 'later'])
  counts?: 'now' | 'later';
}

/** A change that has not been made, and what an admin can do about it. */
export class ChangeResponse extends PersonChangeResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'As the member will have it; of who stays as they are, as the member has it; of who is no member, as the identity provider sent it.',
  })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Likewise.' })
  department!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The job title; likewise.' })
  title!: string | null;

  @ApiProperty({
    enum: offers,
    isArray: true,
    description: 'What an admin can do about it; none of these actions is refused.',
  })
  offers!: Offer[];
}

/** Which of the suppressed people: all who match each part that is given. */
export class LiftFilterDto {
  @ApiPropertyOptional({ description: 'Part of a name.' })
  @IsGiven()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The run that was taken back.' })
  @IsGiven()
  @IsUUID()
  runId?: string;
}

/** Whose suppression is lifted: by name, or by a filter. */
export class LiftDto {
  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(liftedMax)
  @IsUUID('all', { each: true })
  directoryUserIds?: string[];

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Groups whose change was taken back.' })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(liftedMax)
  @IsUUID('all', { each: true })
  groupIds?: string[];

  @ApiPropertyOptional({ type: LiftFilterDto, description: 'Everybody who is suppressed, when it is empty.' })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => LiftFilterDto)
  filter?: LiftFilterDto;
}

/** How many suppressions were lifted. */
export class LiftedResponse {
  @ApiProperty({ type: 'integer' })
  people!: number;

  @ApiProperty({ type: 'integer' })
  groups!: number;
}

/** What a run would do to a member group. */
export class GroupChangeResponse {
  @ApiProperty({ enum: groupChangeKinds, description: '`members`: its members are updated.' })
  kind!: (typeof groupChangeKinds)[number];

  @ApiProperty({ format: 'uuid' })
  groupId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The name that it has now; null for a new group.',
  })
  nameBefore!: string | null;
}

/** What a run would do to a member group, and to how many people of it. */
export class PreviewedGroupResponse extends OmitType(GroupChangeResponse, ['kind']) {
  @ApiProperty({
    enum: previewedGroupKinds,
    description:
      '`members`: people join or leave it. `suppressed`: an admin took back what would be done to it.',
  })
  kind!: PreviewedGroupKind;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many people join it; null only with `counts=later`, while that is not known.',
  })
  joining!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'How many people leave it; null likewise.' })
  leaving!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'How many people stay in a group that the directory does not have any more, or that is not chosen: they are excluded, suppressed, held or in conflict. The group is deleted when the last of them has left it. 0 for other groups; null likewise.',
  })
  staying!: number | null;
}

/** The run since which something became pending. */
export class LastRunResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  endedAt!: string;
}

/** The seats of the workspace, and what a run would do with them. */
export class PreviewedSeatsResponse extends SeatLimitResponse {
  @ApiProperty({ type: 'integer', description: 'Active members: each has a seat.' })
  used!: number;

  @ApiProperty({ type: 'integer', description: 'People who would get a seat.' })
  taking!: number;

  @ApiProperty({
    type: 'integer',
    description: 'People who would wait for a seat: held, with the reason `no-seat`.',
  })
  waiting!: number;
}

/** A page of pending changes. */
@ApiExtraModels(PendingResponse, PreviewedSeatsResponse)
export class SyncPreviewResponse {
  @ApiProperty({ description: 'Identifies this state; a run can be bound to it.' })
  version!: string;

  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(PendingResponse) }],
    description: 'Null only with `counts=later`, while the counts are not known.',
  })
  summary!: PendingResponse | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many match what was asked for, on all pages; null only with `counts=later`.',
  })
  matching!: number | null;

  @ApiProperty({
    type: LastRunResponse,
    nullable: true,
    description:
      'With `since=last-run`, that run; null when none has come to its end, so that everything is new.',
  })
  lastRun!: LastRunResponse | null;

  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(PreviewedSeatsResponse) }],
    description:
      'The seats, where their number is limited: what the whole preview takes, and who waits. Null otherwise, and with `counts=later` while the counts are not known.',
  })
  seats!: PreviewedSeatsResponse | null;

  @ApiProperty({ type: [ChangeResponse] })
  items!: ChangeResponse[];

  @ApiProperty({
    type: [PreviewedGroupResponse],
    description: 'What would be done to groups, at most 200 of them; on the first page only.',
  })
  groups!: PreviewedGroupResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** One step of the reasoning. */
export class ExplanationStepResponse extends ReasonResponse {
  @ApiProperty({ enum: explanationSteps })
  step!: (typeof explanationSteps)[number];
}

/** What would happen to one person, and the whole reasoning. */
export class ExplainedChangeResponse extends ChangeResponse {
  @ApiProperty({ type: [ExplanationStepResponse] })
  steps!: ExplanationStepResponse[];

  @ApiProperty({
    type: [ConflictSideResponse],
    description: 'Of a conflict with somebody: first the person, then the others in it. Otherwise empty.',
  })
  sides!: ConflictSideResponse[];
}
