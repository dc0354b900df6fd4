import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsOptional } from 'class-validator';

/** A session of an admin, without its token. */
export class ListedSessionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'To the minute.' })
  lastUsedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest.' })
  expiresAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The browser or program that opened it.' })
  userAgent!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The network address that it was opened from.' })
  address!: string | null;

  @ApiProperty({ description: 'Whether it is the session of this request.' })
  isCurrent!: boolean;
}

/** One page of sessions, the newest first. */
export class ListedSessionPageResponse {
  @ApiProperty({ type: [ListedSessionResponse] })
  items!: ListedSessionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** Whose sessions are to end. */
export class EndSessionsQuery {
  @ApiPropertyOptional({ format: 'email', description: 'Of this admin alone. Absent: of everybody.' })
  @IsOptional()
  @IsEmail()
  email?: string;
}

/** How many sessions ended. */
export class EndedSessionsResponse {
  @ApiProperty({ type: 'integer' })
  ended!: number;
}
