import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { cursorLengthMaxChars, PageQuery } from '../../http/paging/page.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { searchLengthMaxChars } from '../members/member.dto.ts';

/** What groups may be sorted by. */
const groupSorts = ['createdAt', 'name'] as const;

/** Query of `GET /api/groups`. */
export class MemberGroupListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of a name.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({
    enum: groupSorts,
    default: 'createdAt',
    description: 'By `name` without regard to case; groups with the same name in order of creation.',
  })
  @IsGiven()
  @IsIn(groupSorts)
  sort?: (typeof groupSorts)[number];
}

/** Most groups of one member on a page, which is that long unless another length is asked for. */
const groupsOfMemberMax = 500;

/** Query of `GET /api/members/{id}/groups`. */
export class GroupsOfMemberQuery {
  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  cursor?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: groupsOfMemberMax,
    default: groupsOfMemberMax,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(groupsOfMemberMax)
  limit: number = groupsOfMemberMax;
}

/** A member group. */
export class MemberGroupResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer', description: 'How many members it has, removed ones left out.' })
  memberCount!: number;

  @ApiProperty({ description: 'Does it follow a directory group?' })
  provisioned!: boolean;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The directory group that it follows; null: none.',
  })
  directoryGroupId!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** A page of member groups. */
export class MemberGroupPageResponse {
  @ApiProperty({ type: [MemberGroupResponse] })
  items!: MemberGroupResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
