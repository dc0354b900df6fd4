import { ApiProperty } from '@nestjs/swagger';
import { bytes, moment, text } from '../../database/table/column.ts';

/**
 * The columns that every table of secrets has whose secrets are rotated: the newest works beside those before it, each
 * until its end. Of a secret only the hash is stored.
 */
export const rotatedSecretColumns = {
  secretHash: bytes().key(),
  prefix: text(),
  lastFour: text(),
  createdAt: moment(),
  /** By a lifetime of its own, or the end of the overlap. */
  expiresAt: moment().orNull(),
  /** When another one took its place; null: it is the newest. */
  replacedAt: moment().orNull(),
  lastUsedAt: moment().orNull(),
};

/** Such a secret as PostgreSQL writes it into JSON. */
export interface StoredSecret {
  prefix: string;
  last_four: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

/** Such a secret in an answer, without the secret itself. */
export class RotatedSecretResponse {
  @ApiProperty({ description: 'The first characters of the secret.' })
  prefix!: string;

  @ApiProperty({ description: 'The last four characters of the secret.' })
  lastFour!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: it does not end.' })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;
}

/** The outward shape of a secret. */
export function toRotatedSecret(stored: StoredSecret): RotatedSecretResponse {
  return {
    prefix: stored.prefix,
    lastFour: stored.last_four,
    createdAt: new Date(stored.created_at).toISOString(),
    expiresAt: isoOf(stored.expires_at),
    lastUsedAt: isoOf(stored.last_used_at),
  };
}

/** Whether a secret is still taken at this moment. */
export function isWorking({ expiresAt }: RotatedSecretResponse, now: Date): boolean {
  return expiresAt === null || new Date(expiresAt) > now;
}

interface WithSecrets {
  lastUsedAt: string | null;
  secret: string;
  secrets: RotatedSecretResponse[];
}

/** What of their holder an `ETag` stands for: that one was used changes nothing, and the secret is in one answer only. */
export function stateWithoutUses({
  lastUsedAt: _lastUsedAt,
  secret: _secret,
  secrets = [],
  ...state
}: Partial<WithSecrets>): unknown {
  return { ...state, secrets: secrets.map(({ lastUsedAt: _used, ...secret }) => secret) };
}

function isoOf(moment: string | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
