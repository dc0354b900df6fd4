import { newId } from '../../database/ids.ts';
import { textBytes } from '../../database/rows-within.ts';
import { type Parameter, type Sql, sql } from '../../database/sql.ts';
import { columnsOf } from '../../database/table/table-sql.ts';
import type { Row } from '../../database/table/table.ts';
import { forEachOptionalField, memberFields } from '../fields/member-field.ts';
import type { Access, MemberSource } from './member-status.ts';
import { type RoleGroup, roleBecauseSql } from '../fields/role-because.ts';
import { member } from './member.table.ts';
import type { Suspension } from './suspension.ts';

/** The orders in which members can be listed. */
export const memberSorts = ['createdAt', 'name', 'email', 'updatedAt'] as const;
export type MemberSort = (typeof memberSorts)[number];

/** The columns that the HTTP contract shows as they are. */
const shownFields = [
  'id',
  ...memberFields,
  'status',
  'source',
  'provisionedFields',
  'properties',
  'managerId',
  'role',
] as const;

/** A member as {@link memberSelectList} reads it. */
export interface MemberRow extends Pick<
  Row<typeof member>,
  (typeof shownFields)[number] | 'vendorId' | 'suspendedAt' | 'suspension' | 'createdAt' | 'updatedAt'
> {
  /** An admin or the host product leaves the person out of synchronization. */
  isExcluded: boolean;
  /** The directory groups that give the role. */
  roleBecause: RoleGroup[];
  /** When the link to the directory was put on hold; it counts while the member is active. */
  heldSince: Date | null;
}

/** MEMBER of the HTTP contract. */
export interface Member extends Pick<MemberRow, (typeof shownFields)[number]> {
  /** Since when the removal guard holds the removal; null where it does not. */
  heldSince: string | null;
  access: Access;
  /** The directory groups that give the role, by name. */
  roleBecause: RoleGroup[];
  /** Since when access is suspended; null where it is not. */
  suspendedSince: string | null;
  /** Set while an admin suspends the member, also where the status alone leaves no access. */
  suspension: Suspension | null;
  createdAt: string;
  updatedAt: string;
}

/**
 * The columns of {@link MemberRow}; the statement calls the table `m`.
 *
 * @param workspace the parameter by which the statement names it: a row is locked in one workspace only where each part says so
 */
export const memberSelectList = (
  workspace: Parameter,
): Sql => sql`${columnsOf(member, [...shownFields, 'vendorId', 'suspendedAt', 'suspension', 'createdAt', 'updatedAt'], 'm')},
  ${roleBecauseSql('m', workspace)} AS "roleBecause", (
  SELECT l.updated_at FROM sync_link l
  WHERE l.workspace_id = ${workspace} AND l.member_id = m.id AND l.state = 'held') AS "heldSince", EXISTS (
  SELECT FROM sync_link l
  WHERE l.workspace_id = ${workspace} AND l.member_id = m.id AND l.state = 'excluded') AS "isExcluded"`;

/** An expression over these columns: how many bytes of JSON vary from member to member. The rest is short. */
export const memberSizeBytes = textBytes('properties');

/** The row of a new member, without any values. */
export function newMemberRow(now: Date, source: MemberSource): MemberRow {
  return {
    id: newId(),
    email: '',
    ...forEachOptionalField(() => null),
    status: 'active',
    source,
    provisionedFields: [],
    properties: {},
    managerId: null,
    role: null,
    roleBecause: [],
    vendorId: null,
    suspendedAt: null,
    suspension: null,
    heldSince: null,
    isExcluded: false,
    createdAt: now,
    updatedAt: now,
  };
}

/** MEMBER for a row; times are ISO 8601 in UTC. */
export function toMember(row: MemberRow): Member {
  const isActive = row.status === 'active';
  const suspendedSince = isActive ? suspendedSinceOf(row) : null;
  const shown = Object.fromEntries(shownFields.map((field) => [field, row[field]]));
  return {
    ...(shown as Pick<MemberRow, (typeof shownFields)[number]>),
    heldSince: isActive ? (row.heldSince?.toISOString() ?? null) : null,
    roleBecause: row.roleBecause,
    access: !isActive ? 'ended' : suspendedSince === null ? 'granted' : 'suspended',
    suspendedSince,
    suspension: row.suspension,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Since when somebody active has no access: since the removal was held or an admin suspended them, what came first. */
function suspendedSinceOf({ suspendedAt, suspension }: MemberRow): string | null {
  const held = suspendedAt?.toISOString() ?? null;
  if (suspension === null) return held;
  return held !== null && held < suspension.at ? held : suspension.at;
}
