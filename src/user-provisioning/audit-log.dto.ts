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

  @ApiPropertyOptional({
    description:
      '`operator`, `product`, `admin` or `system`; the e-mail address of an admin; or the id of a product key.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  actor?: string;
}

/** Who did it. */
export class ActorResponse {
  @ApiProperty({
    enum: ['operator', 'product', 'admin', 'system'],
    description: '`product`: the back end of the host product, by a product key.',
  })
  kind!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The id of the product key.' })
  keyId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the product key or operator token was called.',
  })
  name!: string | null;
}

/** One action of an admin, the operator or the host product. */
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

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The session of the admin.' })
  sessionId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The address that the request came from; null: the service did it by itself.',
  })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The `X-Request-Id` of the answer.' })
  requestId!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Its place in the chain of the workspace; null: it is from before there was one.',
  })
  sequence!: number | null;

  @ApiProperty({ description: 'Whether a person who was erased has been taken out of it.' })
  isRedacted!: boolean;
}

/** A page of actions, newest first. */
export class AuditLogResponse {
  @ApiProperty({ type: [AuditLogEntryResponse] })
  items!: AuditLogEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
