import { newId } from '../../database/ids.ts';
import { textBytes } from '../../database/rows-within.ts';
import type { PropertyValue } from '../properties/property-types/property-type.ts';

/** What a member may be: at work, switched off, or gone with his address free again. */
export const memberStatuses = ['active', 'deactivated', 'removed'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** Who made the member. */
export const memberSources = ['manual', 'import', 'provisioning'] as const;
export type MemberSource = (typeof memberSources)[number];

/** By what members can be put in order. */
export const memberSorts = ['createdAt', 'name', 'email', 'updatedAt'] as const;
export type MemberSort = (typeof memberSorts)[number];

/** A row of `member` as the driver returns it for {@link memberSelectList}. */
export interface MemberRow {
  id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  display_name: string | null;
  job_title: string | null;
  language: string | null;
  status: MemberStatus;
  source: MemberSource;
  provisioned_fields: string[];
  properties: Record<string, PropertyValue>;
  manager_id: string | null;
  /** Of the link to the directory; it counts while the member has access. */
  held_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

/** MEMBER of the HTTP contract. */
export interface Member {
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  displayName: string | null;
  jobTitle: string | null;
  language: string | null;
  status: MemberStatus;
  source: MemberSource;
  provisionedFields: string[];
  properties: Record<string, PropertyValue>;
  managerId: string | null;
  /** Since when the removal guard keeps their removal back; null where it does not. */
  heldSince: string | null;
  createdAt: string;
  updatedAt: string;
}

const heldSince = `(SELECT l.updated_at FROM sync_link l
  WHERE l.workspace_id = m.workspace_id AND l.member_id = m.id AND l.state = 'held')`;

/** The columns of {@link MemberRow}, of the table `member` under the alias `m`. */
export const memberSelectList = `m.id, m.email, m.first_name, m.last_name, m.display_name, m.job_title, m.language,
  m.status, m.source, m.provisioned_fields, m.properties, m.manager_id, ${heldSince} AS held_since, m.created_at,
  m.updated_at`;

/** An expression over these columns for how many bytes of JSON vary from member to member; the rest is short. */
export const memberSizeBytes = textBytes('properties');

/** The row of somebody new, without anything to tell of them. */
export function newMemberRow(now: Date, source: MemberSource): MemberRow {
  return {
    id: newId(),
    email: '',
    first_name: null,
    last_name: null,
    display_name: null,
    job_title: null,
    language: null,
    status: 'active',
    source,
    provisioned_fields: [],
    properties: {},
    manager_id: null,
    held_since: null,
    created_at: now,
    updated_at: now,
  };
}

/** MEMBER for a row; times as ISO 8601 in UTC. */
export function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    displayName: row.display_name,
    jobTitle: row.job_title,
    language: row.language,
    status: row.status,
    source: row.source,
    provisionedFields: row.provisioned_fields,
    properties: row.properties,
    managerId: row.manager_id,
    heldSince: row.status === 'active' ? (row.held_since?.toISOString() ?? null) : null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
