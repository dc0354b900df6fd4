import { ApiProperty } from '@nestjs/swagger';
import { type MessageKind, causeKinds } from '../causes/cause.ts';
import { type ChannelKind, channelKinds } from '../sending/channel.ts';
import { type SendError, sendErrorCodes } from '../sending/send-errors.ts';
import { type DeliveryState, deliveryStates } from '../../webhooks/tables/delivery-columns.ts';

const messageKinds = [...causeKinds, 'test'] as const;

/** Why a message did not arrive. */
export class SendErrorResponse {
  @ApiProperty({ enum: sendErrorCodes })
  code!: SendError;

  @ApiProperty({ description: 'In the language of the asker.' })
  text!: string;
}

/** The channel of a message. */
export class MessageChannelResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: channelKinds })
  kind!: ChannelKind;

  @ApiProperty()
  name!: string;
}

/** A message to a channel, and what became of it. */
export class MessageResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: messageKinds })
  kind!: MessageKind;

  @ApiProperty({ description: 'What it is about, in the language of the asker.' })
  title!: string;

  @ApiProperty({ type: MessageChannelResponse })
  channel!: MessageChannelResponse;

  @ApiProperty({
    enum: deliveryStates,
    description:
      '`pending` waits for its first or next attempt. `failed` was given up: nobody is there, or the last attempt failed.',
  })
  state!: DeliveryState;

  @ApiProperty({ type: 'integer', description: 'How often it was sent.' })
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastAttemptAt!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of the answer, or the reply code of the mail server. Null: there was none.',
  })
  status!: number | null;

  @ApiProperty({
    type: SendErrorResponse,
    nullable: true,
    description: 'Why the last attempt did not succeed.',
  })
  error!: SendErrorResponse | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the mail server said.' })
  answer!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** One page of messages, the newest first. */
export class MessagePageResponse {
  @ApiProperty({ type: [MessageResponse] })
  items!: MessageResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
