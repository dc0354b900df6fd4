import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { type EventType, eventTypes } from '../../events/event.ts';
import { IsGiven } from '../../http/validation/is-given.ts';
import { overlapDefaultHours, OverlapHours } from '../../http/validation/overlap-hours.ts';
import {
  disabledReasons,
  type DisabledReason,
  webhookStates,
  type WebhookState,
} from '../tables/webhook.table.ts';
import { webhookUrlLengthMaxChars } from './webhook-url.ts';

/** Workspaces that one webhook can be limited to. */
export const webhookWorkspacesMax = 1_000;

const typesGivenMax = 100;

const urlDescription =
  'Where events are sent: https to a public address, without a user name and without a fragment. `WEBHOOK_ALLOW_PRIVATE=on` also allows http and addresses that are not public.';
const typesDescription = 'Only these events. Null: all, those of the future too.';
const workspacesDescription =
  'Only events of these workspaces, each by its id or as `ext:` and your own id. Null: of all, those of the future too.';

function orNull(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined && value !== null);
}

/** Which events a webhook is sent; what is absent is not limited, or stays as it is. */
class WebhookLimitsDto {
  @ApiPropertyOptional({
    enum: eventTypes,
    isArray: true,
    nullable: true,
    minItems: 1,
    description: typesDescription,
  })
  @orNull()
  @ArrayMaxSize(typesGivenMax)
  @IsArray()
  types?: unknown[] | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    minItems: 1,
    maxItems: webhookWorkspacesMax,
    description: workspacesDescription,
  })
  @orNull()
  @ArrayMaxSize(webhookWorkspacesMax)
  @IsArray()
  workspaceIds?: unknown[] | null;
}

/** A new webhook. */
export class CreateWebhookDto extends WebhookLimitsDto {
  @ApiProperty({ format: 'uri', maxLength: webhookUrlLengthMaxChars, description: urlDescription })
  @MaxLength(webhookUrlLengthMaxChars)
  @IsString()
  url!: string;
}

/** A change of a webhook; what is absent stays. */
export class UpdateWebhookDto extends WebhookLimitsDto {
  @ApiPropertyOptional({ format: 'uri', maxLength: webhookUrlLengthMaxChars, description: urlDescription })
  @IsGiven()
  @MaxLength(webhookUrlLengthMaxChars)
  @IsString()
  url?: string;

  @ApiPropertyOptional({
    enum: webhookStates,
    description: 'A disabled webhook is sent nothing. Made active again, it goes on where it stopped.',
  })
  @IsGiven()
  @IsIn(webhookStates)
  state?: WebhookState;
}

/** How the secret of a webhook is replaced. */
export class RotateWebhookDto {
  @OverlapHours()
  overlapHours: number = overlapDefaultHours;
}

/** A webhook, without its secret. */
export class WebhookResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uri' })
  url!: string;

  @ApiProperty({ enum: eventTypes, isArray: true, nullable: true, description: typesDescription })
  types!: EventType[] | null;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    nullable: true,
    description: 'Only events of these workspaces. Null: of all, those of the future too.',
  })
  workspaceIds!: string[] | null;

  @ApiProperty({ enum: webhookStates })
  state!: WebhookState;

  @ApiProperty({
    enum: disabledReasons,
    nullable: true,
    description:
      'Why it is disabled: you did it (`operator`), the receiver answered with 410 (`gone`), or no attempt succeeded for 5 days (`failing`).',
  })
  disabledReason!: DisabledReason | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabledAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when no attempt has succeeded. Null: the last one did.',
  })
  failingSince!: string | null;

  @ApiProperty({
    type: [String],
    format: 'date-time',
    description: 'Until when each former secret signs, too. Empty: only the newest does.',
  })
  formerSecretsEndAt!: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** A webhook that has just been made, or whose secret was replaced: the only time that the secret is shown. */
export class IssuedWebhookResponse extends WebhookResponse {
  @ApiProperty({ description: 'Begins with `whsec_`. Shown this once.' })
  secret!: string;
}

/** One page of webhooks. */
export class WebhookPageResponse {
  @ApiProperty({ type: [WebhookResponse] })
  items!: WebhookResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
