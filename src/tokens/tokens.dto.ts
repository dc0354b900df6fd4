import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsNumber, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { ReadableName } from '../http/validation/readable-name.ts';

export const tokenNameDefault = 'API token';
const tokenNameLengthMaxChars = 100;
const overlapDefaultHours = 24;
const overlapMaxHours = 168;

function HasOffset(): PropertyDecorator {
  return ValidateBy({
    name: 'hasOffset',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && /(?:Z|[+-]\d{2}:\d{2})$/.test(value),
      defaultMessage: () => 'expiresAt must end with its offset from UTC: Z or ±HH:MM',
    },
  });
}

/** A new API token. */
export class IssueTokenDto {
  @ApiPropertyOptional({ maxLength: tokenNameLengthMaxChars, default: tokenNameDefault })
  @ReadableName({ lengthMaxChars: tokenNameLengthMaxChars })
  name: string = tokenNameDefault;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: 'Absent: never.' })
  @ValidateIf((_object, value) => value !== undefined && value !== null)
  @IsISO8601({ strict: true, strictSeparator: true })
  @HasOffset()
  expiresAt?: string | null;
}

/** How a token is replaced. */
export class RotateTokenDto {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: overlapMaxHours,
    default: overlapDefaultHours,
    description: 'How many hours the old token keeps working.',
  })
  @IsNumber()
  @Min(0)
  @Max(overlapMaxHours)
  overlapHours: number = overlapDefaultHours;
}

/** An API token, without its secret. */
export class TokenResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'The first characters of the secret.' })
  prefix!: string;

  @ApiProperty({ description: 'The last four characters of the secret.' })
  lastFour!: string;

  @ApiProperty({ enum: ['active', 'expired', 'revoked'] })
  state!: 'active' | 'expired' | 'revoked';

  @ApiProperty()
  createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;
}

/** An API token that has just been made: the only time its secret is shown. */
export class IssuedTokenResponse extends TokenResponse {
  @ApiProperty({ description: 'Shown this once.' })
  secret!: string;
}

/** One page of API tokens. */
export class TokenPageResponse {
  @ApiProperty({ type: [TokenResponse] })
  items!: TokenResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
