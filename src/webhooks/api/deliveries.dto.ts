import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type EventType, eventTypes } from '../../events/event.ts';
import { PageQuery } from '../../http/paging/page.ts';
import { type AttemptError, attemptErrorCodes } from '../sending/attempt-errors.ts';
import { deliveryStates, type DeliveryState } from '../tables/delivery-columns.ts';

/** Which deliveries to list. */
export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: deliveryStates })
  @IsOptional()
  @IsIn(deliveryStates)
  state?: DeliveryState;
}

/** Why an attempt did not succeed. */
export class AttemptErrorResponse {
  @ApiProperty({ enum: attemptErrorCodes })
  code!: AttemptError;

  @ApiProperty()
  text!: string;
}

/** What came of an attempt. */
export class AttemptResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the answer. Null: there was none.' })
  status!: number | null;

  @ApiProperty({ type: AttemptErrorResponse, nullable: true, description: 'Null: it succeeded.' })
  error!: AttemptErrorResponse | null;

  @ApiProperty({ type: 'integer', description: 'From the beginning to the end of the answer.' })
  latencyMs!: number;

  @ApiProperty({ type: String, nullable: true, description: 'The beginning of what the receiver answered.' })
  answer!: string | null;
}

/** An event on its way to a webhook. */
export class DeliveryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The id of the event, which is sent as `webhook-id`.' })
  eventId!: string;

  @ApiProperty({ enum: eventTypes })
  type!: EventType;

  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;

  @ApiProperty({ type: 'integer' })
  sequence!: number;

  @ApiProperty({
    enum: deliveryStates,
    description: '`pending` waits for its first or next attempt. `failed` was given up after the last one.',
  })
  state!: DeliveryState;

  @ApiProperty({ type: 'integer', description: 'How often it was sent.' })
  attempts!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is sent next, at the earliest: an earlier event of the same member goes first.',
  })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: AttemptResponse, nullable: true })
  lastAttempt!: AttemptResponse | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** One page of deliveries, the newest first. */
export class DeliveryPageResponse {
  @ApiProperty({ type: [DeliveryResponse] })
  items!: DeliveryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
