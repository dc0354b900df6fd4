import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { RotatedSecretResponse } from '../http/request/rotated-secret.ts';
import { IsGiven } from '../http/validation/is-given.ts';
import { ReadableName } from '../http/validation/readable-name.ts';

const clientNameDefault = 'OAuth client';
const clientNameLengthMaxChars = 100;
/** How long an access token may live: what Microsoft asks for. */
export const accessTokenLeastMinutes = 60;
export const accessTokenMostMinutes = 360;
const accessTokenDefaultMinutes = 60;

/** A new OAuth client. */
export class CreateOAuthClientDto {
  @ApiPropertyOptional({ maxLength: clientNameLengthMaxChars, default: clientNameDefault })
  @ReadableName({ lengthMaxChars: clientNameLengthMaxChars })
  name: string = clientNameDefault;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: accessTokenLeastMinutes,
    maximum: accessTokenMostMinutes,
    default: accessTokenDefaultMinutes,
    description: 'How long an access token lives.',
  })
  @IsGiven()
  @IsInt()
  @Min(accessTokenLeastMinutes)
  @Max(accessTokenMostMinutes)
  accessTokenMinutes: number = accessTokenDefaultMinutes;
}

/** A secret of an OAuth client that works, without the secret itself. */
export class OAuthClientSecretResponse extends RotatedSecretResponse {}

/** An OAuth client, without its secrets. */
export class OAuthClientResponse {
  @ApiProperty({ format: 'uuid', description: 'The `client_id`.' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['active', 'revoked'] })
  state!: 'active' | 'revoked';

  @ApiProperty({ description: 'Where it asks for access tokens.' })
  tokenUrl!: string;

  @ApiProperty({ type: 'integer' })
  accessTokenMinutes!: number;

  @ApiProperty()
  createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When one of its access tokens was used last, to the minute.',
  })
  lastUsedAt!: string | null;

  @ApiProperty({ type: [OAuthClientSecretResponse], description: 'Those that work, the newest first.' })
  secrets!: OAuthClientSecretResponse[];
}

/** An OAuth client with a new secret: the only time that it is shown. */
export class IssuedOAuthClientResponse extends OAuthClientResponse {
  @ApiProperty({ description: 'The `client_secret`, shown this once.' })
  secret!: string;
}

/** One page of OAuth clients, the newest first. */
export class OAuthClientPageResponse {
  @ApiProperty({ type: [OAuthClientResponse] })
  items!: OAuthClientResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty({ type: 'integer', description: 'How many can be active at a time.' })
  clientsMax!: number;
}
