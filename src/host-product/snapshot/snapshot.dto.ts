import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { bucketsMax } from '../digest/digest.ts';

/** Buckets that one snapshot can be limited to: more make an address that proxies refuse. */
export const bucketsAskedMax = 500;

/** Query of `GET /operator/workspaces/{id}/snapshot`. */
export class SnapshotQuery {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The last member that an earlier, broken answer told of: the members after it are told.',
  })
  @IsOptional()
  @IsUUID()
  from?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: bucketsMax,
    description:
      'Into how many buckets the members are divided, as those of the digest: a power of two. With `bucket`.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(bucketsMax)
  buckets?: number;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: bucketsMax - 1 },
    maxItems: bucketsAskedMax,
    description:
      'Only members of this bucket; repeat it for several. Groups are told all, with those of their members. The counts of the head are those of the whole workspace.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat().map(asNumber))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(bucketsAskedMax)
  @IsInt({ each: true })
  @Min(0, { each: true })
  bucket?: number[];
}

/** Only what is written as a number: an empty text is none. */
function asNumber(text: unknown): unknown {
  return typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : text;
}
