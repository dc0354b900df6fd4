import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/paging/page.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { GroupCountsResponse } from '../record/sync.dto.ts';
import { GroupChangeResponse } from '../preview/sync-preview.dto.ts';

/** Longest search text, in UTF-16 units. */
const searchLengthMaxChars = 254;

/** What groups may be sorted by. */
const groupSorts = ['createdAt', 'name'] as const;

/** Query of `GET /api/directory-groups`. */
export class DirectoryGroupListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of a name.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only the group with this ID.' })
  @IsGiven()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({
    enum: groupSorts,
    default: 'createdAt',
    description: 'By `name` without regard to case; groups with the same name in order of arrival.',
  })
  @IsGiven()
  @IsIn(groupSorts)
  sort?: (typeof groupSorts)[number];
}

/** A group as the identity provider sent it. */
export class DirectoryGroupResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'integer', description: 'How many people of the directory it has.' })
  people!: number;

  @ApiProperty({ description: 'Is it synchronized, by the settings that hold now?' })
  chosen!: boolean;
}

/** A page of directory groups. */
export class DirectoryGroupPageResponse {
  @ApiProperty({ type: [DirectoryGroupResponse] })
  items!: DirectoryGroupResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** What a choice of groups would do. Answer of `POST /api/directory-groups/preview`. */
export class GroupsChoicePreviewResponse {
  @ApiProperty({ type: 'integer', description: 'How many groups the directory has.' })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'How many of them would be synchronized.' })
  chosen!: number;

  @ApiProperty({ type: GroupCountsResponse, description: 'What the next run would do to groups.' })
  counts!: GroupCountsResponse;

  @ApiProperty({ type: [GroupChangeResponse], description: 'By name, at most 200 of them.' })
  groups!: GroupChangeResponse[];
}
