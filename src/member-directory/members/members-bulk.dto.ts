import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, ValidateNested } from 'class-validator';
import { BulkDto, BulkIds } from '../../http/paging/bulk.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { MemberListQuery } from './member.dto.ts';

/** What an admin can do with many members at once. */
export const memberActions = ['deactivate', 'reactivate', 'remove'] as const;
export type MemberAction = (typeof memberActions)[number];

/** Members by what the list is asked for. */
export class MatchingMembersDto extends OmitType(MemberListQuery, [
  'cursor',
  'limit',
  'sort',
  'order',
  'total',
] as const) {}

/** An action on many members. */
export class BulkMembersDto extends BulkDto {
  @ApiProperty({ enum: memberActions })
  @IsIn(memberActions)
  action!: MemberAction;

  @BulkIds()
  memberIds?: string[];

  @ApiPropertyOptional({ type: MatchingMembersDto, description: 'Instead of ids: everybody on the list.' })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => MatchingMembersDto)
  matching?: MatchingMembersDto;
}
