import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { filterLengthMaxChars, LogQuery } from './logs.dto.ts';

/** Which actions to list. */
export class AuditLogQuery extends LogQuery {
  @ApiPropertyOptional({ description: 'As in the log: token.revoked' })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  action?: string;

  @ApiPropertyOptional({ description: 'The e-mail address of an admin.' })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  actor?: string;
}

/** Who did it. */
export class ActorResponse {
  @ApiProperty({ enum: ['operator', 'admin', 'system'] })
  kind!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;
}

/** One action of an admin or operator. */
export class AuditLogEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: ActorResponse })
  actor!: ActorResponse;

  @ApiProperty()
  action!: string;

  @ApiProperty({ type: String, nullable: true })
  target!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;
}

/** A page of actions, newest first. */
export class AuditLogResponse {
  @ApiProperty({ type: [AuditLogEntryResponse] })
  items!: AuditLogEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
