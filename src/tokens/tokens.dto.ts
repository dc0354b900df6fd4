import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MomentOrNull } from '../http/validation/future-moment.ts';
import { OverlapHours, overlapDefaultHours } from '../http/validation/overlap-hours.ts';
import { ReadableName } from '../http/validation/readable-name.ts';

export const tokenNameDefault = 'API token';
const tokenNameLengthMaxChars = 100;

/** A new API token. */
export class IssueTokenDto {
  @ApiPropertyOptional({ maxLength: tokenNameLengthMaxChars, default: tokenNameDefault })
  @ReadableName({ lengthMaxChars: tokenNameLengthMaxChars })
  name: string = tokenNameDefault;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: 'Absent: never.' })
  @MomentOrNull()
  expiresAt?: string | null;
}

/** How a token is replaced. */
export class RotateTokenDto {
  @OverlapHours()
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

  @ApiProperty({ type: 'integer', description: 'How many can be active at a time.' })
  tokensMax!: number;
}
