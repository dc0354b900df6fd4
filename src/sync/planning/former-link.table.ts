import { moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** Which member a directory user was, before an admin linked that member to another one. */
export const formerLink = table(
  'former_link',
  {
    workspaceId: uuid().key(),
    directoryUserId: uuid().key(),
    memberId: uuid(),
    externalId: text().bytewise().orNull(),
    name: text(),
    /** The directory user that the member was linked to instead. */
    givenTo: uuid(),
    /** The address of the admin who said so. */
    givenBy: text(),
    givenAt: moment(),
  },
  {
    indexes: {
      former_link_external_id: { on: ['workspaceId', 'externalId'], where: '(external_id IS NOT NULL)' },
      former_link_given_to: { on: ['workspaceId', 'givenTo'] },
    },
  },
);
