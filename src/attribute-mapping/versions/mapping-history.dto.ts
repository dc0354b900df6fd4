import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { cursorLengthMaxChars } from '../../http/paging/page.ts';

const limitDefault = 20;
/** Each version is compared with the one before it. */
const limitMax = 50;

/** The query of the list of versions. */
export class MappingVersionsQuery {
  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: limitMax, default: limitDefault })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(limitMax)
  limit: number = limitDefault;
}

class MappingDifferenceResponse {
  @ApiProperty({ type: [String], description: 'Targets that no rule filled before.' })
  added!: string[];

  @ApiProperty({ type: [String] })
  removed!: string[];

  @ApiProperty({ type: [String] })
  changed!: string[];
}

class MappingVersionResponse {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String, nullable: true })
  savedBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  savedAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The version whose rules these are again.' })
  restoredFrom!: number | null;

  @ApiProperty({ type: 'integer', description: 'How many rules there are.' })
  rules!: number;

  @ApiProperty({ type: MappingDifferenceResponse, description: 'Against the version before.' })
  difference!: MappingDifferenceResponse;
}

/** Answer of `GET /api/attribute-mapping/versions`. */
export class MappingVersionPageResponse {
  @ApiProperty({ type: [MappingVersionResponse] })
  items!: MappingVersionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
