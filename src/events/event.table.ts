import { bigint, jsonText, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { EventCause, EventChange, EventType, SubjectKind } from './event.ts';

/** What happened in a workspace, in order: `sequence` is 1, 2, 3 … without a gap. Append-only; old events are deleted. */
export const event = table(
  'event',
  {
    workspaceId: uuid().key(),
    sequence: bigint().key(),
    at: moment(),
    type: text<EventType>(),
    subjectKind: text<SubjectKind>(),
    subjectId: uuid(),
    subjectExternalId: text().bytewise().orNull(),
    subjectVersion: bigint(),
    cause: jsonText<EventCause>(),
    changes: jsonText<EventChange[]>(),
    data: jsonText<Record<string, unknown>>(),
  },
  {
    indexes: {
      event_access: {
        on: ['workspaceId', 'subjectId'],
        where: `(type = ANY (ARRAY['member.suspended'::text, 'member.reactivated'::text]))`,
      },
    },
  },
);
