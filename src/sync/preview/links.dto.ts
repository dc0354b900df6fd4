import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsUUID, ValidateNested } from 'class-validator';
import { PageQuery } from '../../http/paging/page.ts';
import { ReasonResponse } from '../record/sync.dto.ts';

/** Which member a person is. */
export class LinkDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  memberId!: string;
}

/** How many people are linked by one request. */
export const linkPairsMax = 200;

/** A person of the directory, and the member that this person is. */
export class LinkPairDto extends LinkDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  directoryUserId!: string;
}

/** Which members many people are. */
export class LinkPairsDto {
  @ApiProperty({ type: [LinkPairDto], maxItems: linkPairsMax })
  @IsArray()
  @ArrayMaxSize(linkPairsMax)
  @ValidateNested({ each: true })
  @Type(() => LinkPairDto)
  pairs!: LinkPairDto[];
}

/** What became of a pair. */
export class LinkedPairResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({ format: 'uuid' })
  memberId!: string;

  @ApiProperty({ enum: ['linked', 'refused'] })
  state!: 'linked' | 'refused';

  @ApiProperty({ type: String, nullable: true, description: 'Why it was refused: the name of the problem.' })
  type!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The same in words.' })
  detail!: string | null;
}

/** What became of each pair, in the order in which they came. */
export class LinkedPairsResponse {
  @ApiProperty({ type: 'integer', description: 'How many were linked.' })
  linked!: number;

  @ApiProperty({ type: [LinkedPairResponse] })
  items!: LinkedPairResponse[];
}

/** The query of the suggested links. */
export class LinkSuggestionsQuery extends PageQuery {}

/** A member as far as it is needed to tell whether it is the same person. */
export class SuggestedMemberResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ enum: ['active', 'deactivated'] })
  status!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deactivatedAt!: string | null;
}

/** A person in conflict with a member that may be the same person, and can be linked. */
export class LinkSuggestionResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'As the identity provider has it.' })
  email!: string | null;

  @ApiProperty({ type: SuggestedMemberResponse })
  member!: SuggestedMemberResponse;

  @ApiProperty({ type: ReasonResponse })
  reason!: ReasonResponse;
}

/** A page of suggested links. A member may be suggested for several people: only one of them gets it. */
export class LinkSuggestionsResponse {
  @ApiProperty({ type: [LinkSuggestionResponse] })
  items!: LinkSuggestionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
