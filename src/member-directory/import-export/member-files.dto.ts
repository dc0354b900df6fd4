import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { type CsvSeparator, csvSeparators } from '../fields/csv-cell.ts';
import { type CsvEncoding, csvEncodings } from '../fields/csv-text.ts';
import { type ReadSeparator, readSeparators } from './csv-records.ts';
import { MemberListQuery } from '../members/member.dto.ts';

const updateExistingDescription =
  'Whether members who are there already, found by `id`, else by `externalId`, else by address, are changed by what the file says of them; an empty cell says nothing. Otherwise each of them is a fault of its line.';

/** Body of `POST /api/members/import` when it is JSON. */
export class MemberImportDto {
  @ApiProperty({ description: 'A CSV file with a header row.' })
  @IsString({ message: 'must be the text of a CSV file' })
  csv!: string;

  @ApiPropertyOptional({ description: 'Only says what would be done.', default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  dryRun?: boolean;

  @ApiPropertyOptional({ description: updateExistingDescription, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  updateExisting?: boolean;
}

/** Query of `POST /api/members/import`, for a body that is the file itself. */
export class MemberImportQuery {
  @ApiPropertyOptional({ type: Boolean, description: 'Only says what would be done.', default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => flagOf(value))
  @IsBoolean({ message: 'must be true or false' })
  dryRun?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: updateExistingDescription, default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => flagOf(value))
  @IsBoolean({ message: 'must be true or false' })
  updateExisting?: boolean;
}

function flagOf(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

const readSeparatorNames = Object.keys(readSeparators) as ReadSeparator[];

/** Answer of `POST /api/members/import`. */
export class MemberImportResponse {
  @ApiProperty({ type: 'integer', description: 'How many members were made, or would be.' })
  created!: number;

  @ApiProperty({ type: 'integer', description: 'How many members were changed, or would be.' })
  updated!: number;

  @ApiProperty({ type: 'integer', description: 'How many members are as the file says already.' })
  unchanged!: number;

  @ApiProperty({ enum: csvEncodings, description: 'In which encoding the file was found to be.' })
  encoding!: CsvEncoding;

  @ApiProperty({ enum: readSeparatorNames, description: 'What stands between its cells.' })
  separator!: ReadSeparator;

  @ApiProperty({ type: [String], description: 'Columns whose cells had no effect.' })
  ignoredColumns!: string[];
}

const csvSeparatorNames = Object.keys(csvSeparators) as CsvSeparator[];

/** Which members an export holds, as the list shows them, and how its file is to be written. */
export class MemberExportQuery extends OmitType(MemberListQuery, ['cursor', 'limit', 'total'] as const) {
  @ApiPropertyOptional({
    enum: csvSeparatorNames,
    description:
      'What stands between the cells: `semicolon` for spreadsheets of countries with a decimal comma. Without it, what the language of `Accept-Language` is used to.',
  })
  @IsOptional()
  @IsIn(csvSeparatorNames)
  separator?: CsvSeparator;
}
