import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, MaxLength, ValidateNested, IsUUID } from 'class-validator';
import { BulkDto, BulkIds } from '../../http/paging/bulk.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { type ChangeKind, changeKinds } from '../decision/change.ts';
import { searchLengthMaxChars } from '../preview/sync-preview.dto.ts';

/** What an admin can decide about many people at once. */
export const bulkActions = ['approve', 'reject', 'exclude', 'include', 'lift', 'retry', 'link'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** People of the preview by what they match: all of it that is given. */
export class MatchingPeopleDto {
  @ApiPropertyOptional({ enum: changeKinds })
  @IsGiven()
  @IsIn(changeKinds)
  kind?: ChangeKind;

  @ApiPropertyOptional({ description: 'Part of a name or of an e-mail address.' })
  @IsGiven()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those who join or leave this group.' })
  @IsGiven()
  @IsUUID()
  groupId?: string;

  @ApiPropertyOptional({ enum: ['last-run'], description: 'What became pending since the last run.' })
  @IsGiven()
  @IsIn(['last-run'])
  since?: 'last-run';
}

/** A decision about many people. */
export class BulkPeopleDto extends BulkDto {
  @ApiProperty({
    enum: bulkActions,
    description:
      '`approve` and `reject`: held removals. `exclude`, `include`: from synchronization, and again. `lift`: allows again what is suppressed. `retry`: conflicts. `link`: people in conflict to the member that may be the same person.',
  })
  @IsIn(bulkActions)
  action!: BulkAction;

  @BulkIds()
  directoryUserIds?: string[];

  @ApiPropertyOptional({ type: MatchingPeopleDto, description: 'Instead of ids: all who match.' })
  @IsGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => MatchingPeopleDto)
  matching?: MatchingPeopleDto;
}
