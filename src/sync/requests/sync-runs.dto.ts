import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/paging/page.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import type { GroupChangeState } from '../record/group-changes.ts';
import { PeopleNamedDto } from '../preview/chosen-people.dto.ts';
import { PendingResponse, PersonChangeResponse, ReasonResponse, RunResponse } from '../record/sync.dto.ts';
import { GroupChangeResponse, searchLengthMaxChars } from '../preview/sync-preview.dto.ts';
import { type ChangeKind, changeKinds, type ChangeState, changeStates } from '../decision/change.ts';

/** People that one approval or rejection may name; without names it is about everybody who is held. */
const peopleNamedMax = 10_000;

const versionLengthMaxChars = 100;

/** What run is asked for: of everybody, or of the people who are named. */
export class NewSyncRunDto extends PeopleNamedDto {
  @ApiPropertyOptional({
    description:
      'The `version` of the preview that was approved: of the whole one, or of `POST /api/sync-preview/chosen` for the same people.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(versionLengthMaxChars)
  previewVersion?: string;
}

/** Whose held removals an approval or a rejection is about. */
export class HeldPeopleDto {
  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Everybody who is held, when absent.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(peopleNamedMax)
  @IsUUID('all', { each: true })
  directoryUserIds?: string[];
}

/** A run that waits for its turn. */
export class QueuedRunResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['queued'] })
  state!: 'queued';
}

/** What the undo of a run would do now. */
export class UndoPreviewResponse {
  @ApiProperty({
    type: PendingResponse,
    description:
      'What would be done to members: who was created is removed, who was deactivated reactivated.',
  })
  counts!: PendingResponse;

  @ApiProperty({
    type: 'integer',
    description: 'Changes that cannot be undone any more, mostly because something has touched them since.',
  })
  kept!: number;

  @ApiProperty({ type: 'integer', description: 'Removals that the run still holds: the undo rejects them.' })
  held!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Removals that the run, an undo, rejected: undoing it holds them again.',
  })
  heldAgain!: number;
}

export class RunPageResponse {
  @ApiProperty({ type: [RunResponse] })
  items!: RunResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** A change of a run, and what has become of it. */
export class RunChangeResponse extends PersonChangeResponse {
  @ApiProperty({ enum: changeStates })
  state!: ChangeState;

  @ApiProperty({ type: ReasonResponse, nullable: true, description: 'Why an undo did not revert it.' })
  kept!: ReasonResponse | null;
}

export class RunChangePageResponse {
  @ApiProperty({ type: [RunChangeResponse] })
  items!: RunChangeResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** The query of a run's changes. */
export class RunChangesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: changeKinds, description: '`held`: those who wait for an admin.' })
  @IsOptional()
  @IsIn(changeKinds)
  kind?: ChangeKind;

  @ApiPropertyOptional({
    description: 'Part of the name, or of an e-mail address: that of the member, or one that was changed.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those who joined or left this group.' })
  @IsOptional()
  @IsUUID()
  groupId?: string;
}

/** Somebody who joined or left a group. */
export class RegroupedPersonResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({ format: 'uuid' })
  memberId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'True: joined; false: left.' })
  joined!: boolean;
}

/** What the groups of a run may be sorted by. */
const groupChangeSorts = ['groupId', 'name'] as const;

/** The query of what a run did to groups. */
export class RunGroupsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: groupChangeSorts,
    default: 'groupId',
    description: 'By `name` without regard to case; groups with the same name in order of their IDs.',
  })
  @IsGiven()
  @IsIn(groupChangeSorts)
  sort?: (typeof groupChangeSorts)[number];
}

const groupChangeStates: readonly GroupChangeState[] = ['made', 'undone', 'kept'];

/** What a run did to a member group. */
export class RunGroupChangeResponse extends GroupChangeResponse {
  @ApiProperty({ type: 'integer', description: 'How many people joined it.' })
  joined!: number;

  @ApiProperty({ type: 'integer', description: 'How many people left it.' })
  left!: number;

  @ApiProperty({ type: [RegroupedPersonResponse], description: 'Some of them, at most 100.' })
  people!: RegroupedPersonResponse[];

  @ApiProperty({ enum: groupChangeStates })
  state!: GroupChangeState;
}

export class RunGroupChangePageResponse {
  @ApiProperty({ type: [RunGroupChangeResponse] })
  items!: RunGroupChangeResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
