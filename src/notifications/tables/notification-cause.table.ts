import { moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** A cause that lasts: while its row is here, nobody is told of it again. */
export const notificationCause = table('notification_cause', {
  workspaceId: uuid().key(),
  key: text().key(),
  beganAt: moment(),
});
