import { moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** The member that a directory user had before an admin linked it to another one. */
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
    /** The address of that admin. */
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
