import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, ValidateBy } from 'class-validator';
import { badExternalId, externalIdLengthMaxChars, isExternalId } from '../../http/validation/external-id.ts';
import { PutMemberDto } from '../members/product-members.dto.ts';

/** A line of a batch: the member that is to be there under this id of yours. */
export class BatchMemberDto extends PutMemberDto {
  @ApiProperty({
    minLength: 1,
    maxLength: externalIdLengthMaxChars,
    description: 'Your own id of the member.',
  })
  @IsString()
  @ValidateBy({
    name: 'externalId',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isExternalId(value),
      defaultMessage: () => badExternalId,
    },
  })
  declare externalId: string;
}

export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of a line. */
export class BatchLineResponse {
  @ApiProperty({ type: 'integer', description: 'The line of the request, from 1.' })
  line!: number;

  @ApiProperty({ enum: outcomes })
  outcome!: Outcome;

  @ApiPropertyOptional({ format: 'uuid' })
  memberId?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Why it was refused: the problem that a PUT of the member would be answered with.',
  })
  problem?: Record<string, unknown>;
}
