import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../http/paging/page.ts';
import { NeedResponse } from '../workspaces/workspace-health.dto.ts';
import { type NeedCode, needCodes } from './needs.ts';

/** Which needs are listed. */
export class AttentionQuery extends PageQuery {
  @ApiPropertyOptional({ enum: needCodes, description: 'Only this need.' })
  @IsOptional()
  @IsIn(needCodes)
  code?: NeedCode;
}

/** A workspace that needs somebody. */
export class WorkspaceNeedsResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id for it.' })
  externalId!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [NeedResponse], description: 'The most important one first.' })
  needs!: NeedResponse[];
}

/** One page of workspaces that need somebody. It may be short; `nextCursor` alone says whether another follows. */
export class AttentionPageResponse {
  @ApiProperty({ type: [WorkspaceNeedsResponse] })
  items!: WorkspaceNeedsResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
