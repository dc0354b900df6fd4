import { jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { MessageKind, MessageParams } from '../causes/cause.ts';

/** A message, before it is worded for somebody. */
export const notification = table(
  'notification',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    kind: text<MessageKind>(),
    /** Numbers and names of tokens; never the name of a person. */
    params: jsonb<MessageParams>(),
    at: moment(),
  },
  { indexes: { notification_at: { on: ['at'] } } },
);
