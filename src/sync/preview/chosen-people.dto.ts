import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import { IsGiven } from '../../http/validation/is-given.ts';
import type { PeopleNamed } from '../policy/chosen-people.ts';
import { ChosenPeopleResponse, PendingResponse } from '../record/sync.dto.ts';

/** People that one run may name; those of groups come on top, however many they are. */
export const chosenPeopleMax = 10_000;

/** Groups that one run may name. */
export const chosenGroupsMax = 100;

/** The people a run is to be about. */
export class PeopleNamedDto implements PeopleNamed {
  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: chosenPeopleMax,
    description: 'People of the directory.',
  })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(chosenPeopleMax)
  @IsUUID('all', { each: true })
  directoryUserIds?: string[];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    maxItems: chosenGroupsMax,
    description: 'Groups of the directory: the people who are in them at this moment.',
  })
  @IsGiven()
  @IsArray()
  @ArrayMaxSize(chosenGroupsMax)
  @IsUUID('all', { each: true })
  groupIds?: string[];
}

/** What a run of chosen people would do. */
export class ChosenPreviewResponse extends ChosenPeopleResponse {
  @ApiProperty({ description: 'A run of the same people can be bound to it.' })
  version!: string;

  @ApiProperty({ type: PendingResponse, description: 'About these people alone.' })
  summary!: PendingResponse;
}
