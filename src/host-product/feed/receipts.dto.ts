import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MomentOrNull } from '../../http/validation/future-moment.ts';

/** Sessions or tokens that one receipt may count. */
export const receiptCountMax = 1_000_000;

const count = { type: 'integer', minimum: 0, maximum: receiptCountMax } as const;
const atDescription = 'When the product did it, RFC 3339. Left out: now.';

/** What the product did about an event. An empty one says that it has taken note. */
export class ReceiptDto {
  @ApiPropertyOptional({
    ...count,
    nullable: true,
    description: 'Open sessions of the person that it ended.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(receiptCountMax)
  sessionsEnded?: number | null;

  @ApiPropertyOptional({ ...count, nullable: true, description: 'Tokens of the person that it revoked.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(receiptCountMax)
  tokensRevoked?: number | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: atDescription })
  @MomentOrNull()
  at?: string | null;
}

/** The receipt of an event. */
export class ReceiptResponse {
  @ApiProperty({ description: 'The id of the event.' })
  eventId!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'In whose timeline it is shown; null for an event that is about nobody in particular.',
  })
  memberId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: not said.' })
  sessionsEnded!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: not said.' })
  tokensRevoked!: number | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}
