import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, ValidateIf } from 'class-validator';
import { type ProductScope, productScopes } from '../http/request/caller.ts';
import { RotatedSecretResponse } from '../http/request/rotated-secret.ts';
import { MomentOrNull } from '../http/validation/future-moment.ts';
import { overlapDefaultHours, OverlapHours } from '../http/validation/overlap-hours.ts';
import { ReadableName } from '../http/validation/readable-name.ts';

const keyNameLengthMaxChars = 100;
const scopesGivenMax = 50;

/** Workspaces that one product key can be limited to. */
export const keyWorkspacesMax = 1_000;

/** A new product key. */
export class CreateProductKeyDto {
  @ApiProperty({ maxLength: keyNameLengthMaxChars, example: 'Back end' })
  @ReadableName({ lengthMaxChars: keyNameLengthMaxChars })
  name!: string;

  @ApiProperty({
    type: [String],
    enum: productScopes,
    minItems: 1,
    description: 'What the key may do; it may do nothing else.',
  })
  @IsArray()
  @ArrayMaxSize(scopesGivenMax)
  scopes!: unknown[];

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    minItems: 1,
    maxItems: keyWorkspacesMax,
    description:
      'The workspaces that it is limited to, each by its id or as `ext:` and your own id. Absent: all, those of the future too.',
  })
  @ValidateIf((_object, value) => value !== undefined && value !== null)
  @IsArray()
  @ArrayMaxSize(keyWorkspacesMax)
  workspaceIds?: unknown[] | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: 'Absent: never.' })
  @MomentOrNull()
  expiresAt?: string | null;
}

/** How the secret of a product key is replaced. */
export class RotateProductKeyDto {
  @OverlapHours()
  overlapHours: number = overlapDefaultHours;
}

/** A secret of a product key that works, without the secret itself. */
export class KeySecretResponse extends RotatedSecretResponse {}

/** Steps of a key that are shown. */
export const keyHistoryMax = 100;

/** Something that happened to a product key. Only the operator token can do it. */
export class KeyHistoryResponse {
  @ApiProperty({ enum: ['made', 'rotated', 'revoked'] })
  action!: 'made' | 'rotated' | 'revoked';

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** A product key, without its secret. `prefix`, `lastFour` and `expiresAt` are those of its newest secret. */
export class ProductKeyResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: productScopes, isArray: true })
  scopes!: ProductScope[];

  @ApiProperty({
    type: [String],
    format: 'uuid',
    nullable: true,
    description: 'The workspaces that it is limited to. Null: all, those of the future too.',
  })
  workspaceIds!: string[] | null;

  @ApiProperty({ description: 'The first characters of the secret.' })
  prefix!: string;

  @ApiProperty({ description: 'The last four characters of the secret.' })
  lastFour!: string;

  @ApiProperty({ enum: ['active', 'expired', 'revoked'] })
  state!: 'active' | 'expired' | 'revoked';

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' })
  lastUsedAt!: string | null;

  @ApiProperty({
    type: [KeySecretResponse],
    description: 'The secrets that work, the newest first: more than one while a rotation overlaps.',
  })
  secrets!: KeySecretResponse[];

  @ApiProperty({
    type: [KeyHistoryResponse],
    maxItems: keyHistoryMax,
    description:
      'What happened to it, the newest first; of a revoked key, too. Only the operator token can do any of it.',
  })
  history!: KeyHistoryResponse[];
}

/** A product key whose secret has just been made: the only time that it is shown. */
export class IssuedProductKeyResponse extends ProductKeyResponse {
  @ApiProperty({ description: 'Shown this once.' })
  secret!: string;
}

/** One page of product keys. */
export class ProductKeyPageResponse {
  @ApiProperty({ type: [ProductKeyResponse] })
  items!: ProductKeyResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
