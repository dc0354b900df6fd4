import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { auditActions } from '../audit/audit-actions.ts';
import type { FedPage, FedRecord } from '../audit/audit-feed.ts';
import { cursorLengthMaxChars } from '../http/paging/page.ts';
import { ActorResponse } from '../user-provisioning/audit-log.dto.ts';

export const auditPerPageDefault = 100;
export const auditPerPageMax = 1_000;

/** Query of the audit feed. */
export class AuditFeedQuery {
  @ApiPropertyOptional({
    description: 'The `next` of the page before. Without it: from the oldest record that is kept.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  after?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: auditPerPageMax,
    default: auditPerPageDefault,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(auditPerPageMax)
  limit: number = auditPerPageDefault;
}

/** A record of the audit log, with what its place in the chain is made of. */
export class FedRecordResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    format: 'uuid',
    description: 'Zeros where it belongs to no workspace, or to one that is gone.',
  })
  workspaceId!: string;

  @ApiProperty({ type: 'integer', description: '1, 2, 3 … in each workspace, without a gap.' })
  sequence!: number;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: ActorResponse })
  actor!: ActorResponse;

  @ApiProperty({ enum: auditActions })
  action!: string;

  @ApiProperty({ type: String, nullable: true })
  target!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  sessionId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  address!: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  @ApiProperty({ description: 'SHA-256 of the record before, in hexadecimal digits.' })
  previousHash!: string;

  @ApiProperty({ description: 'SHA-256 of this record, in hexadecimal digits.' })
  hash!: string;

  @ApiProperty({ description: 'What the digests of its parts are salted with, in hexadecimal digits.' })
  salt!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'The digests of the parts from which an erased person was taken out.',
  })
  redacted!: Record<string, string> | null;
}

/** A page of the audit feed. */
export class AuditFeedResponse {
  @ApiProperty({ type: [FedRecordResponse] })
  items!: FedRecordResponse[];

  @ApiProperty({
    description: 'The cursor that the next page continues after; usable also when there are no items.',
  })
  next!: string;

  @ApiProperty({ description: 'Whether the next page can be read at once.' })
  more!: boolean;
}

/** The end of the chain of an audit log, to be kept elsewhere. */
export class AuditHeadResponse {
  @ApiProperty({ format: 'uuid', description: 'Zeros: the chain of the installation.' })
  workspaceId!: string;

  @ApiProperty({ type: 'integer', description: 'The newest record; 0: there is none.' })
  sequence!: number;

  @ApiProperty({ description: 'Its hash, in hexadecimal digits.' })
  hash!: string;

  @ApiProperty({ type: 'integer', description: 'The newest record that is no longer kept; 0: all are.' })
  prunedSequence!: number;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** The outward shape of a page. */
export function toAuditFeed({ items, next, more }: FedPage): AuditFeedResponse {
  return { items: items.map(toFedRecord), next, more };
}

function toFedRecord({ isRedacted: _isRedacted, ...record }: FedRecord): FedRecordResponse {
  const { at, sequence, previousHash, hash, salt } = record;
  const chained = {
    sequence: sequence ?? 0,
    previousHash: previousHash ?? '',
    hash: hash ?? '',
    salt: salt ?? '',
  };
  return { ...record, ...chained, at: at.toISOString() };
}
