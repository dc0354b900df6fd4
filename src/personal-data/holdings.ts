import { auditLogTarget } from '../audit/audit-log-target.table.ts';
import { attributeMapping } from '../attribute-mapping/versions/attribute-mapping.table.ts';
import { raw, type Sql, sql } from '../database/sql.ts';
import type { FieldOf, Table } from '../database/table/table.ts';
import { eventReceipt } from '../events/event-receipt.table.ts';
import { event } from '../events/event.table.ts';
import { notificationChannel } from '../notifications/tables/notification-channel.table.ts';
import { notificationDelivery } from '../notifications/tables/notification-delivery.table.ts';
import { notification } from '../notifications/tables/notification.table.ts';
import { provisioningLogBody } from '../provisioning-log/provisioning-log-body.table.ts';
import { provisioningLogNote } from '../provisioning-log/provisioning-log-note.table.ts';
import { provisioningLog } from '../provisioning-log/provisioning-log.table.ts';
import { directoryEvent } from '../scim/directory/directory-event.table.ts';
import { directoryGroupMember } from '../scim/directory/directory-group-member.table.ts';
import { directoryUser } from '../scim/directory/directory-user.table.ts';
import { memberGroupMember } from '../member-directory/groups/member-group-member.table.ts';
import { member } from '../member-directory/members/member.table.ts';
import { formerLink } from '../sync/planning/former-link.table.ts';
import { syncLink } from '../sync/planning/sync-link.table.ts';
import { syncChange } from '../sync/record/sync-change.table.ts';
import { syncGroupChange } from '../sync/record/sync-group-change.table.ts';
import { syncRunPerson } from '../sync/record/sync-run-person.table.ts';
import { syncRun } from '../sync/record/sync-run.table.ts';
import { syncPendingReference } from '../sync/writing/sync-pending-reference.table.ts';
import { syncQueue } from '../sync-queue/sync-queue.table.ts';
import { apiToken } from '../tokens/api-token.table.ts';
import { webhookDelivery } from '../webhooks/tables/webhook-delivery.table.ts';
import { adminLink } from '../workspaces/admin-link.table.ts';
import { adminSession } from '../workspaces/admin-session.table.ts';
import type { KnownPerson } from './person.ts';

/**
 * What a table holds of a person.
 *
 * @property own the condition that is true of rows that are about the person alone; null: there are none
 * @property fate what becomes of these: they go; or, with the columns and what is put into them, they stay without the
 *   person; `apart`: `ErasePersonService` sees to them
 * @property searched columns in which rows about others may name the person: there the names are taken out
 */
export interface Holding {
  table: Table;
  own: ((person: KnownPerson) => Sql) | null;
  fate: 'goes' | 'apart' | Readonly<Record<string, string>>;
  searched: readonly string[];
}

function holding<Of extends Table>(
  table: Of,
  own: Holding['own'],
  fate: 'goes' | 'apart' | Partial<Record<FieldOf<Of>, string>>,
  searched: readonly FieldOf<Of>[] = [],
): Holding {
  return { table, own, fate: fate as Holding['fate'], searched };
}

const isOf =
  (column: string) =>
  ({ userIds }: KnownPerson): Sql =>
    sql`${raw(column)} = ANY (${[...userIds]}::uuid[])`;
const isTextOf =
  (column: string) =>
  ({ userIds }: KnownPerson): Sql =>
    sql`${raw(column)} = ANY (${[...userIds]}::text[])`;
const isMember =
  (column: string) =>
  ({ memberId }: KnownPerson): Sql =>
    sql`${raw(column)} = ${memberId}::uuid`;
const isAddress =
  (column: string) =>
  ({ emails }: KnownPerson): Sql =>
    sql`lower(${raw(column)}) = ANY (${[...emails]}::text[])`;
const either =
  (...conditions: ((person: KnownPerson) => Sql)[]) =>
  (person: KnownPerson): Sql =>
    conditions.map((condition) => condition(person)).reduce((all, next) => sql`${all} OR ${next}`);
const names = ({ userIds, externalIds }: KnownPerson): Sql =>
  sql`value = ANY (${[...userIds, ...externalIds]}::text[])`;
const references = ({ userIds, externalIds }: KnownPerson): Sql =>
  sql`reference = ANY (${[...userIds, ...externalIds]}::text[])`;
const ofRequests = ({ workspaceId, userIds }: KnownPerson): Sql =>
  sql`id IN (SELECT id FROM provisioning_log WHERE workspace_id = ${workspaceId}
    AND resource_id = ANY (${[...userIds]}::text[]))`;

/**
 * Every table that holds people, in the order in which it is emptied of somebody. A test knows every other column by its
 * name.
 */
export const holdings: readonly Holding[] = [
  holding(syncChange, either(isOf('directory_user_id'), isMember('member_id')), 'goes', [
    'fields',
    'reason',
    'waitsFor',
    'groups',
    'unlinked',
    'keptReason',
  ]),
  holding(syncGroupChange, null, 'goes', ['people']),
  holding(syncRunPerson, isOf('directory_user_id'), 'goes'),
  holding(syncRun, null, 'goes', ['requestedBy', 'notes', 'chosen', 'error']),
  holding(syncPendingReference, either(isOf('directory_user_id'), references), 'goes'),
  holding(formerLink, either(isOf('directory_user_id'), isMember('member_id'), isOf('given_to')), 'goes', [
    'givenBy',
  ]),
  holding(syncLink, either(isOf('directory_user_id'), isMember('member_id')), 'goes', [
    'reason',
    'disputedEmailKey',
  ]),
  holding(memberGroupMember, isMember('member_id'), 'apart'),
  holding(member, isMember('id'), 'apart', ['displayName', 'jobTitle', 'properties', 'suspension']),
  holding(attributeMapping, null, 'goes', ['createdBy']),
  holding(directoryEvent, isOf('resource_id'), 'goes', ['changes']),
  holding(directoryGroupMember, either(isOf('user_id'), names), 'apart', ['display']),
  holding(directoryUser, isOf('id'), 'apart', ['resource']),
  holding(syncQueue, isOf('directory_user_id'), 'goes'),
  holding(webhookDelivery, isMember('ordered_by'), { answer: 'NULL' }, ['answer']),
  holding(notification, null, 'goes', ['params']),
  holding(notificationChannel, isAddress('email'), 'goes', ['name', 'createdBy']),
  holding(notificationDelivery, null, 'goes', ['answer']),
  holding(event, isMember('subject_id'), 'apart', ['cause', 'changes', 'data']),
  holding(eventReceipt, isMember('member_id'), {}),
  holding(provisioningLogNote, isTextOf('resource_id'), 'goes', ['notes']),
  holding(provisioningLogBody, ofRequests, 'goes', ['request', 'answer']),
  holding(provisioningLog, isTextOf('resource_id'), { detail: 'NULL', subject: 'NULL', searchText: 'NULL' }, [
    'path',
    'detail',
    'subject',
    'searchText',
  ]),
  holding(apiToken, null, 'goes', ['createdBy']),
  holding(adminLink, isAddress('email'), 'goes'),
  holding(adminSession, isAddress('email'), 'goes'),
  holding(auditLogTarget, null, 'goes'),
];

/** Those that a request is logged in, whenever it is answered. */
export const logHoldings: readonly Holding[] = holdings.filter(({ table }) =>
  [provisioningLogNote.name, provisioningLogBody.name, provisioningLog.name].includes(table.name),
);
