import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { PlainText } from '../member-directory/fields/plain-text.ts';
import type { ErasureReceipt, TableCount } from './erase-person.service.ts';

/** Longest reason for an erasure, in characters. */
export const erasureReasonLengthMaxChars = 500;

/** Why a person is erased. */
export class ErasePersonDto {
  @ApiProperty({
    minLength: 1,
    maxLength: erasureReasonLengthMaxChars,
    description:
      'For the audit log, e.g. the number of the request. What of it names the person is taken out.',
  })
  @IsString()
  @PlainText({ lengthMaxChars: erasureReasonLengthMaxChars })
  @MinLength(1)
  @MaxLength(erasureReasonLengthMaxChars)
  reason!: string;
}

/** What was done to the rows of a table. */
export class TableCountResponse implements TableCount {
  @ApiProperty({ type: 'integer', description: 'Rows that were about the person alone, and are gone.' })
  deleted!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that stay without the person.' })
  redacted!: number;
}

/** That a person was erased. */
export class PersonErasureResponse {
  @ApiProperty({ format: 'uuid', description: 'The audit log names it, too.' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null: they never became a member.',
  })
  memberId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Your own id that the member had. It is told this once, and kept nowhere.',
  })
  memberExternalId!: string | null;

  @ApiProperty({ type: [String], format: 'uuid', description: 'What the person was in the directory.' })
  directoryUserIds!: readonly string[];

  @ApiProperty({ description: 'As the audit log has it.' })
  reason!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/TableCountResponse' },
    description: 'By table of the database; those that held nothing of the person are left out.',
  })
  counts!: Record<string, TableCountResponse>;

  @ApiProperty({
    type: 'integer',
    description:
      'Salted hashes that are kept of user names, external ids and addresses, so that the next push of the identity provider waits for an admin.',
  })
  keptHashes!: number;
}

/** The outward shape of a receipt. */
export function toErasureReceipt({ at, ...receipt }: ErasureReceipt): PersonErasureResponse {
  return { ...receipt, at: at.toISOString() };
}
