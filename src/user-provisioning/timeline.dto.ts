import { ApiProperty } from '@nestjs/swagger';
import { UsedTokenResponse } from './used-token.dto.ts';
import { NotesProperty, type ReadingNoteResponse } from './worded-notes.ts';

/** One thing that happened to a person or a group. */
export class TimelineEntryResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ['identity_provider', 'sync', 'admin', 'product'] })
  by!: 'identity_provider' | 'sync' | 'admin' | 'product';

  @ApiProperty({
    description:
      'created, updated, left_out, deactivate, member.updated, …; for a group: create, rename, members, delete. ' +
      'member.suspended and member.reactivated without an actor: access was suspended while the removal is held, and ' +
      'given back; member.suspended and member.suspension-lifted with one: an admin did it, for the `reason` of the details. ' +
      'receipt: what the product did about an event.',
  })
  kind!: string;

  @ApiProperty({
    description:
      'Field by field; for an action of an admin, its details; for a receipt, `event` (its `type`, `at`, and `by` what it was caused), `sessionsEnded` and `tokensRevoked` (null: not said).',
    oneOf: [
      { type: 'array', items: { type: 'object', additionalProperties: true } },
      { type: 'object', additionalProperties: true },
    ],
  })
  changes!: unknown;

  @ApiProperty({ type: 'object', nullable: true, additionalProperties: true })
  reason!: Record<string, unknown> | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  runId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The admin who did it, or the product key by its name.',
  })
  actor!: string | null;

  @ApiProperty({
    type: UsedTokenResponse,
    nullable: true,
    description:
      'By which API token it came, for what came over SCIM, while the provisioning log has the request.',
  })
  token!: UsedTokenResponse | null;

  @NotesProperty()
  notes!: ReadingNoteResponse[];
}

/** The history of a person or a group, oldest first. */
export class TimelineResponse {
  @ApiProperty({ type: [TimelineEntryResponse] })
  items!: TimelineEntryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
