import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../audit/page.ts';
import { type ChangeKind, changeKinds } from './change.ts';
import { groupChangeKinds } from './chosen-groups.ts';
import { ChangeResponse, PendingResponse, ReasonResponse } from './sync.dto.ts';
import { explanationSteps } from './explanation.ts';

/** Longest search text, in UTF-16 units. */
const searchLengthMaxChars = 200;

/** The query of the preview. */
export class SyncPreviewQuery extends PageQuery {
  @ApiPropertyOptional({ enum: changeKinds })
  @IsOptional()
  @IsIn(changeKinds)
  kind?: ChangeKind;

  @ApiPropertyOptional({ description: 'Part of a name or e-mail address.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({
    enum: ['now', 'later'],
    default: 'now',
    description: '`later`: does not wait for the counts; `summary` is null while they are not known.',
  })
  @IsOptional()
  @IsIn(['now', 'later'])
  counts?: 'now' | 'later';
}

/** Which member a person is. */
export class LinkDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  memberId!: string;
}

/** What a run would do to a member group. */
export class GroupChangeResponse {
  @ApiProperty({ enum: groupChangeKinds, description: '`members`: its membership is brought in line.' })
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

/** A page of pending changes. */
@ApiExtraModels(PendingResponse)
export class SyncPreviewResponse {
  @ApiProperty({ description: 'Names exactly this state of affairs; a run can be bound to it.' })
  version!: string;

  @ApiProperty({
    nullable: true,
    allOf: [{ $ref: getSchemaPath(PendingResponse) }],
    description: 'Null only with `counts=later`, while the counts are not known.',
  })
  summary!: PendingResponse | null;

  @ApiProperty({ type: [ChangeResponse] })
  items!: ChangeResponse[];

  @ApiProperty({
    type: [GroupChangeResponse],
    description: 'What would be done to groups, at most 200 of them; on the first page only.',
  })
  groups!: GroupChangeResponse[];

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
}
