import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { bucketsMax } from './digest.ts';

const bucketsDefault = 64;

/** Query of `GET /operator/workspaces/{id}/digest`. */
export class DigestQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: bucketsMax,
    default: bucketsDefault,
    description: 'Into how many buckets the members are divided: a power of two.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(bucketsMax)
  buckets: number = bucketsDefault;
}

/** Some of the members. */
export class DigestBucketResponse {
  @ApiProperty({
    type: 'integer',
    description: 'The first bits of SHA-256 over the id of each of its members.',
  })
  bucket!: number;

  @ApiProperty({ type: 'integer' })
  members!: number;

  @ApiProperty({
    description: 'The sum of the hashes of its members, modulo 2^64, as 16 hexadecimal digits.',
  })
  digest!: string;
}

/** A hash over the id and version of every member who is not removed. */
export class DigestResponse {
  @ApiProperty({ type: 'integer', description: 'The newest event that it takes in.' })
  sequence!: number;

  @ApiProperty({ type: 'integer' })
  members!: number;

  @ApiProperty({ description: 'The sum over all members.' })
  digest!: string;

  @ApiProperty({ type: [DigestBucketResponse] })
  buckets!: DigestBucketResponse[];
}
