import { ApiProperty } from '@nestjs/swagger';
import type { UsedToken } from '../provisioning-log/provisioning-log.service.ts';

/** The API token that a request came with, as it is called now; revoked and expired ones keep their names. */
export class UsedTokenResponse implements UsedToken {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'The last four characters of the secret.' })
  lastFour!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: not revoked.' })
  revokedAt!: string | null;
}
