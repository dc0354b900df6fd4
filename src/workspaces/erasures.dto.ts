import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { PageQuery } from '../http/paging/page.ts';
import type { Erasure, ErasedCounts } from './erasures.service.ts';

/** Which erasures to list. */
export class ErasureListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'The id that the workspace had, or `ext:` and the id that you had given it.',
  })
  @IsOptional()
  @IsString()
  workspaceId?: string;
}

/** How much there was of a workspace when it was erased. */
export class ErasedCountsResponse implements ErasedCounts {
  @ApiProperty({ type: 'integer', description: 'People that the identity provider had sent.' })
  users!: number;

  @ApiProperty({ type: 'integer', description: 'Groups that the identity provider had sent.' })
  groups!: number;

  @ApiProperty({ type: 'integer', description: 'Members, deactivated and removed ones too.' })
  members!: number;
}

/** What is kept of a workspace that was erased: no name and no person. */
export class ErasureResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid', description: 'The id that the workspace had.' })
  workspaceId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id that the workspace had.' })
  workspaceExternalId!: string | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ['operator'], description: 'Who did it.' })
  by!: 'operator';

  @ApiProperty({ type: String, nullable: true, description: 'What the operator token was called.' })
  byName!: string | null;

  @ApiProperty({ type: ErasedCountsResponse })
  erased!: ErasedCountsResponse;
}

/** One page of erasures, the newest first. */
export class ErasurePageResponse {
  @ApiProperty({ type: [ErasureResponse] })
  items!: ErasureResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** The outward shape of an erasure. */
export function toErasureResponse({
  id,
  workspaceId,
  externalId,
  at,
  by,
  byName,
  counts,
}: Erasure): ErasureResponse {
  const { users, groups, members } = counts;
  const erased = { users, groups, members };
  return { id, workspaceId, workspaceExternalId: externalId, at: at.toISOString(), by, byName, erased };
}
