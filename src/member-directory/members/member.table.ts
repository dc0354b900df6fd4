import { bigint, jsonb, moment, text, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import { forEachOptionalField } from '../fields/member-field.ts';
import type { PropertyValue } from '../properties/property-types/property-type.ts';
import type { MemberSource, MemberStatus } from './member-status.ts';
import type { Suspension } from './suspension.ts';

/** A person in the product. */
export const member = table(
  'member',
  {
    workspaceId: uuid().key(),
    id: uuid().key(),
    email: text(),
    /** `email` folded (NFC, lower case): what uniqueness compares. */
    emailKey: text().bytewise(),
    ...forEachOptionalField(() => text().orNull()),
    status: text<MemberStatus>(),
    source: text<MemberSource>(),
    externalId: text().bytewise().orNull(),
    /** What provisioning owns: member fields, `managerId`, `properties.<key>`. */
    provisionedFields: text().array().default('{}'),
    properties: jsonb<Record<string, PropertyValue>>().default({}),
    managerId: uuid().orNull(),
    deactivatedAt: moment().orNull(),
    removalDueAt: moment().orNull(),
    /** The key of the role that they have in the product; null: none. */
    role: text().orNull(),
    /** The ids of the directory groups that give the role. */
    roleGroups: text().array().default('{}'),
    /** Grows by 1 with every change; see `MemberEvents`. */
    version: bigint().default(1),
    /** The id that the host product gave. */
    vendorId: text().bytewise().orNull(),
    /** Since when access is suspended, because the removal guard holds the removal. */
    suspendedAt: moment().orNull(),
    /** Set while an admin suspends the access, which no synchronization ends. */
    suspension: jsonb<Suspension>().orNull(),
    createdAt: moment(),
    updatedAt: moment(),
  },
  {
    indexes: {
      member_email_key: {
        on: ['workspaceId', 'emailKey'],
        unique: true,
        where: `(status <> 'removed'::text)`,
      },
      member_external_id: { on: ['workspaceId', 'externalId'], where: '(external_id IS NOT NULL)' },
      member_vendor_id: {
        on: ['workspaceId', 'vendorId'],
        unique: true,
        where: '(vendor_id IS NOT NULL)',
      },
      member_manager: { on: ['workspaceId', 'managerId'], where: '(manager_id IS NOT NULL)' },
      member_role: { on: ['workspaceId', 'role'], where: '(role IS NOT NULL)' },
      member_not_active: { on: ['workspaceId', 'status', 'id'], where: `(status <> 'active'::text)` },
      member_suspension: { on: ['workspaceId', 'id'], where: '(suspension IS NOT NULL)' },
      member_removal_due: { on: ['removalDueAt'], where: '(removal_due_at IS NOT NULL)' },
    },
    checks: {
      member_status_check: `status IN ('active', 'deactivated', 'removed')`,
      member_source_check: `source IN ('manual', 'import', 'provisioning')`,
    },
  },
);
