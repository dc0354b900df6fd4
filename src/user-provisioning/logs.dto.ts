import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../audit/page.ts';

const filterLengthMaxChars = 300;

/** A time window. */
export class LogQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'At this time or later.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate({ message: 'must be a date and time (ISO 8601)' })
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Before this time.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate({ message: 'must be a date and time (ISO 8601)' })
  to?: Date;
}

/** Which SCIM requests to list. */
export class ProvisioningLogQuery extends LogQuery {
  @ApiPropertyOptional({ enum: ['success', 'error'] })
  @IsOptional()
  @IsIn(['success', 'error'])
  outcome?: 'success' | 'error';

  @ApiPropertyOptional({ description: 'The id of a directory user or group.' })
  @IsOptional()
  @IsString()
  @MaxLength(filterLengthMaxChars)
  resourceId?: string;
}

/** Which deeds to list. */
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

/** One SCIM request. */
export class ProvisioningLogEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'The X-Request-Id of the answer.' })
  requestId!: string;

  @ApiProperty()
  method!: string;

  @ApiProperty({ description: 'Below /scim/v2.' })
  path!: string;

  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty({ enum: ['success', 'error'] })
  outcome!: 'success' | 'error';

  @ApiProperty({ type: String, nullable: true })
  scimType!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the identity provider was told.' })
  detail!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['User', 'Group', null] })
  resourceType!: string | null;

  @ApiProperty({ type: String, nullable: true })
  resourceId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;

  @ApiProperty({ type: 'integer' })
  durationMs!: number;
}

/** A page of SCIM requests, newest first. */
export class ProvisioningLogResponse {
  @ApiProperty({ type: [ProvisioningLogEntryResponse] })
  items!: ProvisioningLogEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** Who did it. */
export class ActorResponse {
  @ApiProperty({ enum: ['operator', 'admin', 'system'] })
  kind!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;
}

/** One deed of an admin or operator. */
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

/** A page of deeds, newest first. */
export class AuditLogResponse {
  @ApiProperty({ type: [AuditLogEntryResponse] })
  items!: AuditLogEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
