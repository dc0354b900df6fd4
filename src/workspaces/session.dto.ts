import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength, MinLength } from 'class-validator';
import { type Language, languages } from '../errors/sentence.ts';
import { IsGiven } from '../http/validation/is-given.ts';
import { type AdminRole, adminRoles } from '../http/request/admin-roles.ts';
import { type ColorScheme, colorSchemes } from './screen-wishes.ts';

const codeLengthMaxChars = 200;
const assertionLengthMaxChars = 8_000;

/** What signs an admin in: the code of an admin link, or an assertion of the vendor's own sign-in. */
export class OpenSessionDto {
  @ApiPropertyOptional({
    maxLength: codeLengthMaxChars,
    description: 'Of an admin link. Either this or `assertion`.',
  })
  @IsGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(codeLengthMaxChars)
  code?: string;

  @ApiPropertyOptional({
    maxLength: assertionLengthMaxChars,
    description:
      'A JSON Web Token that the product’s own sign-in has signed with EdDSA, ES256 or RS256, good for 60 seconds at most, and once. Claims: `iss`, `aud`, `sub`, `email`, `name`, `role` (`owner`, `editor` or `viewer`), `workspace` (our id, or `ext:` and yours), `iat`, `exp`, `jti`; and `locale`, if you like.',
  })
  @IsGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(assertionLengthMaxChars)
  assertion?: string;

  @ApiPropertyOptional({
    description:
      'Whether the browser may give up a session of somebody else, or of another workspace. Without it that is 409 `other-session`.',
    default: false,
  })
  @IsGiven()
  @IsBoolean()
  replace: boolean = false;

  @ApiPropertyOptional({
    description:
      'Whether the browser is to keep the session as a cookie. If false, the `token` alone is the session, and a cookie that the browser has is neither looked at nor replaced: for a page in a frame of another site.',
    default: true,
  })
  @IsGiven()
  @IsBoolean()
  cookie: boolean = true;
}

/** The workspace that a session belongs to. */
export class SessionWorkspaceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** A session that has just been opened. */
export class OpenedSessionResponse {
  @ApiProperty({ description: 'For the Authorization header of clients other than browsers.' })
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ description: 'For the X-CSRF-Token header of writes that are authenticated by the cookie.' })
  csrfToken!: string;

  @ApiProperty({ type: SessionWorkspaceResponse })
  workspace!: SessionWorkspaceResponse;

  @ApiProperty({
    enum: languages,
    nullable: true,
    description: 'The language of the screen that the link or the assertion asks for; null: none.',
  })
  locale!: Language | null;

  @ApiProperty({ enum: colorSchemes, nullable: true, description: 'The theme that the link asks for.' })
  colorScheme!: ColorScheme | null;
}

/** Who is signed in. */
export class SessionResponse {
  @ApiProperty({ type: SessionWorkspaceResponse })
  workspace!: SessionWorkspaceResponse;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What they are called, if the link or the assertion says.',
  })
  name!: string | null;

  @ApiProperty({
    type: String,
    format: 'uri',
    nullable: true,
    description:
      'Where the screen leads back to the product; null: the link says nothing, or its origin is allowed no more.',
  })
  returnUrl!: string | null;

  @ApiProperty({ enum: adminRoles, description: 'A `viewer` looks only; an `editor` gives nobody access.' })
  role!: AdminRole;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty()
  csrfToken!: string;
}
