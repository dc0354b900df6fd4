import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { externalIdLengthMaxChars } from '../../http/validation/external-id.ts';
import { searchLengthMaxChars } from '../../member-directory/members/member.dto.ts';
import {
  type Access,
  accesses,
  memberStatuses,
  type MemberStatus,
} from '../../member-directory/members/member-status.ts';
import { idpExternalIdLengthMaxChars } from '../members/product-members.dto.ts';
import { accessReasonCodes, type AccessReasonCode, waitedFor, type WaitedFor } from './access-reasons.ts';

/** Checks that one request may bring. */
export const checksMax = 100;

const workspaceLengthMaxChars = externalIdLengthMaxChars + 'ext:'.length;

/** May this person use the product? The person is named in exactly one way. */
export class AccessCheckDto {
  @ApiProperty({ description: 'The id of the workspace, or `ext:` and your own id for it.' })
  @IsString()
  @MaxLength(workspaceLengthMaxChars)
  workspace!: string;

  @ApiPropertyOptional({ description: 'The whole address.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(searchLengthMaxChars)
  email?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  memberId?: string;

  @ApiPropertyOptional({ description: 'Your own id of the member, without `ext:`.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(externalIdLengthMaxChars)
  externalId?: string;

  @ApiPropertyOptional({ description: 'The `externalId` that the identity provider sends for the person.' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(idpExternalIdLengthMaxChars)
  idpExternalId?: string;
}

/** Many of them. */
export class AccessChecksDto {
  @ApiProperty({ type: [AccessCheckDto], minItems: 1, maxItems: checksMax })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(checksMax)
  @ValidateNested({ each: true })
  @Type(() => AccessCheckDto)
  checks!: AccessCheckDto[];
}

class AccessReasonParams {
  @ApiPropertyOptional({ format: 'date-time', description: 'Since when it has been so.' })
  since?: string;

  @ApiPropertyOptional({ enum: waitedFor, description: 'What somebody who is no member yet waits for.' })
  waitsFor?: WaitedFor;
}

/** Why. */
export class AccessReasonResponse {
  @ApiProperty({ enum: accessReasonCodes })
  code!: AccessReasonCode;

  @ApiProperty({ type: AccessReasonParams })
  params!: AccessReasonParams;

  @ApiProperty({ description: 'The same in words, in the language of the request.' })
  text!: string;
}

/** The member who was found. */
export class CheckedMemberResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id of the member.' })
  externalId!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: memberStatuses })
  status!: MemberStatus;

  @ApiProperty({ enum: accesses })
  access!: Access;
}

export const decisions = ['allow', 'deny', 'unknown'] as const;
export type AccessDecision = (typeof decisions)[number];

/** Whether the person may use the product. */
export class AccessCheckResponse {
  @ApiProperty({ enum: decisions, description: '`unknown`: nobody who is a member was found.' })
  decision!: AccessDecision;

  @ApiProperty({ type: AccessReasonResponse })
  reason!: AccessReasonResponse;

  @ApiProperty({ type: CheckedMemberResponse, nullable: true })
  member!: CheckedMemberResponse | null;

  @ApiProperty({
    type: 'integer',
    description: 'The newest event of the workspace that the answer takes in.',
  })
  sequence!: number;
}

/** Answers in the order of the checks. */
export class AccessChecksResponse {
  @ApiProperty({ type: [AccessCheckResponse] })
  results!: AccessCheckResponse[];
}
