import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength, MinLength } from 'class-validator';
import { IsGiven } from '../http/validation/is-given.ts';

const codeLengthMaxChars = 200;

/** The code of an admin link. */
export class OpenSessionDto {
  @ApiProperty({ maxLength: codeLengthMaxChars })
  @IsString()
  @MinLength(1)
  @MaxLength(codeLengthMaxChars)
  code!: string;

  @ApiPropertyOptional({
    description:
      'Whether the browser may give up a session of somebody else, or of another workspace. Without it that is 409 `other-session`.',
    default: false,
  })
  @IsGiven()
  @IsBoolean()
  replace: boolean = false;
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
}

/** Who is signed in. */
export class SessionResponse {
  @ApiProperty({ type: SessionWorkspaceResponse })
  workspace!: SessionWorkspaceResponse;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty()
  csrfToken!: string;
}
