import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../audit/page.ts';
import { searchLengthMaxChars } from './member.dto.ts';

/** Query of `GET /api/groups`. */
export class MemberGroupListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of a name.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;
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
