import { isDeepStrictEqual } from 'node:util';
import { foldCase } from '../scim-core/fold.ts';
import type { ChangeKind, FieldChange, Reason } from './change.ts';
import { managerField } from './merge-mapped.ts';
import type { MemberState } from './person.ts';

/** A change that was made, and the member as he is now. */
export interface MadeChange {
  kind: ChangeKind;
  fields: FieldChange[];
  reason: Reason;
  member: MemberState | null;
  /** Another run changed the person or the member afterwards. */
  changedSince: boolean;
}

/** The change that takes another one back; or why it stays. */
export type Reversal =
  { kind: ChangeKind; fields: FieldChange[]; member: MemberState; unlinks: boolean } | { kept: Reason };

const inverseKinds: Partial<Record<ChangeKind, ChangeKind>> = {
  create: 'remove',
  link: 'update',
  update: 'update',
  deactivate: 'reactivate',
  reactivate: 'deactivate',
  remove: 'reactivate',
};

const propertyPrefix = 'properties.';

/**
 * How a change is taken back: every field gets its value from before, as long as it still has the one that the
 * change gave it. Who was created is removed; who was adopted is let go again.
 *
 * @param now when a member that is switched off again is said to have been
 */
export function reverseChange(change: MadeChange, now: Date): Reversal {
  const { member } = change;
  const kind = inverseKinds[change.kind];
  const touched = member === null || change.fields.some(({ field, after }) => !holds(member, field, after));
  const created = change.kind === 'create';
  if (
    member === null ||
    kind === undefined ||
    change.changedSince ||
    touched ||
    (created && member.status !== 'active')
  ) {
    return { kept: { code: 'changed-since', params: {} } };
  }
  const before: MemberState = { ...member, properties: { ...member.properties } };
  const fields = created
    ? [{ field: 'status', before: 'active', after: 'removed' }]
    : change.fields.map(turned);
  for (const { field, after } of fields) put(before, field, after);
  before.removalDueAt = null;
  before.deactivatedAt = before.status === 'active' ? null : now.toISOString();
  const unlinks = change.kind === 'link' && change.reason.code !== 'returner';
  if (unlinks) {
    // A member that provisioning had before, it has again.
    if (change.reason.params.source !== 'provisioning') before.provisionedFields = [];
    before.externalId = null;
  }
  return { kind, fields, member: before, unlinks };
}

function turned({ field, before, after }: FieldChange): FieldChange {
  return { field, before: after, after: before };
}

function holds(member: MemberState, field: string, value: unknown): boolean {
  if (field.startsWith(propertyPrefix)) {
    const key = field.slice(propertyPrefix.length);
    const held = Object.hasOwn(member.properties, key) ? member.properties[key] : null;
    return isDeepStrictEqual(held, value);
  }
  return isDeepStrictEqual((member as unknown as Record<string, unknown>)[field] ?? null, value);
}

const textFields = ['firstName', 'lastName', 'displayName', 'jobTitle', 'language'] as const;

function put(member: MemberState, field: string, value: unknown): void {
  if (field.startsWith(propertyPrefix)) {
    const key = field.slice(propertyPrefix.length);
    if (value === null) delete member.properties[key];
    else
      Object.defineProperty(member.properties, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return;
  }
  const text = typeof value === 'string' ? value : null;
  const textField = textFields.find((known) => known === field);
  if (textField !== undefined) member[textField] = text;
  else if (field === managerField) member.managerId = text;
  else if (field === 'status') member.status = value as MemberState['status'];
  else if (field === 'email' && text !== null) {
    member.email = text;
    member.emailKey = foldCase(text);
  }
}
