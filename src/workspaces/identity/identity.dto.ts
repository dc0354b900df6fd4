import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

const textLengthMaxChars = 500;
export const jwksUriLengthMaxChars = 2_000;

/** Whose assertions sign admins in. */
export class IdentityDto {
  @ApiProperty({ minLength: 1, maxLength: textLengthMaxChars, description: 'The `iss` of each assertion.' })
  @IsString()
  @MinLength(1)
  @MaxLength(textLengthMaxChars)
  issuer!: string;

  @ApiProperty({
    format: 'uri',
    maxLength: jwksUriLengthMaxChars,
    description:
      'Where the public keys are, as a JSON Web Key Set: https, or http on the machine that the service runs on. They are kept for 10 minutes, and read again when an assertion names another.',
  })
  @IsString()
  @MaxLength(jwksUriLengthMaxChars)
  jwksUri!: string;

  @ApiProperty({ minLength: 1, maxLength: textLengthMaxChars, description: 'The `aud` of each assertion.' })
  @IsString()
  @MinLength(1)
  @MaxLength(textLengthMaxChars)
  audience!: string;
}

/** The vendor's sign-in. */
export class IdentityResponse {
  @ApiProperty()
  issuer!: string;

  @ApiProperty({ format: 'uri' })
  jwksUri!: string;

  @ApiProperty()
  audience!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}
