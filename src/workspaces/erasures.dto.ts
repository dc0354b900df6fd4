import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../http/paging/page.ts';
import type { Erasure, ErasedCounts } from './erasures.service.ts';

/** Which erasures to list. */
export class ErasureListQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'The id that the workspace had.' })
  @IsOptional()
  @IsUUID()
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

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ['operator'], description: 'Who did it.' })
  by!: 'operator';

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
export function toErasureResponse({ id, workspaceId, at, by, counts }: Erasure): ErasureResponse {
  const { users, groups, members } = counts;
  return { id, workspaceId, at: at.toISOString(), by, erased: { users, groups, members } };
}
