import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A request for an access token (RFC 6749 §4.4.2). Other parameters are ignored. */
export class AccessTokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: 'client_credentials';

  @ApiPropertyOptional({ description: 'Not needed with HTTP Basic.' })
  client_id?: string;

  @ApiPropertyOptional({ description: 'Not to be sent with HTTP Basic.' })
  client_secret?: string;

  @ApiPropertyOptional({ description: 'Any means the one that there is: `scim`.' })
  scope?: string;
}

/** An access token (RFC 6749 §5.1). */
export class AccessTokenResponse {
  @ApiProperty({ description: 'For the `Authorization` header of `/scim/v2`, behind `Bearer`.' })
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds until it expires.' })
  expires_in!: number;

  @ApiPropertyOptional({ description: 'There when a scope was asked for.' })
  scope?: string;
}
