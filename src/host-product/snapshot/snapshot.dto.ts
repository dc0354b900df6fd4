import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';

/** Query of `GET /operator/workspaces/{id}/snapshot`. */
export class SnapshotQuery {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The last member that an earlier, broken answer told of: the members after it are told.',
  })
  @IsOptional()
  @IsUUID()
  from?: string;
}
