import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { cursorLengthMaxChars } from '../../http/paging/page.ts';
import { causers, eventTypes } from '../../events/event.ts';

export const eventsPerPageDefault = 100;
export const eventsPerPageMax = 1_000;
export const eventsWaitMaxSeconds = 30;
const typesLengthMaxChars = 1_000;
const workspaceIdLengthMaxChars = 1_000;

/** Query of `GET /operator/events`. */
export class EventsQuery {
  @ApiPropertyOptional({
    description:
      'The `next` of the page before, or the cursor of a snapshot. `now`: only what happens from now on; the answer has no items and is not held back, so that its `next` is known before anything happens. Without it: from the oldest event that is kept.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  after?: string;

  @ApiPropertyOptional({
    description: 'Only events of this workspace: its id, or `ext:` and your own id of it.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(workspaceIdLengthMaxChars)
  workspaceId?: string;

  @ApiPropertyOptional({
    description: 'Only these types, separated by commas: `member.deactivated,member.removed`.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(typesLengthMaxChars)
  types?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: eventsPerPageMax,
    default: eventsPerPageDefault,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(eventsPerPageMax)
  limit: number = eventsPerPageDefault;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: eventsWaitMaxSeconds,
    default: 0,
    description: 'How many seconds the answer may wait for the next event when there is none.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(eventsWaitMaxSeconds)
  wait: number = 0;
}

/** What an event is about. */
export class EventSubjectResponse {
  @ApiProperty({ enum: ['member', 'group', 'run', 'workspace', 'token'] })
  kind!: string;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id of it.' })
  externalId!: string | null;

  @ApiProperty({
    type: 'integer',
    description:
      'Of a member: grows by 1 with every change. Of anything else: the sequence of its newest event.',
  })
  version!: number;
}

/** A reason by its code. */
export class EventReasonResponse {
  @ApiProperty()
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;
}

/** Why something happened. */
export class EventCauseResponse {
  @ApiProperty({ enum: causers })
  by!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  runId!: string | null;

  @ApiProperty({ type: EventReasonResponse, nullable: true })
  reason!: EventReasonResponse | null;

  @ApiProperty({
    required: false,
    description: 'The `traceparent` (W3C Trace Context) of the request behind it, if it had one.',
  })
  traceparent?: string;
}

const anyValue: ApiPropertyOptions = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string' } },
  ],
};

/** A value that changed. */
export class EventChangeResponse {
  @ApiProperty()
  field!: string;

  @ApiProperty(anyValue)
  before!: unknown;

  @ApiProperty(anyValue)
  after!: unknown;
}

/** EVENT. */
export class EventResponse {
  @ApiProperty({ description: 'Unique; the same in the feed and in webhooks.' })
  id!: string;

  @ApiProperty({ enum: eventTypes })
  type!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your own id of the workspace.' })
  workspaceExternalId!: string | null;

  @ApiProperty({ type: 'integer', description: '1, 2, 3 … in each workspace, without a gap.' })
  sequence!: number;

  @ApiProperty({ type: EventSubjectResponse })
  subject!: EventSubjectResponse;

  @ApiProperty({ type: EventCauseResponse })
  cause!: EventCauseResponse;

  @ApiProperty({
    type: [EventChangeResponse],
    description: 'What changed; empty for what is new or gone as a whole.',
  })
  changes!: EventChangeResponse[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The subject after the change; of a removed one, its last state.',
  })
  data!: Record<string, unknown>;
}

/** A page of events. */
export class EventPageResponse {
  @ApiProperty({ type: [EventResponse] })
  items!: EventResponse[];

  @ApiProperty({
    description: 'The cursor that the next page continues after; usable also when there are no items.',
  })
  next!: string;

  @ApiProperty({ description: 'Whether the next page can be read at once.' })
  more!: boolean;
}
