import type { EventChange } from '../../events/event.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { type MemberField, memberFields, propertyFieldName, propertyKeyIn } from '../fields/member-field.ts';
import type { MemberInput } from './member-input.ts';
import type { MemberRow } from './member-row.ts';
import type { MemberStatus } from './member-status.ts';
import type { Property } from '../properties/property-row.ts';

/**
 * The row after the input, and the names of what differs: fields, `externalId`, `managerId`, `status`, `properties.<key>`.
 * Does not change its arguments.
 */
export function applyMemberInput(
  row: MemberRow,
  input: MemberInput,
  status: MemberStatus = row.status,
): { after: MemberRow; changed: string[] } {
  const after: MemberRow = { ...row, status, properties: { ...row.properties } };
  const changed: string[] = status === row.status ? [] : ['status'];
  for (const field of memberFields) {
    const value = input.fields[field];
    if (value === undefined || value === row[field]) continue;
    setField(after, field, value);
    changed.push(field);
  }
  if (input.externalId !== undefined && input.externalId !== row.vendorId) {
    after.vendorId = input.externalId;
    changed.push('externalId');
  }
  if (input.managerId !== undefined && input.managerId !== row.managerId) {
    after.managerId = input.managerId;
    changed.push('managerId');
  }
  for (const [key, value] of Object.entries(input.properties)) {
    const before = Object.hasOwn(row.properties, key) ? row.properties[key] : null;
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    if (value === null) delete after.properties[key];
    else after.properties[key] = value;
    changed.push(propertyFieldName(key));
  }
  return { after, changed };
}

/**
 * The changes of a member, with the values before and after.
 *
 * @param changed names as {@link applyMemberInput} gives them
 */
export function changesBetween(
  before: MemberRow,
  after: MemberRow,
  changed: readonly string[],
): EventChange[] {
  return changed.map((field) => ({ field, before: valueOf(before, field), after: valueOf(after, field) }));
}

function valueOf(row: MemberRow, field: string): unknown {
  const key = propertyKeyIn(field);
  if (key !== null) return Object.hasOwn(row.properties, key) ? row.properties[key] : null;
  if (field === 'externalId') return row.vendorId;
  return (row as unknown as Record<string, unknown>)[field];
}

function setField(row: MemberRow, field: MemberField, value: string | null): void {
  if (field !== 'email') row[field] = value;
  else if (value !== null) row.email = value;
}

/** Does provisioning keep this member? An adopted member counts, since provisioning owns some of the fields. */
export function isProvisioned(row: MemberRow): boolean {
  return row.source === 'provisioning' || row.provisionedFields.length > 0;
}

/**
 * Refuses a change that the next synchronization would undo.
 *
 * @param changed names as {@link applyMemberInput} gives them
 * @throws ConflictError `field-provisioned`, naming the fields
 */
export function refuseProvisioned(row: MemberRow, changed: readonly string[]): void {
  refuse(ownedFields(row, changed));
}

/** The part of a change that the next synchronization would undo. */
export function ownedFields(row: MemberRow, changed: readonly string[]): string[] {
  const owned = new Set(row.provisionedFields);
  return changed.filter((name) => owned.has(name) || (name === 'status' && isProvisioned(row)));
}

/**
 * Refuses to change properties that only provisioning fills, for any member and at any time.
 *
 * @param changed names as {@link applyMemberInput} gives them
 * @throws ConflictError `field-provisioned`, naming the fields
 */
export function refuseForeign(changed: readonly string[], properties: readonly Property[]): void {
  refuse(foreignFields(changed, properties));
}

/** The part of a change that concerns properties that only provisioning fills. */
export function foreignFields(changed: readonly string[], properties: readonly Property[]): string[] {
  const foreign = properties.filter(({ filledBy }) => filledBy === 'provisioning');
  const names = new Set(foreign.map(({ key }) => propertyFieldName(key)));
  return changed.filter((name) => names.has(name));
}

function refuse(fields: string[]): void {
  if (fields.length === 0) return;
  throw new ConflictError(
    'field-provisioned',
    `User provisioning fills ${fields.join(', ')} of this member. Change it in the identity provider.`,
    { fields },
  );
}
