import { ApiProperty } from '@nestjs/swagger';
import { PersonChangeResponse } from '../record/sync.dto.ts';

/** How the removal guard stands: who got through, and who is held. */
export class RemovalGuardStateResponse {
  @ApiProperty({
    description: 'Whether removals are held, or were rejected within the last 24 hours.',
  })
  limitExceeded!: boolean;

  @ApiProperty({
    type: 'integer',
    description:
      'Members without access because their removal was let through: in the 24 hours before a removal was held, or, where the limit was not exceeded, in the last 24 hours.',
  })
  lostAccess!: number;

  @ApiProperty({
    type: 'integer',
    description:
      'How many of them are excluded from synchronization: bringing back leaves them without access.',
  })
  lostAccessExcluded!: number;

  @ApiProperty({
    type: 'integer',
    description:
      'Members whose removal waits until an admin decides. Until then access is suspended, or kept where `heldLeavers` says so.',
  })
  held!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of the oldest hold.' })
  heldSince!: string | null;

  @ApiProperty({
    type: 'integer',
    description:
      'How many removals of the last 24 hours count toward the limit: those of members who still have no access, approved ones too.',
  })
  used!: number;
}

/** How the removal guard stands, and what its limit is a share of. */
export class RemovalGuardStandingResponse extends RemovalGuardStateResponse {
  @ApiProperty({
    type: 'integer',
    description:
      'Active members that the identity provider manages, whether it made them or they were linked. The limit is a share of them and of those in `used`.',
  })
  managed!: number;
}

/** A removal that the guard let through. */
export class LetThroughResponse extends PersonChangeResponse {
  @ApiProperty({ format: 'uuid' })
  runId!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    description: 'The person is excluded from synchronization: bringing back leaves them without access.',
  })
  excluded!: boolean;
}

export class LetThroughPageResponse {
  @ApiProperty({ type: [LetThroughResponse] })
  items!: LetThroughResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
