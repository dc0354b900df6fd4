import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../http/paging/page.ts';
import { type CsvSeparator, csvSeparators } from '../../member-directory/fields/csv-cell.ts';
import { PreviewedGroupResponse, searchLengthMaxChars, SyncPreviewQuery } from './sync-preview.dto.ts';

const csvSeparatorNames = Object.keys(csvSeparators) as CsvSeparator[];

/** Which changes to export: the query of the list, without its pages. */
export class PreviewExportQuery extends OmitType(SyncPreviewQuery, ['cursor', 'limit', 'counts']) {
  @ApiPropertyOptional({
    enum: csvSeparatorNames,
    description: 'Between the cells; without it a semicolon for German, else a comma.',
  })
  @IsOptional()
  @IsIn(csvSeparatorNames)
  separator?: CsvSeparator;
}

/** Which groups to list. */
export class PreviewedGroupsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of the name of the group.' })
  @IsOptional()
  @IsString()
  @MaxLength(searchLengthMaxChars)
  search?: string;
}

/** A page of the groups that change, by name. */
export class PreviewedGroupsResponse {
  @ApiProperty({ type: [PreviewedGroupResponse] })
  items!: PreviewedGroupResponse[];

  @ApiProperty({ type: 'integer', description: 'How many there are on all pages.' })
  matching!: number;

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** The query of the people of a group. */
export class MovedPeopleQuery extends PageQuery {}

/** Somebody who would join or leave a group. */
export class MovedPersonResponse {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for a member who is no person of the directory.',
  })
  directoryUserId!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for who has no member yet.',
  })
  memberId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ description: 'True: joins; false: leaves.' })
  joins!: boolean;
}

/** A page of the people who would join or leave a group. */
export class MovedPeopleResponse {
  @ApiProperty({ type: [MovedPersonResponse] })
  items!: MovedPersonResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
