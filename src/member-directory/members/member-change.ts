import { ConflictError } from '../../errors/domain-errors.ts';
import { memberColumns, type MemberField, memberFields, propertyFieldName } from '../fields/member-field.ts';
import type { MemberInput } from './member-input.ts';
import type { MemberRow, MemberStatus } from './member-row.ts';
import type { Property } from '../properties/property-row.ts';

/**
 * The row as it is after the input, and the names of what differs: fields, `managerId`, `status`, `properties.<key>`.
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
    if (value === undefined || value === row[memberColumns[field]]) continue;
    setField(after, field, value);
    changed.push(field);
  }
  if (input.managerId !== undefined && input.managerId !== row.manager_id) {
    after.manager_id = input.managerId;
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

function setField(row: MemberRow, field: MemberField, value: string | null): void {
  if (field !== 'email') row[memberColumns[field]] = value;
  else if (value !== null) row.email = value;
}

/** Does provisioning keep this member? Adopted members count: provisioning owns fields of theirs. */
export function isProvisioned(row: MemberRow): boolean {
  return row.source === 'provisioning' || row.provisioned_fields.length > 0;
}

/**
 * Refuses to change what the next synchronization would change back.
 *
 * @param changed names as {@link applyMemberInput} gives them
 * @throws ConflictError `field-provisioned`, naming the fields
 */
export function refuseProvisioned(row: MemberRow, changed: readonly string[]): void {
  refuse(ownedFields(row, changed));
}

/** What of a change the next synchronization would change back. */
export function ownedFields(row: MemberRow, changed: readonly string[]): string[] {
  const owned = new Set(row.provisioned_fields);
  return changed.filter((name) => owned.has(name) || (name === 'status' && isProvisioned(row)));
}

/**
 * Refuses to change properties that provisioning alone fills, of whatever member and at whatever time.
 *
 * @param changed names as {@link applyMemberInput} gives them
 * @throws ConflictError `field-provisioned`, naming the fields
 */
export function refuseForeign(changed: readonly string[], properties: readonly Property[]): void {
  refuse(foreignFields(changed, properties));
}

/** What of a change concerns properties that provisioning alone fills. */
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
