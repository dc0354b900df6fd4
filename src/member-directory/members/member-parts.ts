import type { ArrayColumns } from '../../database/row-arrays.ts';
import type { Sql } from '../../database/sql.ts';
import { arrayColumnsOf, jsonOf } from '../../database/table/table-sql.ts';
import type { FieldOf } from '../../database/table/table.ts';
import { memberFields } from '../fields/member-field.ts';
import { member } from './member.table.ts';

/** Everything that synchronization reads and writes of a member. */
export type StoredMemberField = Exclude<
  FieldOf<typeof member>,
  'workspaceId' | 'createdAt' | 'updatedAt' | 'version' | 'vendorId' | 'suspendedAt'
>;

const storedFields: readonly StoredMemberField[] = [
  'id',
  'email',
  'emailKey',
  ...memberFields.filter((field) => field !== 'email'),
  'status',
  'source',
  'externalId',
  'provisionedFields',
  'properties',
  'managerId',
  'deactivatedAt',
  'removalDueAt',
  'suspension',
  'role',
  'roleGroups',
];

/** A whole member as JSON; `alias` is the name of the table in the statement. */
export function memberJson(alias: string): Sql {
  return jsonOf(member, storedFields, alias);
}

/** What synchronization reads only: who made a member never changes, and an admin alone lifts a suspension. */
const onlyRead: ReadonlySet<StoredMemberField> = new Set(['source', 'suspension']);

/** The columns that synchronization writes of members, old and new ones. */
export const writtenMemberColumns: ArrayColumns<Readonly<Record<StoredMemberField, unknown>>> =
  arrayColumnsOf(
    member,
    storedFields.filter((field) => !onlyRead.has(field)),
  );
